import type { Id } from './message.ts';

/** JSON-RPC's own codes, and the one that servers of MCP use for what they refuse. */
export const CODES = {
  parse: -32700,
  invalid: -32600,
  unknown: -32601,
  params: -32602,
  internal: -32603,
  refused: -32001,
} as const;

export function errorLine(id: Id | null, code: number, message: string): string {
  return JSON.stringify({ jsonrpc: '2.0', id, error: { code, message } });
}

export function resultLine(id: Id, result: unknown): string {
  return JSON.stringify({ jsonrpc: '2.0', id, result });
}

/**
 * A refusal as the result of a tool, which the model reads and can act on; an error would end many a client's turn.
 * `complete` is what the protocol asks for since 2026-07-28, and what older clients pass over.
 */
export function refusedResult(id: Id, message: string, isNew: boolean): string {
  const result = { content: [{ type: 'text', text: message }], isError: true };
  return JSON.stringify({ jsonrpc: '2.0', id, result: isNew ? { ...result, resultType: 'complete' } : result });
}
