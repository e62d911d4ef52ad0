import type { ClientRequest, IncomingMessage } from 'node:http';
import type { OutcomeRecord } from '../../../model/record.ts';
import { isRecord } from '../../../source/record.ts';
import { type Id, keyOf, readMessage } from '../../message.ts';
import { isModern, versionIn } from '../era.ts';
import { mediaType, readObjects, readWhole } from './events.ts';
import { BROKEN, follower } from './follow.ts';
import { messageHeaders, type Standing } from './headers.ts';
import { MOST_REFUSAL, refusedWith } from './refused.ts';
import type { Transport } from './transport.ts';
import { connectionWords, statusWords } from './words.ts';

/** Why there is no answer. */
export interface Failure {
  outcome: OutcomeRecord['outcome'];
  /** Absent: nobody wants to hear of it. */
  says?: string;
  status?: number;
}

export interface AskOptions {
  url: URL;
  transport: Transport;
  standing: Standing;
  id: Id;
  value: Record<string, unknown>;
  text: string;
  /** It does nothing, so that it may be sent twice. */
  isHarmless: boolean;
  /** Of this one request. */
  credential: (() => Promise<string | undefined>) | undefined;
  say(line: string, about: Id): void;
  isPaused(): boolean;
  /** The answer was said; or there will be none. */
  done(failure?: Failure): void;
}

/** One request that the server has not answered yet. */
export interface Asking {
  /** Of no session: whoever hangs up has cancelled it. */
  isAlone: boolean;
  abort(): void;
  pause(): void;
  resume(): void;
  /** Once it was sent, so that nothing overtakes it. */
  onceSent(then: () => void): void;
}

/** Milliseconds that a server has to end a stream behind the answer. */
const AFTER_ANSWER = 1_000;

export function ask({
  url,
  transport,
  standing,
  id,
  value,
  text,
  isHarmless,
  credential,
  say,
  isPaused,
  done,
}: AskOptions): Asking {
  const said = versionIn(value);
  const isAlone = typeof said === 'string' && isModern(said);
  const key = keyOf(id);
  let request: ClientRequest | undefined;
  let response: IncomingMessage | undefined;
  let whenSent: (() => void)[] | undefined = [];
  let [isOver, isSecond] = [false, false];
  const events = follower({
    transport,
    standing,
    isResumable: !isAlone,
    message: take,
    isOver: () => isOver,
    connected(sent, answer) {
      request = sent;
      response = answer;
      if (isPaused()) answer?.pause();
    },
    broken: (says) => over({ outcome: 'lost', says }),
  });

  function over(failure?: Failure): void {
    if (isOver) return;
    isOver = true;
    if (failure !== undefined) request?.destroy();
    else if (response?.complete === false) setTimeout(() => request?.destroy(), AFTER_ANSWER).unref();
    done(failure);
  }

  function take(line: string): void {
    const message = readMessage(line);
    if (isOver || message.kind === 'fault') return;
    if (message.kind !== 'response') {
      say(line, id);
      return;
    }
    // On the stream of one request there is no answer to another one.
    if (message.id === null || keyOf(message.id) !== key) return;
    const { result } = message.value;
    if (value.method === 'initialize' && isRecord(result) && typeof result.protocolVersion === 'string')
      standing.version = /^[\x21-\x7e]{1,64}$/.test(result.protocolVersion) ? result.protocolVersion : undefined;
    if (value.method === 'tools/list') standing.params.learn(result);
    say(line, id);
    over();
  }

  function answered(next: IncomingMessage): void {
    response = next;
    const { statusCode = 0, headers } = next;
    const type = mediaType(next);
    const session = headers['mcp-session-id'];
    if (value.method === 'initialize' && typeof session === 'string' && /^[\x21-\x7e]{1,1024}$/.test(session))
      standing.session = session;
    if (statusCode === 200 && type === 'text/event-stream') events.follow(next);
    else if (statusCode === 200 && type === 'application/json')
      readObjects(next, {
        message: take,
        end: (fault) => over({ outcome: 'lost', says: fault ?? (next.complete ? NO_ANSWER : BROKEN) }),
      });
    else if (statusCode >= 200 && statusCode < 300) {
      next.resume();
      over({ outcome: 'lost', says: NO_ANSWER });
    } else refused(next, statusCode, type);
    if (isPaused()) next.pause();
  }

  function refused(from: IncomingMessage, status: number, type: string): void {
    const isEnd = status === 404 && standing.session !== undefined && !isAlone;
    readWhole(from, MOST_REFUSAL, (body) => {
      const line = isEnd || type !== 'application/json' ? undefined : refusedWith(body ?? '', id);
      if (line !== undefined) take(line);
      const says = isEnd ? SESSION_OVER : statusWords(status, from.headers.location, url);
      over({ outcome: status >= 500 ? 'lost' : 'error', says, ...(isEnd ? { status } : {}) });
    });
  }

  function begin(bearer: string | undefined): void {
    if (isOver) return;
    const headers = messageHeaders(standing, value);
    if (bearer !== undefined) headers.authorization = `Bearer ${bearer}`;
    request = transport.send({
      method: 'POST',
      headers,
      body: text,
      answer: answered,
      failed(error, isSent, isOld) {
        if (isOld && isHarmless && !isSecond) {
          isSecond = true;
          begin(bearer);
        } else over({ outcome: isSent ? 'lost' : 'refused', says: connectionWords(error, isSent) });
      },
    });
    const then = whenSent ?? [];
    whenSent = undefined;
    for (const each of then) each();
  }

  if (credential === undefined) begin(undefined);
  // Who gives it has refused the call where there is none.
  else credential().then(begin, () => over({ outcome: 'refused' }));
  return {
    isAlone,
    abort: () => over({ outcome: 'lost' }),
    pause: () => void response?.pause(),
    resume: () => void response?.resume(),
    onceSent(then) {
      if (whenSent === undefined) then();
      else whenSent.push(then);
    },
  };
}

const NO_ANSWER = 'the server gave no answer that the protocol has';
const SESSION_OVER = 'the server has ended its session; connect again';
