import type { IncomingHttpHeaders } from 'node:http';
import { CODES } from '../answers.ts';
import type { Message } from '../message.ts';
import { isLegacy, isModern, nameIn, PROTOCOL_CODES, versionIn } from './era.ts';
import { decoded } from './header-value.ts';

/** How a message is served: by itself, or in a session; or why not. */
export type Served = { era: 'modern' | 'legacy' } | { code: number; says: string; data?: Record<string, unknown> };

/**
 * Do the headers say what the message says? Whoever stands between client and gate may have judged by the headers, and the
 * gate judges by the message. `supported`: the versions to name where another one is asked for.
 */
export function servedAs(headers: IncomingHttpHeaders, message: Message, supported: readonly string[]): Served {
  const inHeader = text(headers['mcp-protocol-version']);
  const inMessage = message.kind === 'response' ? undefined : versionIn(message.value);
  const isAlone = inMessage !== undefined || (inHeader !== undefined && !isLegacy(inHeader));
  if (inMessage !== undefined && inMessage !== inHeader) return mismatch(differs('MCP-Protocol-Version', inHeader));
  if (isAlone && !isModern(inHeader ?? '')) {
    const data = { supported, requested: inHeader };
    return { code: PROTOCOL_CODES.version, says: 'unsupported protocol version', data };
  }
  if (isAlone && inMessage === undefined && message.kind === 'request')
    return { code: CODES.params, says: 'the request does not name its protocol version in `_meta`' };
  const wrong = disagreement(headers, message, isAlone && message.kind === 'request');
  return wrong === undefined ? { era: isAlone ? 'modern' : 'legacy' } : mismatch(wrong);
}

export function mismatch(says: string): { code: number; says: string } {
  return { code: PROTOCOL_CODES.mismatch, says: `header mismatch: ${says}` };
}

function disagreement(headers: IncomingHttpHeaders, message: Message, isNeeded: boolean): string | undefined {
  if (message.kind === 'response') return undefined;
  const { method, value } = message;
  const methodSaid = text(headers['mcp-method']);
  if ((isNeeded || methodSaid !== undefined) && methodSaid !== method) return differs('Mcp-Method', methodSaid);
  const nameSaid = text(headers['mcp-name']);
  const name = nameIn(method, value);
  if (nameSaid === undefined) return isNeeded && name !== undefined ? differs('Mcp-Name', nameSaid) : undefined;
  return decoded(nameSaid) === name ? undefined : differs('Mcp-Name', nameSaid);
}

export function differs(header: string, said: string | undefined): string {
  return said === undefined ? `there is no \`${header}\`` : `\`${header}\` says something else than the message`;
}

const text = (value: string | string[] | undefined): string | undefined =>
  typeof value === 'string' ? value : undefined;
