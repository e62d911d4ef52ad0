import type { Intent } from '../../src/audit/log.ts';
import { policyFixture } from '../../src/enforce/policy.fixture.ts';
import { fromClient } from '../../src/gate/from-client.ts';
import { fromServer } from '../../src/gate/from-server.ts';
import { openLedger } from '../../src/gate/ledger/ledger.ts';
import type { Setting } from '../../src/gate/ports.ts';
import type { Sent, Session } from '../../src/gate/session.ts';
import type { Policy } from '../../src/model/policy.ts';
import type { OutcomeRecord } from '../../src/model/record.ts';

export interface Trial {
  session: Session;
  /** What was sent later than its cause. */
  late: Sent[];
  told: string[];
  intents: Intent[];
  outcomes: Pick<OutcomeRecord, 'intent' | 'outcome' | 'settledUsd'>[];
  client(message: unknown): Sent;
  server(message: unknown): Sent;
}

/** A gate in front of the server `pay`, without any process. Messages are objects, or lines as they are. */
export function trial(more: Partial<Setting> = {}, policy: Policy = policyFixture()): Trial {
  const [late, told, intents, outcomes]: [Sent[], string[], Intent[], Trial['outcomes']] = [[], [], [], []];
  const session: Session = {
    setting: {
      inForce: () => ({ policy, digest: 'sha256:0' }),
      agent: policy.root,
      server: 'pay',
      session: 's-1',
      mode: 'enforce',
      ledger: openLedger({ gate: 'g', now: () => Date.UTC(2026, 10, 22, 12), tell: (text) => told.push(text) }),
      log: {
        intent: (intent) => intents.push(intent) - 1,
        outcome: (outcome) => void outcomes.push(outcome),
        together: (step) => step(),
      },
      clock: () => 0,
      ...more,
    },
    pending: new Map(),
    questions: new Map(),
    send: (sent) => late.push(sent),
    soon: (step) => {
      const sent = step();
      if (sent !== undefined) late.push(sent);
    },
    tell: (text) => told.push(text),
  };
  const line = (message: unknown) => (typeof message === 'string' ? message : JSON.stringify(message));
  return {
    session,
    late,
    told,
    intents,
    outcomes,
    client: (message) => fromClient(session, line(message)),
    server: (message) => fromServer(session, line(message)),
  };
}

export const request = (id: number, method: string, params?: unknown) => ({ jsonrpc: '2.0', id, method, params });
export const call = (id: number, name: string, values?: unknown) =>
  request(id, 'tools/call', { name, arguments: values });
export const result = (id: number, value: unknown) => ({ jsonrpc: '2.0', id, result: value });

/** What a side got, parsed; undefined: nothing. */
export function got(sent: Sent, side: 'client' | 'server'): Record<string, unknown> | undefined {
  const text = sent !== undefined && side in sent ? (sent as unknown as Record<string, string>)[side] : undefined;
  return text === undefined ? undefined : (JSON.parse(text) as Record<string, unknown>);
}

/** The words of a refusal. */
export function refusal(sent: Sent): string | undefined {
  const answer = got(sent, 'client');
  const { error, result: value } = (answer ?? {}) as {
    error?: { message: string };
    result?: { isError?: boolean; content: { text: string }[] };
  };
  return error?.message ?? (value?.isError === true ? value.content[0]?.text : undefined);
}
