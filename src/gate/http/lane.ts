import { isRecord } from '../../source/record.ts';
import { CODES, errorLine } from '../answers.ts';
import type { Request } from '../calls.ts';
import { type Id, isId, readMessage } from '../message.ts';
import type { Setting } from '../ports.ts';
import { openRelay } from '../relay.ts';
import type { Side } from '../sides.ts';
import type { End } from '../stdio/server.ts';
import { unanswered, undone } from '../undone.ts';
import { type Exchange, newExchanges } from './exchanges.ts';
import type { ServerSide } from './ports.ts';
import { routes } from './routes.ts';
import type { Stream } from './stream.ts';

/** Milliseconds that a server has to answer a request that was cancelled. */
const AFTER_CANCEL = 10_000;

/** One client's session, or all requests that are of none, and the connection to the server that they have to themselves. */
export interface Lane {
  has(id: Id): boolean;
  /** What it returns says that nobody wants the answer any more: without a session, whoever hangs up has cancelled. */
  request(request: Request, line: string, stream: Stream): () => void;
  /** A notification or an answer of the client. */
  tell(line: string): void;
  isBusy(): boolean;
  /** When the server takes more; undefined: now. */
  free(): Promise<void> | undefined;
  /** A stream is read again, or gone. */
  drained(): void;
  beat(): void;
  end(): void;
}

export interface LaneOptions {
  /** Many clients, none of which has a session. */
  isShared: boolean;
  /** Where goes what belongs to no request; absent: nowhere. */
  aside?: Stream;
  /** The answer to a request, by its method. */
  heard?(method: string, value: Record<string, unknown>): void;
  /** Nothing more comes of the server. */
  over(): void;
  tell(text: string): void;
}

export function openLane(setting: Setting, server: ServerSide, options: LaneOptions): Lane {
  const { isShared, aside, heard, over, tell } = options;
  const exchanges = newExchanges(isShared);
  const timers = new Set<NodeJS.Timeout>();
  const whenRead: (() => void)[] = [];
  /** Of what the server says now. */
  let [about, status]: [Id | undefined, number | undefined] = [undefined, undefined];
  let [isFull, isOver] = [false, false];
  /** Messages of the client that the server does not take yet; undefined: it takes them. */
  let waiting: (() => void)[] | undefined;

  const route = routes({ exchanges, isShared, aside, heard, refuse });
  const client: Side = {
    send(line) {
      if (!route(line, about, status)) isFull = true;
    },
    flush: () => !isFull,
    onceFree: (then) => void whenRead.push(then),
    pause() {
      waiting ??= [];
    },
    resume() {
      const all = waiting ?? [];
      waiting = undefined;
      for (const then of all) then();
    },
  };
  const relay = openRelay(setting, client, server, tell);

  /** Without a session, nothing that a client sends could be the answer to a question of the server. */
  function refuse({ id }: Request): void {
    relay.fromClient([errorLine(id, CODES.unknown, 'a client without a session can be asked nothing')]);
  }

  function whileSaying<T>(id: Id | undefined, called: number | undefined, step: () => T): T {
    [about, status] = [id, called];
    try {
      return step();
    } finally {
      [about, status] = [undefined, undefined];
    }
  }

  function cancel(exchange: Exchange): void {
    if (isOver || exchanges.byId(exchange.id) !== exchange) return;
    const params = { requestId: exchange.id, reason: 'the client hung up' };
    relay.fromClient([JSON.stringify({ jsonrpc: '2.0', method: 'notifications/cancelled', params })]);
    forget(exchange);
  }

  /** A request that was cancelled need not be answered, and most servers do not. */
  function forget(exchange: Exchange): void {
    const timer = setTimeout(() => {
      timers.delete(timer);
      if (exchanges.byId(exchange.id) !== exchange) return;
      undone(relay.session, exchange.id, 'lost', 'cancelled');
      exchanges.take(exchange);
      exchange.stream.finish();
    }, AFTER_CANCEL);
    timers.add(timer.unref());
  }

  function ended(end: End): void {
    if (isOver) return;
    isOver = true;
    const says = 'fault' in end ? `there is no connection to the server: ${end.fault}` : 'the server has ended';
    for (const timer of timers) clearTimeout(timer);
    for (const { id } of exchanges.all()) relay.session.send(undone(relay.session, id, 'lost', says));
    relay.serverGone();
    for (const { id } of exchanges.all()) client.send(errorLine(id, CODES.internal, says));
    aside?.finish();
    client.resume();
    over();
  }

  server.listen({
    messages(lines, id) {
      if (!isOver) whileSaying(id, undefined, () => relay.fromServer(lines));
    },
    failed: (id, outcome, says, called) => whileSaying(id, called, () => unanswered(relay.session, id, outcome, says)),
    end: ended,
    tell,
  });
  return {
    has: exchanges.has,
    request(request, line, stream) {
      const { exchange, line: named } = exchanges.add(request, line, stream);
      // It has ended while the request was being read.
      if (isOver) client.send(errorLine(exchange.id, CODES.internal, 'the server has ended'));
      else relay.fromClient([named]);
      return () => cancel(exchange);
    },
    tell(line) {
      const message = readMessage(line);
      const { params } = message.kind === 'notification' ? message.value : {};
      const id =
        message.kind === 'notification' && message.method === 'notifications/cancelled' && isRecord(params)
          ? params.requestId
          : undefined;
      if (!isOver) relay.fromClient([line]);
      const exchange = isId(id) ? exchanges.byId(id) : undefined;
      if (exchange !== undefined) forget(exchange);
    },
    isBusy: () => !exchanges.isEmpty() || aside?.isAttached() === true,
    free: () => waiting && new Promise((done) => waiting?.push(done)),
    drained() {
      isFull = false;
      for (const then of whenRead.splice(0)) then();
    },
    beat() {
      for (const { stream } of exchanges.all()) stream.beat();
      aside?.beat();
    },
    end() {
      server.stop();
      ended({ code: null });
    },
  };
}
