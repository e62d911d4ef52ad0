import { isRecord } from '../../../source/record.ts';
import type { Id } from '../../message.ts';

/** Bytes of a refusal that are looked at. */
export const MOST_REFUSAL = 64 * 1024;
const MOST_WORDS = 2_000;

/** What a server said with a status, as the answer to the request; undefined: nothing that is one. */
export function refusedWith(text: string, id: Id): string | undefined {
  const { error, jsonrpc } = parsed(text);
  if (jsonrpc !== '2.0' || !isRecord(error)) return undefined;
  const { code, message, data } = error;
  if (!Number.isSafeInteger(code) || typeof message !== 'string') return undefined;
  const said = { code, message: message.slice(0, MOST_WORDS), ...(data === undefined ? {} : { data }) };
  return JSON.stringify({ jsonrpc: '2.0', id, error: said });
}

function parsed(text: string): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(text);
    return isRecord(value) ? value : {};
  } catch {
    return {};
  }
}
