import { compilePattern } from '../enforce/pattern.ts';
import type { ArgumentSchema, Manifest } from '../model/manifest.ts';
import { SERVER_FEATURES } from '../model/vocabulary.ts';
import { pointerOf } from '../source/pointer.ts';

/** A fault that the schema cannot see; `pointer` is relative to the manifest. */
export interface Fault {
  code: string;
  pointer: string;
  at?: 'key' | 'value';
  message: string;
  /** The name that points at nothing and those that exist: comparing them is left to whoever tells the fault. */
  typed?: { name: string; known: Iterable<string> };
  help?: string;
}

/** The server part of `server/tool`; undefined for a host's built-in. */
export function serverOf(tool: string): string | undefined {
  const slash = tool.indexOf('/');
  return slash < 0 ? undefined : tool.slice(0, slash);
}

/** Names that point at nothing, and patterns that cannot be enforced. `offered`: scopes that could be named, too. */
export function nameFaults(manifest: Manifest, offered: Iterable<string> = []): Fault[] {
  const servers = new Set(Object.keys(manifest.mcpServers ?? {}));
  const scopes = new Set(Object.keys(manifest.data ?? {}));
  const faults: Fault[] = [];
  const near = { [Symbol.iterator]: () => [...scopes, ...offered].values() };
  const server = (pointer: string, name: string, at: 'key' | 'value') => {
    if (!servers.has(name)) faults.push(dangling(pointer, at, name, 'server', 'mcpServers', servers));
  };
  for (const [tool, facts] of Object.entries(manifest.tools)) {
    const own = serverOf(tool);
    if (own !== undefined && manifest.mcpServers) server(pointerOf('tools', tool), own, 'key');
    faults.push(...featureFaults(tool));
    for (const [i, scope] of (facts.data ?? []).entries()) {
      const pointer = pointerOf('tools', tool, 'data', i);
      if (!scopes.has(scope)) faults.push(dangling(pointer, 'value', scope, 'data scope', 'data', near));
    }
    faults.push(...patternFaults(facts.arguments, pointerOf('tools', tool, 'arguments')));
  }
  for (const name of Object.keys(manifest.servers ?? {})) server(pointerOf('servers', name), name, 'key');
  for (const [name, credential] of Object.entries(manifest.credentials ?? {})) {
    for (const [i, used] of (credential.servers ?? []).entries()) {
      server(pointerOf('credentials', name, 'servers', i), used, 'value');
    }
  }
  return faults;
}

function dangling(
  pointer: string,
  at: 'key' | 'value',
  name: string,
  kind: string,
  map: string,
  known: Iterable<string>,
): Fault {
  const message = `there is no ${kind} \`${name}\` in \`${map}\``;
  return { code: 'dangling-name', pointer, at, message, typed: { name, known }, help: `add it to \`${map}\`` };
}

function featureFaults(tool: string): Fault[] {
  const feature = tool.split('/').at(1);
  if (!feature?.startsWith('@') || SERVER_FEATURES.some((known) => known === feature)) return [];
  const message = `\`${feature}\` is not something a server offers`;
  const typed = { name: feature, known: SERVER_FEATURES };
  return [{ code: 'dangling-name', pointer: pointerOf('tools', tool), at: 'key', message, typed }];
}

function patternFaults(schema: ArgumentSchema | undefined, pointer: string): Fault[] {
  if (schema === undefined) return [];
  const { pattern, properties = {}, items, additionalProperties } = schema;
  const complaint = pattern === undefined ? undefined : patternComplaint(pattern);
  return [
    ...(complaint ? [{ code: 'bad-pattern', pointer: `${pointer}/pattern`, ...complaint }] : []),
    ...Object.entries(properties).flatMap(([name, inner]) =>
      patternFaults(inner, pointer + pointerOf('properties', name)),
    ),
    ...patternFaults(items, `${pointer}/items`),
    ...(typeof additionalProperties === 'object'
      ? patternFaults(additionalProperties, `${pointer}/additionalProperties`)
      : []),
  ];
}

function patternComplaint(pattern: string): Pick<Fault, 'message' | 'help'> | undefined {
  const compiled = compilePattern(pattern);
  if (compiled.ok) return undefined;
  const { refusal, message, help } = compiled;
  return refusal === 'not-a-pattern' ? { message: `${message}${faultIn(pattern)}` } : { message, help };
}

/** What the engine finds wrong. */
function faultIn(pattern: string): string {
  try {
    new RegExp(pattern, 'u');
    return '';
  } catch (error) {
    // `Invalid regular expression: /[a/u: Unterminated character class`
    const why = error instanceof Error ? error.message.split(': ').at(-1)?.toLowerCase() : undefined;
    return why ? `: ${why}` : '';
  }
}
