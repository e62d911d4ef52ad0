import { isRecord } from '../../source/record.ts';
import { CODES } from '../answers.ts';

/** Versions in which every request carries its own version, and there are no sessions. */
export const MODERN_VERSIONS = ['2026-07-28'] as const;
/** Versions that begin with a handshake. */
export const LEGACY_VERSIONS = ['2025-11-25', '2025-06-18', '2025-03-26', '2024-11-05'] as const;

export const META = 'io.modelcontextprotocol/';
/** JSON-RPC codes of the protocol itself. */
export const PROTOCOL_CODES = { mismatch: -32020, capability: -32021, version: -32022 } as const;

export function metaOf({ params }: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return isRecord(params) && isRecord(params._meta) ? params._meta : {};
}

/** What the message itself says; undefined: it is of a session, or says nothing. */
export function versionIn(message: Readonly<Record<string, unknown>>): unknown {
  return metaOf(message)[`${META}protocolVersion`];
}

export function isModern(version: string): boolean {
  return (MODERN_VERSIONS as readonly string[]).includes(version);
}

export function isLegacy(version: string): boolean {
  return (LEGACY_VERSIONS as readonly string[]).includes(version);
}

/** What `Mcp-Name` repeats, by method: whoever reads headers only goes by it. */
const NAMED: Readonly<Record<string, 'name' | 'uri'>> = {
  'tools/call': 'name',
  'prompts/get': 'name',
  'resources/read': 'uri',
};

export function nameIn(method: string, { params }: Readonly<Record<string, unknown>>): string | undefined {
  const key = Object.hasOwn(NAMED, method) ? NAMED[method] : undefined;
  const name = key === undefined || !isRecord(params) ? undefined : params[key];
  return typeof name === 'string' ? name : undefined;
}

/** How HTTP calls an answer that is sent at once. */
export function statusOf(method: string, { error }: Readonly<Record<string, unknown>>): number {
  if (!isRecord(error)) return 200;
  const { code } = error;
  if (code === PROTOCOL_CODES.mismatch || code === PROTOCOL_CODES.capability || code === PROTOCOL_CODES.version)
    return 400;
  // Every server of the newer versions answers this: one that does not is older, and clients know that by the status.
  if (method === 'server/discover') return 400;
  return code === CODES.unknown ? 404 : 200;
}
