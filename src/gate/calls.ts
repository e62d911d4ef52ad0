import { argumentsDigest } from '../audit/canonical.ts';
import type { Call, Usage, Verdict } from '../enforce/call.ts';
import { decide } from '../enforce/decide.ts';
import { isRecord } from '../source/record.ts';
import { CODES, errorLine, refusedResult } from './answers.ts';
import type { Wanted } from './judge.ts';
import { exactly, keyOf, type Message } from './message.ts';
import { openRequest } from './narrow.ts';
import type { Answer, Asked, InForce, Reservation } from './ports.ts';
import { agentOf, finish, NOT_RECORDED, recorded, type Sent, type Session } from './session.ts';
import { misspellingOf } from './spelling.ts';
import { wordsOf } from './words.ts';

export type Request = Extract<Message, { kind: 'request' }>;

interface Decided {
  request: Request;
  /** As the server is to read it. */
  text: string;
  asked: Asked;
  /** What decided: a policy that changes meanwhile must not stand in its record. */
  by: InForce;
  verdict: Verdict;
  reservation?: Reservation | undefined;
}

const VERSION = 'io.modelcontextprotocol/protocolVersion';

/** A request that a policy speaks of: let through, refused, or held until a person has answered. */
export function called(session: Session, request: Request, wanted: Wanted, line: string): Sent {
  if ('fault' in wanted) return unfit(request, wanted.fault);
  const exact = exactly(line, request);
  if ('fault' in exact) return unfit(request, exact.fault);
  const { agent, ledger, inForce, mode, server } = session.setting;
  const { name, arguments: values } = wanted;
  const misspelt = misspellingOf(agentOf(session), server, name);
  if (misspelt !== undefined && mode !== 'shadow') return unfit(request, misspelt);
  const digest = digestOf(values);
  if (digest === undefined) return unfit(request, 'its arguments are not plain JSON');
  const asked: Asked = { agent, tool: `${server}/${name}`, arguments: values, digest };
  const by = inForce();
  const { verdict, reservation } = ledger.decide(by.policy, asked);
  const open = openRequest(session, request.method, request.value);
  const text = open === request.value ? exact.text : JSON.stringify(open);
  const decided: Decided = { request, text, asked, by, verdict, reservation };
  if (mode === 'shadow' || verdict.decision === 'allow') return forwarded(session, decided);
  if (verdict.decision === 'ask') return held(session, decided);
  return recorded(session, asked, verdict, { by }) === undefined
    ? refused(request, NOT_RECORDED)
    : refused(request, verdict.message);
}

/** Undefined for what has no canonical form, such as half of a surrogate pair. */
export function digestOf(values: unknown): string | undefined {
  try {
    return argumentsDigest(values);
  } catch {
    return undefined;
  }
}

function unfit({ id }: Request, why: string): Sent {
  return { client: errorLine(id, CODES.invalid, `the call is refused: ${why}`) };
}

function forwarded(session: Session, decided: Decided, answer?: Answer): Sent {
  const { request, text, asked, by, verdict, reservation } = decided;
  const run = recorded(session, asked, verdict, { by, reservation, ...(answer ? { approval: answer.approval } : {}) });
  if (run === undefined) return refused(request, NOT_RECORDED);
  const key = keyOf(request.id);
  session.pending.set(key, { method: request.method, run });
  return {
    server: text,
    call: {
      asked,
      value: request.value,
      by,
      id: `${session.setting.session}.${run.intent}`,
      refuse: (message) => {
        if (session.pending.get(key)?.run !== run) return;
        session.pending.delete(key);
        finish(session, run, 'refused');
        session.send(refused(request, message));
      },
    },
    unrecorded: () => {
      session.pending.delete(key);
      reservation?.release();
      return refused(request, NOT_RECORDED);
    },
  };
}

function held(session: Session, decided: Decided): Sent {
  const { request, asked, by, verdict, reservation } = decided;
  const { approve } = session.setting;
  const agent = agentOf(session);
  const key = keyOf(request.id);
  const close = (message: string, answer?: Answer): Sent => {
    reservation?.release();
    const run = recorded(session, asked, verdict, { by, ...(answer ? { approval: answer.approval } : {}) });
    return refused(request, run === undefined ? NOT_RECORDED : message);
  };
  if (approve === undefined || agent === undefined)
    return close(`\`${asked.tool}\` needs a person's approval, and this gate can ask nobody`);
  const asking = new AbortController();
  const stop = keepAwake(session, request);
  const waiting = {
    abort: () => {
      stop();
      asking.abort();
      close('cancelled');
    },
  };
  session.pending.set(key, { method: request.method, waiting });
  const answered = (sent: () => Sent) => {
    stop();
    // Cancelled, or the server is gone.
    if (session.pending.get(key)?.waiting !== waiting) return;
    session.pending.delete(key);
    session.send(sent());
  };
  approve(asked, agent, asking.signal).then(
    (answer) => {
      const late = refusalNow(session, asked);
      const isApproved = answer.approval.answer === 'approved' && late === undefined;
      answered(() => (isApproved ? forwarded(session, decided, answer) : close(late ?? answer.says, answer)));
    },
    (error: unknown) => {
      session.tell(`nobody could be asked: ${wordsOf(error)}`);
      answered(() => close(`\`${asked.tool}\` needs a person's approval, and nobody could be asked`));
    },
  );
  return undefined;
}

/** Its caps hold already: the call was counted when it came. */
const COUNTED: Usage = {
  callsLastMinute: 0,
  callsToday: 0,
  repeats: 0,
  toolUsdToday: 0,
  sessionSeconds: 0,
  subagentsStarted: 0,
};

/** Why a policy that changed while a person was asked refuses the call; undefined: it does not. */
function refusalNow({ setting }: Session, { agent, tool, arguments: values }: Asked): string | undefined {
  const call: Call = { agent, tool, arguments: values };
  const { decision, message } = decide(setting.inForce().policy, call, COUNTED);
  return decision === 'deny' ? message : undefined;
}

/** Milliseconds; clients give up after a minute without progress. */
const PROGRESS_EVERY = 10_000;

/** Tells a client that wants to hear of progress that the call is not lost; what it returns ends that. */
function keepAwake(session: Session, { value }: Request): () => void {
  const meta = isRecord(value.params) && isRecord(value.params._meta) ? value.params._meta : {};
  const { progressToken } = meta;
  if (typeof progressToken !== 'string' && typeof progressToken !== 'number') return () => undefined;
  let progress = 0;
  const timer = setInterval(() => {
    const params = { progressToken, progress: ++progress, message: 'waiting for a person to approve' };
    session.send({ client: JSON.stringify({ jsonrpc: '2.0', method: 'notifications/progress', params }) });
  }, PROGRESS_EVERY);
  timer.unref();
  return () => clearInterval(timer);
}

function refused({ id, method, value }: Request, message: string): Sent {
  if (method !== 'tools/call') return { client: errorLine(id, CODES.refused, message) };
  const { params } = value;
  const isNew = isRecord(params) && isRecord(params._meta) && Object.hasOwn(params._meta, VERSION);
  return { client: refusedResult(id, message, isNew) };
}
