import { argumentsDigest } from '../audit/canonical.ts';
import { digestOf as textDigest } from '../audit/hash.ts';
import { type Call, UNFIT_RULE, type Usage, type Verdict } from '../enforce/call.ts';
import { decide } from '../enforce/decide.ts';
import { isRecord } from '../source/record.ts';
import { CODES, errorLine, refusedResult, resultLine } from './answers.ts';
import { clientOf } from './approve/elicitation/client.ts';
import { withoutOwn } from './approve/elicitation/own.ts';
import { keepAwake } from './awake.ts';
import type { Wanted } from './judge.ts';
import { exactly, keyOf, type Message } from './message.ts';
import { openRequest } from './narrow.ts';
import { judged, quarantineOf } from './pins/quarantine.ts';
import type { Answer, Asked, Client, Decision, InForce, Reservation } from './ports.ts';
import { agentOf, finish, NOT_RECORDED, recorded, type Sent, type Session } from './session.ts';
import { misspellingOf, misspeltArgumentOf } from './spelling.ts';
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
  /** What it brought back of an approval that was asked for by its client. */
  brought?: Client['brought'];
}

const VERSION = 'io.modelcontextprotocol/protocolVersion';

/** A request that a policy speaks of: let through, refused, or held until a person has answered. */
export function called(session: Session, received: Request, wanted: Wanted, line: string): Sent {
  const unfit = (why: string) => unjudged(session, received, why, line);
  if ('fault' in wanted) return unfit(wanted.fault);
  const exact = exactly(line, received);
  if ('fault' in exact) return unfit(exact.fault);
  const { request, brought } = withoutOwn(received);
  const { agent, inForce, server } = session.setting;
  const { name, arguments: values } = wanted;
  const own = agentOf(session);
  const misspelt = misspellingOf(own, server, name) ?? misspeltArgumentOf(own, `${server}/${name}`, values);
  if (misspelt !== undefined) return unfit(misspelt);
  const digest = digestOf(values);
  if (digest === undefined) return unfit('its arguments are not plain JSON');
  const asked: Asked = { agent, tool: `${server}/${name}`, arguments: values, digest };
  const by = inForce();
  const found = judged(session, by, asked);
  const open = openRequest(session, request.method, request.value);
  const text = open === received.value ? exact.text : JSON.stringify(open);
  if (found instanceof Promise) return onceDecided(session, { request, text, asked, by, brought }, found);
  const { verdict, reservation } = found;
  return settled(session, { request, text, asked, by, verdict, reservation, brought });
}

function settled(session: Session, decided: Decided): Sent {
  const { request, asked, by, verdict } = decided;
  if (session.setting.mode === 'shadow' || verdict.decision === 'allow') return forwarded(session, decided);
  if (verdict.decision === 'ask') return held(session, decided);
  return recorded(session, asked, verdict, { by }) === undefined
    ? refused(request, NOT_RECORDED)
    : refused(request, verdict.message);
}

/** Counted elsewhere, so that it waits until that is said. */
function onceDecided(
  session: Session,
  call: Omit<Decided, 'verdict' | 'reservation'>,
  decision: Promise<Decision>,
): Sent {
  const { request, asked, by } = call;
  const key = keyOf(request.id);
  const waiting = { abort: () => undefined };
  session.pending.set(key, { method: request.method, waiting });
  const go = ({ verdict, reservation }: Decision): Sent => {
    if (session.pending.get(key)?.waiting === waiting) {
      session.pending.delete(key);
      return settled(session, { ...call, verdict, reservation });
    }
    // Cancelled, or the server is gone: on record, where it was let through with an outcome that says that it never ran.
    const run = recorded(session, asked, verdict, { by, reservation });
    if (verdict.decision !== 'deny') finish(session, run, 'refused');
    return undefined;
  };
  void decision.then((decided) => session.soon(() => go(decided)));
  return undefined;
}

/** Undefined for what has no canonical form, such as half of a surrogate pair. */
export function digestOf(values: unknown): string | undefined {
  try {
    return argumentsDigest(values);
  } catch {
    return undefined;
  }
}

