import { CODES, errorLine } from '../answers.ts';
import type { Request } from '../calls.ts';
import { type Id, readMessage } from '../message.ts';
import { statusOf } from './era.ts';
import { type Exchange, type Exchanges, withOwnNames } from './exchanges.ts';
import type { Stream } from './stream.ts';

export interface RouteOptions {
  exchanges: Exchanges;
  isShared: boolean;
  aside: Stream | undefined;
  heard: ((method: string, value: Record<string, unknown>) => void) | undefined;
  /** What no client can answer. */
  refuse(request: Request): void;
}

/** Puts each message for the client on the one stream that it belongs to. False: that one is not read fast enough. */
export function routes({ exchanges, isShared, aside, heard, refuse }: RouteOptions) {
  function answer(
    exchange: Exchange,
    value: Record<string, unknown>,
    line: string,
    status: number | undefined,
  ): boolean {
    exchanges.take(exchange);
    heard?.(exchange.method, value);
    const deep = () => errorLine(exchange.own, CODES.internal, 'the answer of the server nests too deep');
    const text = isShared ? (withOwnNames(value, exchange) ?? deep()) : line;
    return exchange.stream.finish(text, status ?? (isShared ? statusOf(exchange.method, value) : 200));
  }

  /** A server on a pipe does not say what a message belongs to; what it asks and logs is mostly about the latest call. */
  function likely(kind: 'request' | 'notification', method: string): Exchange | undefined {
    if (kind === 'request')
      return exchanges.latest(({ method: asked }) => asked === 'tools/call') ?? exchanges.latest();
    if (method !== 'notifications/message') return undefined;
    return isShared ? exchanges.latest(({ wantsLog }) => wantsLog) : exchanges.latest();
  }

  return (line: string, about: Id | undefined, status: number | undefined): boolean => {
    const message = readMessage(line);
    if (message.kind === 'fault') return true;
    if (message.kind === 'response') {
      const exchange = message.id === null ? undefined : exchanges.byId(message.id);
      return exchange === undefined || answer(exchange, message.value, line, status);
    }
    if (message.kind === 'request' && isShared) {
      refuse(message);
      return true;
    }
    const exchange = exchanges.about(message, about) ?? likely(message.kind, message.method);
    if (exchange === undefined) return aside?.write(line) ?? true;
    const text = isShared ? withOwnNames(message.value, exchange) : line;
    return text === undefined || exchange.stream.write(text);
  };
}
