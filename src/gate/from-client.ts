import { isRecord } from '../source/record.ts';
import { CODES, errorLine } from './answers.ts';
import { isOwn, ownAnswered, takesForms } from './approve/elicitation/own.ts';
import { called, type Request } from './calls.ts';
import { FREE_REQUESTS } from './features.ts';
import { wantedOf } from './judge.ts';
import { doubtIn, exactly, isId, keyOf, type Message, oneLine, readMessage } from './message.ts';
import { openRequest } from './narrow.ts';
import { onceSeen } from './pins/reading.ts';
import { finish, MOST_PENDING, type Sent, type Session } from './session.ts';
import { shown } from './words.ts';

/** What becomes of a line that the client wrote. */
export function fromClient(session: Session, text: string): Sent {
  const line = oneLine(text);
  const message = readMessage(line);
  if (message.kind === 'fault')
    return { client: errorLine(message.id, CODES.invalid, `the message is refused: ${message.says}`) };
  if (message.kind === 'request') return requested(session, message, line);
  return message.kind === 'notification' ? notified(session, message, line) : answered(session, message, line);
}

function requested(session: Session, message: Request, line: string): Sent {
  const { pending } = session;
  const { id, method, value } = message;
  if (pending.has(keyOf(id)))
    return { client: errorLine(id, CODES.invalid, 'this id is of a request that has no answer yet') };
  if (pending.size >= MOST_PENDING && !makeRoom(session))
    return { client: errorLine(id, CODES.refused, `${MOST_PENDING} requests have no answer yet; wait for one`) };
  const wanted = wantedOf(method, value.params);
  if (wanted !== undefined) return onceSeen(session, message, wanted, () => called(session, message, wanted, line));
  if (!FREE_REQUESTS.has(method) && session.setting.mode !== 'shadow')
    return { client: errorLine(id, CODES.unknown, `\`${shown(method)}\` is not let through: no policy speaks of it`) };
  const exact = exactly(line, message);
  if ('fault' in exact) return { client: errorLine(id, CODES.invalid, `the message is refused: ${exact.fault}`) };
  pending.set(keyOf(id), { method });
  if (method === 'initialize') session.elicits = isRecord(value.params) && takesForms(value.params.capabilities);
  const open = openRequest(session, method, value);
  return { server: open === value ? line : JSON.stringify(open) };
}

/** Most servers never answer what was cancelled. */
function makeRoom(session: Session): boolean {
  for (const [key, { isCancelled, run }] of session.pending) {
    if (isCancelled !== true) continue;
    session.pending.delete(key);
    finish(session, run, 'lost');
    return true;
  }
  return false;
}

function notified(session: Session, message: Extract<Message, { kind: 'notification' }>, line: string): Sent {
  const { method, value } = message;
  // A call without an id is run by some servers and answered by none.
  const doubt = method.startsWith('notifications/') ? doubtIn(line, message) : 'it is no notification of MCP';
  if (doubt !== undefined) {
    session.tell(`a notification \`${shown(method)}\` was dropped: ${doubt}`);
    return undefined;
  }
  const cancelled = method === 'notifications/cancelled' && isRecord(value.params) ? value.params.requestId : undefined;
  const key = isId(cancelled) ? keyOf(cancelled) : '';
  const pending = session.pending.get(key);
  if (pending?.waiting === undefined) {
    // The server may answer all the same, and only then is it known what became of the call.
    if (pending !== undefined) pending.isCancelled = true;
    return { server: line };
  }
  // The server has never seen the call.
  session.pending.delete(key);
  pending.waiting.abort();
  return undefined;
}

function answered(session: Session, message: Extract<Message, { kind: 'response' }>, line: string): Sent {
  if (isOwn(message.id)) {
    const said = doubtIn(line, message) === undefined ? message.value.result : undefined;
    if (ownAnswered(session, message.id, said)) return undefined;
  }
  const key = message.id === null ? '' : keyOf(message.id);
  const question = session.questions.get(key);
  if (question === undefined) {
    session.tell('an answer to no question was dropped');
    return undefined;
  }
  session.questions.delete(key);
  const doubt = doubtIn(line, message);
  finish(session, question.run, doubt === undefined && isRecord(message.value.result) ? 'ok' : 'error');
  if (doubt === undefined) return { server: line };
  return { server: errorLine(message.id, CODES.invalid, `the answer is refused: ${doubt}`) };
}
