import { isRecord } from '../source/record.ts';
import { exactText, repeatsKey } from './exact.ts';

export type Id = string | number;

/** One JSON-RPC message, as read. */
export type Message =
  | { kind: 'request'; id: Id; method: string; value: Record<string, unknown> }
  | { kind: 'notification'; method: string; value: Record<string, unknown> }
  | { kind: 'response'; id: Id | null; value: Record<string, unknown> };

export type Read = Message | { kind: 'fault'; says: string; id: Id | null };

const KEYS: Readonly<Record<Message['kind'], ReadonlySet<string>>> = {
  request: new Set(['jsonrpc', 'id', 'method', 'params']),
  notification: new Set(['jsonrpc', 'method', 'params']),
  response: new Set(['jsonrpc', 'id', 'result', 'error']),
};

/**
 * JSON has line breaks only between its tokens, where a blank means the same. Not all readers end a line where this one does,
 * and would find a message of its own between two of them.
 */
export function oneLine(text: string): string {
  return text.includes('\r') || text.includes('\n') ? text.replace(/[\r\n]/g, ' ') : text;
}

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

/** A message as the other side is to read it, which is to the letter what is judged; or why it must not be judged. */
export function exactly(line: string, message: Message): { text: string } | { fault: string } {
  const fault = strayIn(message);
  return fault === undefined ? exactText(line, message.value) : { fault };
}

/** Why another reader may take it for another message, whatever is in it. */
export function doubtIn(line: string, message: Message): string | undefined {
  return strayIn(message) ?? (repeatsKey(line) ? 'one of its keys is given twice' : undefined);
}

/** `Method` is `method` for some readers, which then see another message. */
export function strayIn({ kind, value }: Message): string | undefined {
  const keys = KEYS[kind];
  for (const key in value) if (!keys.has(key)) return `it has keys that no JSON-RPC ${kind} has`;
  return undefined;
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
