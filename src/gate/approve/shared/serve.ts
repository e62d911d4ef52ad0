import { randomBytes } from 'node:crypto';
import { wordsOf } from '../../words.ts';
import type { OpenChannel, Question, Shared } from '../define.ts';
import { INDEX, keysOfQuestion, MOST_ASKED, type Named, readAnswer } from './messages.ts';

/** Milliseconds from one look for answers to the next, while somebody is asked. */
const LOOK_EVERY = 500;
/** Looks until a question is put again, in case Redis has lost it. */
const PUT_EVERY = 10;
/** Seconds that whoever answered can read what became of it. */
const TAKEN_FOR = 60;
/** Seconds that the index outlives its last question: longer than any waits. */
const INDEX_FOR = 1_900_000;
const DAY_MS = 86_400_000;
/** Questions that are over and could not be taken out of Redis yet; they end by themselves, too. */
const MOST_LEFT = 1_000;

export interface SharedParts extends Shared {
  /** Milliseconds since 1970. */
  now(): number;
  tell(text: string): void;
}

interface Open {
  named: Named;
  question: Question;
  text: string;
}

/** Puts questions where people on other machines see them, and looks there for answers. Nothing is answered while it cannot. */
export function serveShared({ root, state, now, tell }: SharedParts): OpenChannel {
  const open = new Map<string, Open>();
  const left: Named[] = [];
  let timer: NodeJS.Timeout | undefined;
  let looks = 0;
  let isTold = false;

  async function put({ named, question, text }: Open): Promise<void> {
    const { ask, member } = keysOfQuestion(named);
    const { until } = question.call;
    const rest = until - now();
    if (rest <= 0) return;
    await state.command('SET', ask, text, 'PX', String(rest), 'NX');
    await state.command('ZADD', INDEX, String(until), member);
    await state.command('ZREMRANGEBYSCORE', INDEX, '-inf', String(now() - DAY_MS));
    await state.command('EXPIRE', INDEX, String(INDEX_FOR));
  }

  async function remove(named: Named): Promise<void> {
    const { ask, member } = keysOfQuestion(named);
    try {
      await Promise.all([state.command('DEL', ask), state.command('ZREM', INDEX, member)]);
    } catch {
      if (left.length < MOST_LEFT) left.push(named);
    }
  }

  /** An answer is for this question alone, by its name, and for the arguments that were shown. */
  async function take({ named, question }: Open, text: unknown): Promise<void> {
    const { answer, taken } = keysOfQuestion(named);
    const said = readAnswer(text);
    const isSame = said?.digest === question.call.digest;
    const fault = said !== undefined && isSame ? question.answer(said) : 'these are not the arguments that were shown';
    const receipt = JSON.stringify({ ok: fault === undefined, says: fault ?? 'taken' });
    await state.command('SET', taken, receipt, 'EX', String(TAKEN_FOR));
    // Who may only read answers leaves it where it is: it is never looked at again.
    if (fault !== undefined) await state.command('DEL', answer).catch(() => undefined);
  }

  async function look(): Promise<void> {
    for (const named of left.splice(0)) await remove(named);
    const asked = [...open.values()];
    if (asked.length === 0) return;
    if (looks++ % PUT_EVERY === 0) for (const one of asked) await put(one);
    const answers = await state.command('MGET', ...asked.map(({ named }) => keysOfQuestion(named).answer));
    if (!Array.isArray(answers)) return;
    for (const [i, one] of asked.entries()) if (typeof answers[i] === 'string') await take(one, answers[i]);
  }

  function lookAgain(): void {
    timer ??= setTimeout(() => {
      look()
        .catch((error: unknown) => {
          if (!isTold) tell(`nobody elsewhere can answer for now: ${state.shown}: ${wordsOf(error)}`);
          isTold = true;
        })
        .finally(() => {
          timer = undefined;
          if (open.size > 0 || left.length > 0) lookAgain();
        });
    }, LOOK_EVERY).unref();
  }

  return {
    ask(question) {
      const { id, agent, tool, arguments: values, digest, because, since, until } = question.call;
      const text = JSON.stringify({ id, agent, tool, arguments: values, digest, because, since, until });
      if (text.length > MOST_ASKED) {
        tell(`\`${id}\` is too long for ${state.shown}, and is answered on this machine alone`);
        return false;
      }
      const named = { root, nonce: randomBytes(16).toString('hex') };
      const one = { named, question, text };
      open.set(named.nonce, one);
      question.over.addEventListener('abort', () => {
        open.delete(named.nonce);
        void remove(named).then(() => left.length > 0 && lookAgain());
      });
      put(one).catch(() => undefined);
      lookAgain();
      return true;
    },
    close() {
      clearTimeout(timer);
      timer = undefined;
    },
  };
}