/** On record by its text: what its arguments are is just what nobody can tell. */
function unjudged(session: Session, { id, method, value }: Request, why: string, line: string): Sent {
  const { agent, server, mode, inForce } = session.setting;
  const message = `the call is refused: ${why}`;
  const { params } = value;
  const name = isRecord(params) && typeof params.name === 'string' ? params.name : '@unknown';
  const asked = { agent, tool: `${server}/${name}`, arguments: {}, digest: textDigest(line) };
  const verdict: Verdict = { decision: 'deny', rule: UNFIT_RULE, message, grant: null, usd: 0 };
  const run = recorded(session, asked, verdict, { by: inForce() });
  if (mode !== 'shadow' || run === undefined) return { client: errorLine(id, CODES.invalid, message) };
  session.pending.set(keyOf(id), { method, run });
  return { server: line };
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
  const { request, asked, by, verdict, reservation, brought } = decided;
  const { approve } = session.setting;
  const key = keyOf(request.id);
  /** On record; where somebody approved it, with an outcome that says that it never ran. */
  const notRun = (answer?: Answer) => {
    const run = recorded(session, asked, verdict, { by, ...(answer ? { approval: answer.approval } : {}) });
    if (answer?.approval.answer === 'approved') finish(session, run, 'refused');
    return run;
  };
  const close = (message: string, answer?: Answer): Sent => {
    reservation?.release();
    return refused(request, notRun(answer) === undefined ? NOT_RECORDED : message);
  };
  if (approve === undefined) return close(`\`${asked.tool}\` needs a person's approval, and this gate can ask nobody`);
  const asking = new AbortController();
  const stop = keepAwake(session, request);
  let isRecorded = false;
  const waiting = {
    abort: () => {
      stop();
      asking.abort();
      isRecorded = true;
      close('cancelled');
    },
  };
  session.pending.set(key, { method: request.method, waiting });
  /** False: nobody waits any more, as it was cancelled, or the server is gone. */
  const answered = (sent: () => Sent): boolean => {
    stop();
    if (session.pending.get(key)?.waiting !== waiting) return false;
    session.pending.delete(key);
    session.send(sent());
    return true;
  };
  const client = clientOf(session, request, asking.signal, (result) => {
    // The question stays, for the call that brings its answer.
    asking.abort();
    reservation?.release();
    answered(() => ({ client: resultLine(request.id, result) }));
  });
  const unused = (answer: Answer) => {
    // A cancelled call is on record, and that nobody answered it is no news.
    if (!isRecorded || answer.approval.answer !== 'expired') notRun(answer);
  };
  approve({ asked, agent: () => agentOf(session), client: { ...client, brought }, unused }).then(
    (answer) => {
      const late = refusalNow(session, asked);
      const isApproved = answer.approval.answer === 'approved' && late === undefined;
      const approved = () => forwarded(session, withKept(session, decided, answer.kept), answer);
      if (!answered(() => (isApproved ? approved() : close(late ?? answer.says, answer)))) unused(answer);
    },
    (error: unknown) => {
      session.tell(`a call that needs a person was refused: ${wordsOf(error)}`);
      answered(() => close(`\`${asked.tool}\` needs a person's approval: ${wordsOf(error)}`));
    },
  );
  return undefined;
}

/** With the parameters of its first try that the server has to see. */
function withKept(session: Session, decided: Decided, kept: Client['kept']): Decided {
  const { value } = decided.request;
  if (kept === undefined || !isRecord(value.params)) return decided;
  const request = { ...decided.request, value: { ...value, params: { ...value.params, ...kept } } };
  return { ...decided, request, text: JSON.stringify(openRequest(session, request.method, request.value)) };
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

/** Why a policy or a tool that changed while a person was asked refuses the call; undefined: it does not. */
function refusalNow(session: Session, asked: Asked): string | undefined {
  const { agent, tool, arguments: values } = asked;
  const { policy } = session.setting.inForce();
  const call: Call = { agent, tool, arguments: values };
  const { decision, message } = decide(policy, call, COUNTED);
  return decision === 'deny' ? message : quarantineOf(session, policy, asked)?.message;
}

function refused({ id, method, value }: Request, message: string): Sent {
  if (method !== 'tools/call') return { client: errorLine(id, CODES.refused, message) };
  const { params } = value;
  const isNew = isRecord(params) && isRecord(params._meta) && Object.hasOwn(params._meta, VERSION);
  return { client: refusedResult(id, message, isNew) };
}
