import { isModern, nameIn, versionIn } from '../era.ts';
import { encoded } from '../header-value.ts';
import type { ParamHeaders } from '../params.ts';

/** What is known of the connection as a whole. */
export interface Standing {
  /** Of every request. */
  headers: Readonly<Record<string, string>>;
  /** What the server calls the session that it began. */
  session: string | undefined;
  /** What both have agreed on in the handshake. */
  version: string | undefined;
  /** What is known of arguments that headers repeat. */
  params: ParamHeaders;
}

/** Headers that say what a message is, so that they cannot say anything else. */
export function messageHeaders(
  { headers, session, version, params }: Standing,
  value: Readonly<Record<string, unknown>>,
): Record<string, string> {
  const said = versionIn(value);
  const isAlone = typeof said === 'string' && isModern(said);
  const all: Record<string, string> = {
    ...headers,
    accept: 'application/json, text/event-stream',
    'content-type': 'application/json',
    'user-agent': 'stakes-gate',
  };
  if (!isAlone) {
    if (session !== undefined && value.method !== 'initialize') all['mcp-session-id'] = session;
    if (version !== undefined && value.method !== 'initialize') all['mcp-protocol-version'] = version;
    return all;
  }
  all['mcp-protocol-version'] = said;
  if (typeof value.method !== 'string') return all;
  all['mcp-method'] = encoded(value.method);
  const name = nameIn(value.method, value);
  if (name !== undefined) all['mcp-name'] = encoded(name);
  return { ...all, ...params.of(value) };
}

/** To go on with a stream, or to open the one for what belongs to no request. */
export function resumeHeaders(standing: Standing, last: string | undefined): Record<string, string> {
  const { 'content-type': _, ...headers } = messageHeaders(standing, {});
  return { ...headers, accept: 'text/event-stream', ...(last === undefined ? {} : { 'last-event-id': last }) };
}
