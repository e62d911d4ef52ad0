import { isRecord } from '../source/record.ts';
import { exactText } from './exact.ts';

export type Id = string | number;

/** One JSON-RPC message, as read. */
export type Message =
  | { kind: 'request'; id: Id; method: string; value: Record<string, unknown> }
  | { kind: 'notification'; method: string; value: Record<string, unknown> }
  | { kind: 'response'; id: Id | null; value: Record<string, unknown> };

export type Read = Message | { kind: 'fault'; says: string; id: Id | null };

const KEYS = new Set(['jsonrpc', 'id', 'method', 'params']);

/** A line as the one message that it is. A batch is none: the protocol has dropped them, and they would hide calls. */
export function readMessage(line: string): Read {
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch {
    return fault('it is not JSON');
  }
  if (Array.isArray(value)) return fault('it is a batch, which MCP no longer has; send one message a line');
  if (!isRecord(value) || value.jsonrpc !== '2.0') return fault('it is no JSON-RPC 2.0 message');
  const { id, method } = value;
  const hasId = Object.hasOwn(value, 'id');
  if (Object.hasOwn(value, 'method')) {
    if (typeof method !== 'string') return fault('its `method` is not text', idOf(id));
    if (hasId && !isId(id)) return fault('its `id` is neither text nor a whole number');
    return isId(id) ? { kind: 'request', id, method, value } : { kind: 'notification', method, value };
  }
  if (!Object.hasOwn(value, 'result') && !Object.hasOwn(value, 'error')) return fault('it has no `method`', idOf(id));
  return { kind: 'response', id: idOf(id), value };
}

/** A call as the server is to read it, which is to the letter what is judged; or why it must not be judged. */
export function callText(line: string, value: Record<string, unknown>): { text: string } | { fault: string } {
  for (const key in value) if (!KEYS.has(key)) return { fault: 'it has keys that no JSON-RPC request has' };
  return exactText(line, value);
}

/** Text for the same id only: `1` and `"1"` are two. */
export function keyOf(id: Id): string {
  return typeof id === 'number' ? `#${id}` : `"${id}`;
}

export function isId(id: unknown): id is Id {
  return typeof id === 'string' ? id.length <= 1000 : Number.isSafeInteger(id);
}

function idOf(id: unknown): Id | null {
  return isId(id) ? id : null;
}

function fault(says: string, id: Id | null = null): Read {
  return { kind: 'fault', says, id };
}
