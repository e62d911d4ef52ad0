import type { OpenChannel, Question } from '../../src/gate/approve/define.ts';
import type { Terms } from '../../src/gate/approve/entry.ts';
import type { Answer, Asked, Asking } from '../../src/gate/ports.ts';

export const asked = (amount: number): Asked => ({
  agent: 'desk',
  tool: 'pay/refund',
  arguments: { amount },
  digest: `sha256:${amount}`,
});

export interface Caller {
  asking: Asking;
  /** Gives up. */
  leave(): void;
  /** Answers that nobody was there to hear. */
  unused: Answer[];
}

export function caller(amount: number, more: Partial<Asked> = {}): Caller {
  const given = new AbortController();
  const unused: Answer[] = [];
  return {
    asking: {
      asked: { ...asked(amount), ...more },
      agent: () => undefined,
      client: { signal: given.signal },
      unused: (answer) => unused.push(answer),
    },
    leave: () => given.abort(),
    unused,
  };
}

export const terms = (more: Partial<Terms> = {}): Terms => ({
  because: 'money leaves',
  seconds: 900,
  approvers: [],
  channels: ['paper'],
  otherwise: ['paper'],
  ...more,
});

/** A channel on which a test is the person. */
export function paper(canAsk = true): OpenChannel & { asked: Question[]; open(): Question[] } {
  const questions: Question[] = [];
  return {
    asked: questions,
    open: () => questions.filter(({ over }) => !over.aborted),
    ask(question) {
      if (canAsk) questions.push(question);
      return canAsk;
    },
    close: () => undefined,
  };
}

export const yes = { approve: true, by: 'ada', reason: null };
export const no = { approve: false, by: 'ada', reason: 'twice the price' };
