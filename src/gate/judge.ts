import { isRecord } from '../source/record.ts';
import { CLIENT_REQUESTS, COMPLETED } from './features.ts';

/** What a request asks a policy for: a tool or a feature of the server, with its arguments; or why it is none. */
export type Wanted = { name: string; arguments: unknown } | { fault: string };

/** `undefined`: a method that no policy speaks of. */
export function wantedOf(method: string, params: unknown): Wanted | undefined {
  if (method === 'tools/call') return calledTool(params);
  const feature = method === 'completion/complete' ? completed(params) : own(CLIENT_REQUESTS, method);
  return feature === undefined ? undefined : { name: feature, arguments: withoutMeta(params) };
}

const CALL_KEYS: ReadonlySet<string> = new Set([
  'name',
  'arguments',
  '_meta',
  'task',
  // How a call goes on after the server asked for something: since 2026-07-28.
  'inputResponses',
  'requestState',
]);

function calledTool(params: unknown): Wanted {
  if (!isRecord(params) || typeof params.name !== 'string') return { fault: 'it names no tool' };
  // A policy's names with `@` are a server's other features.
  if (params.name.startsWith('@')) return { fault: 'no tool has a name that begins with `@`' };
  const stray = Object.keys(params).find((key) => !CALL_KEYS.has(key));
  if (stray !== undefined) return { fault: 'it has parameters that no call of a tool has' };
  return { name: params.name, arguments: params.arguments };
}

function completed(params: unknown): string {
  const type = isRecord(params) && isRecord(params.ref) ? params.ref.type : undefined;
  // What it is that is completed cannot be told: the one that no policy grants.
  return (typeof type === 'string' ? own(COMPLETED, type) : undefined) ?? '@unknown';
}

export function withoutMeta(params: unknown): unknown {
  if (!isRecord(params)) return params;
  const { _meta, ...rest } = params;
  return rest;
}

function own<T>(values: Readonly<Record<string, T>>, key: string): T | undefined {
  return Object.hasOwn(values, key) ? values[key] : undefined;
}
