import { isRecord } from '../source/record.ts';
import { CODES, errorLine, refusedResult } from './answers.ts';
import { isOwn } from './approve/elicitation/own.ts';
import { digestOf, type Request } from './calls.ts';
import { FREE_SERVER_REQUESTS, SERVER_CAPABILITIES, SERVER_REQUESTS } from './features.ts';
import { withoutMeta } from './judge.ts';
import { isOpen, openCapabilities, openTools } from './listing.ts';
import { doubtIn, exactly, type Id, isId, keyOf, type Message, oneLine, readMessage, strayIn } from './message.ts';
import { isHeard } from './narrow.ts';
import { agentOf, finish, MOST_PENDING, NOT_RECORDED, recorded, type Sent, type Session } from './session.ts';
import { shown } from './words.ts';

/** What becomes of a line that the server wrote. */
export function fromServer(session: Session, text: string): Sent {
  const line = oneLine(session.setting.tokens?.clean(text) ?? text);
  const message = readMessage(line);
  if (message.kind === 'response') return answered(session, message, line);
  if (message.kind === 'request') return requested(session, message, line);
  if (message.kind === 'notification') return notified(session, message, line);
  session.tell(`what the server wrote was dropped: ${message.says}`);
  return undefined;
}

function notified(session: Session, message: Extract<Message, { kind: 'notification' }>, line: string): Sent {
  const { method, value } = message;
  const doubt = method.startsWith('notifications/') ? doubtIn(line, message) : 'it is no notification of MCP';
  if (doubt !== undefined) {
    session.tell(`what the server wrote was dropped: ${doubt}`);
    return undefined;
  }
  const cancelled = method === 'notifications/cancelled' && isRecord(value.params) ? value.params.requestId : undefined;
  const key = isId(cancelled) ? keyOf(cancelled) : '';
  finish(session, session.questions.get(key)?.run, 'lost');
  session.questions.delete(key);
  return isHeard(session, method) ? { client: line } : undefined;
}

/** The server is gone: nothing that is under way will be answered. */
export function serverGone(session: Session): void {
  for (const [key, { run, waiting, isCancelled }] of session.pending) {
    session.pending.delete(key);
    waiting?.abort();
    finish(session, run, 'lost');
    if (isCancelled === true) continue;
    const id = key.startsWith('#') ? Number(key.slice(1)) : key.slice(1);
    session.send({ client: errorLine(id, CODES.internal, 'the server has ended') });
  }
}

function answered(session: Session, message: Extract<Message, { kind: 'response' }>, line: string): Sent {
  const { id, value } = message;
  const key = id === null ? '' : keyOf(id);
  const asked = session.pending.get(key);
  if (id === null || asked === undefined || asked.waiting !== undefined) {
    session.tell('an answer to no request was dropped');
    return undefined;
  }
  session.pending.delete(key);
  const { result } = value;
  if (asked.isCancelled === true) {
    finish(session, asked.run, isRecord(result) && result.isError !== true ? 'ok' : 'error');
    return undefined;
  }
  const fault = strayIn(message);
  if (fault !== undefined) {
    finish(session, asked.run, 'error');
    return { client: errorLine(id, CODES.internal, `the answer of the server is refused: ${fault}`) };
  }
  const refusal = inputRefusal(session, result);
  if (refusal !== undefined) {
    finish(session, asked.run, 'error');
    // It is the newer protocol that has such answers.
    const isCall = asked.method === 'tools/call';
    return { client: isCall ? refusedResult(id, refusal, true) : errorLine(id, CODES.refused, refusal) };
  }
  finish(session, asked.run, isRecord(result) && result.isError !== true ? 'ok' : 'error');
  const shownResult = narrowed(session, asked.method, result);
  return { client: shownResult === result ? line : writtenAnew({ ...value, result: shownResult }, id) };
}

/** What nests too deep for that is read, but cannot be written. */
function writtenAnew(value: unknown, id: Id): string {
  try {
    return JSON.stringify(value);
  } catch {
    return errorLine(id, CODES.internal, 'the answer of the server is refused: it nests too deep');
  }
}

/** What the client gets to see of what the server has. */
function narrowed(session: Session, method: string, result: unknown): unknown {
  const { mode, server } = session.setting;
  if (mode === 'shadow') return result;
  if (method === 'tools/list') return openTools(result, agentOf(session), server);
  if ((method !== 'initialize' && method !== 'server/discover') || !isRecord(result)) return result;
  return {
    ...result,
    capabilities: openCapabilities(result.capabilities, SERVER_CAPABILITIES, agentOf(session), server),
  };
}

/** Since 2026-07-28 a server asks for things in its answer, and the client calls again with them. */
function inputRefusal(session: Session, result: unknown): string | undefined {
  if (session.setting.mode === 'shadow' || !isRecord(result) || result.resultType !== 'input_required')
    return undefined;
  const wanted = isRecord(result.inputRequests) ? Object.values(result.inputRequests) : [];
  const closed = wanted
    .map((one) => (isRecord(one) && typeof one.method === 'string' ? one.method : ''))
    .find((method) => !FREE_SERVER_REQUESTS.has(method) && !isGranted(session, method));
  return closed === undefined ? undefined : `the server asks for \`${shown(closed)}\`, which the policy does not grant`;
}

function isGranted(session: Session, method: string): boolean {
  const feature = featureOf(method);
  return feature !== undefined && isOpen(agentOf(session), `${session.setting.server}/${feature}`);
}

function featureOf(method: string): string | undefined {
  return Object.hasOwn(SERVER_REQUESTS, method) ? SERVER_REQUESTS[method] : undefined;
}

function requested(session: Session, request: Request, line: string): Sent {
  const { id, method, value } = request;
  const { questions, setting } = session;
  const key = keyOf(id);
  const refuse = (code: number, message: string): Sent => ({ server: errorLine(id, code, message) });
  const exact = exactly(line, request);
  if ('fault' in exact) return refuse(CODES.invalid, `the message is refused: ${exact.fault}`);
  if (questions.has(key) || questions.size >= MOST_PENDING)
    return refuse(CODES.invalid, 'this id is of a request that has no answer yet, or too many have none');
  if (isOwn(id)) return refuse(CODES.invalid, 'ids that begin like this are of requests of the gate itself');
  const feature = featureOf(method);
  if (feature === undefined && !FREE_SERVER_REQUESTS.has(method) && setting.mode !== 'shadow')
    return refuse(CODES.unknown, `\`${shown(method)}\` is not let through`);
  if (feature === undefined) {
    questions.set(key, {});
    return { client: line };
  }
  const values = withoutMeta(value.params);
  const tool = `${setting.server}/${feature}`;
  const digest = digestOf(values);
  if (digest === undefined) return refuse(CODES.invalid, 'its parameters are not plain JSON');
  const asked = { agent: setting.agent, tool, arguments: values, digest };
  const by = setting.inForce();
  const { verdict, reservation } = setting.ledger.decide(by.policy, asked);
  // `ask` is let through: the client puts both before its user.
  const isOpenNow = verdict.decision !== 'deny' || setting.mode === 'shadow';
  const run = recorded(session, asked, verdict, { by, reservation });
  if (run === undefined) return refuse(CODES.refused, NOT_RECORDED);
  if (!isOpenNow) return refuse(CODES.refused, verdict.message);
  questions.set(key, { run });
  return {
    client: line,
    unrecorded: () => {
      questions.delete(key);
      reservation?.release();
      return refuse(CODES.refused, NOT_RECORDED);
    },
  };
}
