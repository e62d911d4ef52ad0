import type { IncomingHttpHeaders, IncomingMessage, ServerResponse } from 'node:http';
import { CODES } from '../answers.ts';
import type { Id } from '../message.ts';

/** A refusal of the connection itself, as an error that clients of the protocol can read, too. */
export interface Reply {
  status: number;
  says: string;
  code?: number;
  data?: Record<string, unknown> | undefined;
  id?: Id | null;
  headers?: Record<string, string>;
}

export function reply(
  response: ServerResponse,
  { status, says, code = CODES.invalid, data, id = null, headers }: Reply,
): void {
  if (response.headersSent) return;
  const error = { code, message: says, ...(data === undefined ? {} : { data }) };
  response.writeHead(status, { ...headers, 'content-type': 'application/json' });
  response.end(JSON.stringify({ jsonrpc: '2.0', id, error }));
}

/** The same before the body was read: it must not hold up the connection. */
export function turnAway(request: IncomingMessage, response: ServerResponse, refusal: Reply): void {
  if (response.headersSent) response.destroy();
  reply(response, { ...refusal, headers: { ...refusal.headers, connection: 'close' } });
  request.resume();
}

export function accepts({ accept = '' }: IncomingHttpHeaders, type: string): boolean {
  const kinds = accept.split(',').map((kind) => kind.replace(/;.*$/s, '').trim().toLowerCase());
  return kinds.some((kind) => kind === type || kind === '*/*' || kind === type.replace(/\/.*$/, '/*'));
}
