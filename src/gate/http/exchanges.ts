import { isRecord } from '../../source/record.ts';
import type { Request } from '../calls.ts';
import { type Id, isId, keyOf, type Message } from '../message.ts';
import { META, metaOf } from './era.ts';
import type { Stream } from './stream.ts';

/** A request of the client, and where its answer goes. */
export interface Exchange {
  /** As the gate and the server know it. */
  id: Id;
  /** As the client knows it. */
  own: Id;
  token: Id | undefined;
  method: string;
  wantsLog: boolean;
  stream: Stream;
}

const SUBSCRIPTION = `${META}subscriptionId`;

/** Requests without an answer. Where clients share a connection, each gets an id that no other one has. */
export interface Exchanges {
  has(id: Id): boolean;
  /** The exchange, and the request as the gate is to read it. */
  add(request: Request, line: string, stream: Stream): { exchange: Exchange; line: string };
  take(exchange: Exchange): void;
  byId(id: Id): Exchange | undefined;
  /** Whose stream a notification or a request of the server belongs on; undefined: nobody's in particular. */
  about(message: Message, id: Id | undefined): Exchange | undefined;
  latest(fits?: (exchange: Exchange) => boolean): Exchange | undefined;
  all(): Exchange[];
  isEmpty(): boolean;
}

export function newExchanges(isShared: boolean): Exchanges {
  const open = new Map<string, Exchange>();
  const tokens = new Map<string, Exchange>();
  let count = 0;
  const byId = (id: Id) => open.get(keyOf(id));
  return {
    has: (id) => open.has(keyOf(id)),
    add({ id: own, method, value }, text, stream) {
      const meta = metaOf(value);
      const token = isId(meta.progressToken) ? meta.progressToken : undefined;
      const id = isShared ? ++count : own;
      const wantsLog = meta[`${META}logLevel`] !== undefined;
      const exchange: Exchange = { id, own, token, method, wantsLog, stream };
      open.set(keyOf(id), exchange);
      if (token !== undefined) tokens.set(keyOf(isShared ? id : token), exchange);
      return { exchange, line: isShared ? JSON.stringify(renamed(value, id, token !== undefined)) : text };
    },
    take({ id, token }) {
      open.delete(keyOf(id));
      if (token !== undefined) tokens.delete(keyOf(isShared ? id : token));
    },
    byId,
    about(message, id) {
      if (id !== undefined) return byId(id);
      if (message.kind !== 'notification' || !isRecord(message.value.params)) return undefined;
      const { progressToken, requestId } = message.value.params;
      if (isId(progressToken)) return tokens.get(keyOf(progressToken));
      const named = metaOf(message.value)[SUBSCRIPTION] ?? (isShared ? requestId : undefined);
      return isId(named) ? byId(named) : undefined;
    },
    latest: (fits = () => true) => [...open.values()].reverse().find(fits),
    all: () => [...open.values()],
    isEmpty: () => open.size === 0,
  };
}

function renamed(value: Record<string, unknown>, id: Id, hasToken: boolean): Record<string, unknown> {
  const params = value.params;
  if (!hasToken || !isRecord(params)) return { ...value, id };
  return { ...value, id, params: { ...params, _meta: { ...metaOf(value), progressToken: id } } };
}

/** A message to the client with the names that the client gave; undefined: it nests too deep to be written. */
export function withOwnNames(value: Record<string, unknown>, exchange: Exchange): string | undefined {
  try {
    return JSON.stringify(ownNames(value, exchange));
  } catch {
    return undefined;
  }
}

function ownNames(value: Record<string, unknown>, { id, own, token }: Exchange): Record<string, unknown> {
  if (!Object.hasOwn(value, 'method'))
    return { ...value, id: own, ...(isRecord(value.result) ? { result: ownMeta(value.result, id, own) } : {}) };
  if (!isRecord(value.params)) return value;
  const params = ownMeta(value.params, id, own);
  if (params.progressToken === id && token !== undefined) params.progressToken = token;
  if (params.requestId === id) params.requestId = own;
  return { ...value, params };
}

function ownMeta(holder: Record<string, unknown>, id: Id, own: Id): Record<string, unknown> {
  const { _meta } = holder;
  return isRecord(_meta) && _meta[SUBSCRIPTION] === id
    ? { ...holder, _meta: { ..._meta, [SUBSCRIPTION]: own } }
    : { ...holder };
}
