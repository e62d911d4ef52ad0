import { isRecord } from '../source/record.ts';
import { CODES, errorLine, refusedResult } from './answers.ts';
import { isOwn } from './approve/elicitation/own.ts';
import type { Request } from './calls.ts';
import { SERVER_CAPABILITIES } from './features.ts';
import { openCapabilities, openTools } from './listing.ts';
import { doubtIn, exactly, type Id, isId, keyOf, type Message, oneLine, readMessage, strayIn } from './message.ts';
import { isHeard } from './narrow.ts';
import { listChanged } from './pins/listed.ts';
import { pinnedTools } from './pins/quarantine.ts';
import { type Decided, decideInputs, decideQuestion, type Inputs } from './questions.ts';
import { agentOf, finish, MOST_PENDING, NOT_RECORDED, type Pending, type Sent, type Session } from './session.ts';

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
  if (method === 'notifications/tools/list_changed') listChanged(session);
  const cancelled = method === 'notifications/cancelled' && isRecord(value.params) ? value.params.requestId : undefined;
  const key = isId(cancelled) ? keyOf(cancelled) : '';
  finish(session, session.questions.get(key)?.run, 'lost');
  session.questions.delete(key);
  return isHeard(session, method) ? { client: line } : undefined;
}

/** The server is gone: nothing that is under way will be answered. */
export function serverGone(session: Session): void {
  for (const [key, { run, waiting, isCancelled, own }] of session.pending) {
    session.pending.delete(key);
    own?.(undefined);
    if (own !== undefined) continue;
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
  if (asked.own !== undefined) {
    asked.own(strayIn(message) === undefined ? result : undefined);
    return undefined;
  }
  if (asked.isCancelled === true) {
    finish(session, asked.run, isRecord(result) && result.isError !== true ? 'ok' : 'error');
    return undefined;
  }
  const fault = strayIn(message);
  if (fault !== undefined) {
    finish(session, asked.run, 'error');
    return { client: errorLine(id, CODES.internal, `the answer of the server is refused: ${fault}`) };
  }
  const inputs = decideInputs(session, result);
  if (!(inputs instanceof Promise)) return passedOn(session, asked, id, message, line, inputs);
  void inputs.then((decided) => session.send(passedOn(session, asked, id, message, line, decided)));
  return undefined;
}

/** An answer, with what the server asks for in it decided. */
function passedOn(session: Session, asked: Pending, id: Id, { value }: Message, line: string, inputs: Inputs): Sent {
  const { result } = value;
  // It is the newer protocol that has such answers.
  const refuse = (why: string): string =>
    asked.method === 'tools/call' ? refusedResult(id, why, true) : errorLine(id, CODES.refused, why);
  if ('refusal' in inputs) {
    finish(session, asked.run, 'error');
    return { client: refuse(inputs.refusal) };
  }
  finish(session, asked.run, isRecord(result) && result.isError !== true ? 'ok' : 'error');
  const shownResult = narrowed(session, asked, result);
  const client = shownResult === result ? line : writtenAnew({ ...value, result: shownResult }, id);
  return inputs.isAsked ? { client, unrecorded: () => ({ client: refuse(NOT_RECORDED) }) } : { client };
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
function narrowed(session: Session, asked: Pending, result: unknown): unknown {
  const { mode, server } = session.setting;
  const { method } = asked;
  const pinned = method === 'tools/list' ? pinnedTools(session, asked, result) : result;
  if (mode === 'shadow') return result;
  if (method === 'tools/list') return openTools(pinned, agentOf(session), server);
  if ((method !== 'initialize' && method !== 'server/discover') || !isRecord(result)) return result;
  return {
    ...result,
    capabilities: openCapabilities(result.capabilities, SERVER_CAPABILITIES, agentOf(session), server),
  };
}

function requested(session: Session, request: Request, line: string): Sent {
  const { id, method, value } = request;
  const { questions } = session;
  const key = keyOf(id);
  const refuse = (code: number, message: string): Sent => ({ server: errorLine(id, code, message) });
  const exact = exactly(line, request);
  if ('fault' in exact) return refuse(CODES.invalid, `the message is refused: ${exact.fault}`);
  if (questions.has(key) || questions.size >= MOST_PENDING)
    return refuse(CODES.invalid, 'this id is of a request that has no answer yet, or too many have none');
  if (isOwn(id)) return refuse(CODES.invalid, 'ids that begin like this are of requests of the gate itself');
  const settled = (decided: Decided): Sent => {
    if ('refusal' in decided) return refuse(decided.isUnknown ? CODES.unknown : CODES.refused, decided.refusal);
    const { run, reservation } = decided;
    questions.set(key, run === undefined ? {} : { run });
    if (run === undefined) return { client: line };
    return {
      client: line,
      unrecorded: () => {
        questions.delete(key);
        reservation?.release();
        return refuse(CODES.refused, NOT_RECORDED);
      },
    };
  };
  const decided = decideQuestion(session, method, value.params);
  if (!(decided instanceof Promise)) return settled(decided);
  const asked = {};
  questions.set(key, asked);
  void decided.then((later) => {
    if (questions.get(key) === asked) {
      questions.delete(key);
      return session.send(settled(later));
    }
    // The server takes it back, or answered meanwhile: it reaches nobody.
    if ('run' in later) finish(session, later.run, 'refused');
  });
  return undefined;
}
