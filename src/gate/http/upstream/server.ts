import { isRecord } from '../../../source/record.ts';
import { type Id, isId, keyOf, readMessage } from '../../message.ts';
import type { Forwarded } from '../../session.ts';
import { NO_TOKEN } from '../../tokens/side.ts';
import { wordsOf } from '../../words.ts';
import { versionIn } from '../era.ts';
import { newParamHeaders } from '../params.ts';
import type { Heard, ServerSide } from '../ports.ts';
import { openAside } from './aside.ts';
import { type Asking, ask } from './ask.ts';
import { messageHeaders, type Standing } from './headers.ts';
import { openTransport } from './transport.ts';
import { statusWords } from './words.ts';

/** Bytes that may wait to be sent before the client is slowed down. */
const MOST_UNSENT = 16 * 1024 * 1024;
/** Messages that may wait for the handshake. */
const MOST_HELD = 1000;
/** Milliseconds for what is under way, once the client has gone; and for an answer to what was cancelled. */
const GRACE = 2_000;
const AFTER_CANCEL = 10_000;

export interface UpstreamOptions {
  url: URL;
  /** Of every request. */
  headers: Readonly<Record<string, string>>;
  /** The bearer of one call, made for it; undefined: none. A call whose credential cannot be had is refused. */
  credential?: ((call: Forwarded) => Promise<string | undefined>) | undefined;
}

/** A server on another machine: each message is a request of its own, and answers come on the streams of what they answer. */
export function httpServer({ url, headers, credential }: UpstreamOptions): ServerSide {
  const transport = openTransport(url);
  const standing: Standing = { headers, session: undefined, version: undefined, params: newParamHeaders() };
  const open = new Map<string, Asking>();
  const whenFree: (() => void)[] = [];
  let heard: Heard | undefined;
  let [isPaused, isOver] = [false, false];
  /** What came before the server has answered the handshake; undefined: it has, or there is none. */
  let held: (() => void)[] | undefined;
  const say = (line: string, about?: Id) => heard?.messages([line], about);
  const aside = openAside({ transport, standing, say, isPaused: () => isPaused, ended: () => over(SESSION_OVER) });

  function over(fault?: string): void {
    if (isOver) return;
    isOver = true;
    aside.close();
    for (const { abort } of open.values()) abort();
    transport.close();
    heard?.end(fault === undefined ? { code: null } : { fault });
  }

  function request(id: Id, value: Record<string, unknown>, text: string, call: Forwarded | undefined): void {
    const key = keyOf(id);
    const asking = ask({
      url,
      transport,
      standing,
      id,
      value,
      text,
      isHarmless: call === undefined,
      credential: call === undefined || credential === undefined ? undefined : () => bearerOf(call, credential),
      say,
      isPaused: () => isPaused,
      done(failure) {
        open.delete(key);
        if (value.method === 'initialize') release();
        if (failure !== undefined && !isOver) heard?.failed(id, failure.outcome, failure.says, failure.status);
        if (failure?.status === 404 && standing.session !== undefined) over(SESSION_OVER);
        freed();
      },
    });
    open.set(key, asking);
  }

  async function bearerOf(call: Forwarded, of: NonNullable<typeof credential>): Promise<string | undefined> {
    try {
      return await of(call);
    } catch (error) {
      heard?.tell(`a call has no token and was refused: ${wordsOf(error)}`);
      call.refuse(NO_TOKEN);
      throw error;
    }
  }

  function release(): void {
    const all = held ?? [];
    held = undefined;
    for (const each of all) pass(each);
    freed();
  }

  function pass(step: () => void): void {
    if (held === undefined) step();
    else held.push(step);
  }

  /** What is no request is answered by nothing but a status. */
  function post(text: string, value: Record<string, unknown>): void {
    const isReady = value.method === 'notifications/initialized';
    if (isReady) held = [];
    transport.send({
      method: 'POST',
      headers: messageHeaders(standing, value),
      body: text,
      answer(response) {
        const { statusCode = 0, headers: said } = response;
        response.resume();
        freed();
        if (statusCode === 404 && standing.session !== undefined) return over(SESSION_OVER);
        if (statusCode >= 300)
          heard?.tell(`${statusWords(statusCode, said.location, url)}: a message of the client's was lost`);
        else if (isReady) aside.open();
        if (isReady) release();
      },
      failed(error) {
        heard?.tell(`a message of the client's did not reach the server: ${wordsOf(error)}`);
        if (isReady) release();
      },
    });
  }

  function cancel(id: Id, text: string, value: Record<string, unknown>): void {
    const asking = open.get(keyOf(id));
    if (asking === undefined) return;
    // Since 2026-07-28 whoever hangs up has cancelled.
    if (asking.isAlone) {
      asking.abort();
      return;
    }
    asking.onceSent(() => post(text, value));
    setTimeout(asking.abort, AFTER_CANCEL).unref();
  }

  function freed(): void {
    if (transport.unsent() > MOST_UNSENT || (held?.length ?? 0) > MOST_HELD) return;
    for (const then of whenFree.splice(0)) then();
  }

  return {
    send(text, call) {
      const message = readMessage(text);
      if (isOver || message.kind === 'fault') return;
      const { value } = message;
      const { params } = value;
      if (versionIn(value) !== undefined && message.kind === 'request') return request(message.id, value, text, call);
      pass(() => {
        if (message.kind === 'request') {
          if (value.method === 'initialize') held = [];
          request(message.id, value, text, call);
        } else if (value.method === 'notifications/cancelled' && isRecord(params) && isId(params.requestId))
          cancel(params.requestId, text, value);
        // Without a session, a client has nothing to tell.
        else if (standing.session !== undefined || standing.version !== undefined) post(text, value);
      });
    },
    flush: () => transport.unsent() <= MOST_UNSENT && (held?.length ?? 0) <= MOST_HELD,
    onceFree: (then) => void whenFree.push(then),
    pause() {
      isPaused = true;
      for (const { pause } of open.values()) pause();
      aside.pause();
    },
    resume() {
      isPaused = false;
      for (const { resume } of open.values()) resume();
      aside.resume();
    },
    listen(to) {
      heard = to;
    },
    stop() {
      if (isOver) return;
      const started = performance.now();
      const look = () => {
        if ((open.size > 0 || held !== undefined) && performance.now() - started < GRACE)
          return void setTimeout(look, 20);
        aside.close();
        if (standing.session === undefined) return over();
        const goodbye = transport.send({
          method: 'DELETE',
          headers: messageHeaders(standing, {}),
          answer(response) {
            response.resume();
            over();
          },
          failed: () => over(),
        });
        setTimeout(() => goodbye.destroy(), GRACE).unref();
      };
      look();
    },
  };
}

const SESSION_OVER = 'the server has ended its session';
