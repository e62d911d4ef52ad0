import type { IncomingHttpHeaders } from 'node:http';
import type { Message } from '../message.ts';
import { isLegacy, isModern, LEGACY_VERSIONS, MODERN_VERSIONS, nameIn, PROTOCOL_CODES, versionIn } from './era.ts';
import { decoded } from './header-value.ts';

/** How a message is served: by itself, or in a session; or why not. */
export type Served = { era: 'modern' | 'legacy' } | { code: number; says: string; data?: Record<string, unknown> };

/**
 * Do the headers say what the message says? Whoever stands between client and gate may have judged by the headers, and the
 * gate judges by the message.
 */
export function servedAs(headers: IncomingHttpHeaders, message: Message): Served {
  const inHeader = text(headers['mcp-protocol-version']);
  const inMessage = message.kind === 'response' ? undefined : versionIn(message.value);
  const isOld = inMessage === undefined && (inHeader === undefined || isLegacy(inHeader));
  const said = inMessage ?? inHeader;
  if (!isOld && (typeof said !== 'string' || !isModern(said))) return unsupported(said);
  const wrong = disagreement(headers, message, isOld);
  if (wrong !== undefined) return { code: PROTOCOL_CODES.mismatch, says: `header mismatch: ${wrong}` };
  return { era: isOld ? 'legacy' : 'modern' };
}

function unsupported(requested: unknown): Served {
  const data = { supported: [...MODERN_VERSIONS, ...LEGACY_VERSIONS], requested };
  return { code: PROTOCOL_CODES.version, says: 'unsupported protocol version', data };
}

function disagreement(headers: IncomingHttpHeaders, message: Message, isOld: boolean): string | undefined {
  if (message.kind === 'response') return undefined;
  const { method, value } = message;
  const isNeeded = !isOld && message.kind === 'request';
  const inHeader = text(headers['mcp-protocol-version']);
  if (isNeeded && inHeader !== versionIn(value)) return differs('MCP-Protocol-Version', inHeader);
  const methodSaid = text(headers['mcp-method']);
  if ((isNeeded || methodSaid !== undefined) && methodSaid !== method) return differs('Mcp-Method', methodSaid);
  const nameSaid = text(headers['mcp-name']);
  const name = nameIn(method, value);
  if (nameSaid === undefined) return isNeeded && name !== undefined ? differs('Mcp-Name', nameSaid) : undefined;
  return decoded(nameSaid) === name ? undefined : differs('Mcp-Name', nameSaid);
}

function differs(header: string, said: string | undefined): string {
  return said === undefined ? `there is no \`${header}\`` : `\`${header}\` says something else than the message`;
}

const text = (value: string | string[] | undefined): string | undefined =>
  typeof value === 'string' ? value : undefined;
