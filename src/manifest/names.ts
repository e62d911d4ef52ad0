import type { Manifest } from '../model/manifest.ts';
import { SERVER_FEATURES } from '../model/vocabulary.ts';
import { pointerOf } from '../source/pointer.ts';
import { didYouMean } from '../source/suggest.ts';

/** A fault that the schema cannot see; `pointer` is relative to the manifest. */
export interface Fault {
  code: string;
  pointer: string;
  at?: 'key' | 'value';
  message: string;
  help?: string;
}

/** The server part of `server/tool`; undefined for a host's built-in. */
export function serverOf(tool: string): string | undefined {
  const slash = tool.indexOf('/');
  return slash < 0 ? undefined : tool.slice(0, slash);
}

/** Names that point at nothing, and patterns that do not compile. */
export function nameFaults(manifest: Manifest): Fault[] {
  const servers = Object.keys(manifest.mcpServers ?? {});
  const scopes = Object.keys(manifest.data ?? {});
  const faults: Fault[] = [];
  const dangling = (pointer: string, kind: string, name: string, known: string[], at: 'key' | 'value') => {
    const help = didYouMean(name, known) ?? `add it to \`${kind === 'server' ? 'mcpServers' : 'data'}\``;
    const map = kind === 'server' ? 'mcpServers' : 'data';
    faults.push({ code: 'dangling-name', pointer, at, message: `there is no ${kind} \`${name}\` in \`${map}\``, help });
  };
  for (const [tool, facts] of Object.entries(manifest.tools)) {
    const server = serverOf(tool);
    if (server !== undefined && manifest.mcpServers && !servers.includes(server)) {
      dangling(pointerOf('tools', tool), 'server', server, servers, 'key');
    }
    const feature = tool.split('/').at(1);
    if (feature?.startsWith('@') && !(SERVER_FEATURES as readonly string[]).includes(feature)) {
      const help = didYouMean(feature, SERVER_FEATURES);
      const message = `\`${feature}\` is not something a server offers`;
      faults.push({
        code: 'dangling-name',
        pointer: pointerOf('tools', tool),
        at: 'key',
        message,
        ...(help ? { help } : {}),
      });
    }
    for (const [i, scope] of (facts.data ?? []).entries()) {
      if (!scopes.includes(scope)) dangling(pointerOf('tools', tool, 'data', i), 'data scope', scope, scopes, 'value');
    }
    faults.push(...patternFaults(facts.arguments, pointerOf('tools', tool, 'arguments')));
  }
  for (const server of Object.keys(manifest.servers ?? {})) {
    if (!servers.includes(server)) dangling(pointerOf('servers', server), 'server', server, servers, 'key');
  }
  for (const [name, credential] of Object.entries(manifest.credentials ?? {})) {
    for (const [i, server] of (credential.servers ?? []).entries()) {
      if (!servers.includes(server))
        dangling(pointerOf('credentials', name, 'servers', i), 'server', server, servers, 'value');
    }
  }
  return faults;
}

function patternFaults(schema: unknown, pointer: string): Fault[] {
  if (typeof schema !== 'object' || schema === null) return [];
  const faults: Fault[] = [];
  for (const [key, inner] of Object.entries(schema)) {
    const here = `${pointer}${pointerOf(key)}`;
    if (key === 'pattern' && typeof inner === 'string' && !compiles(inner)) {
      faults.push({ code: 'bad-pattern', pointer: here, message: 'this is not a regular expression' });
    } else if (key !== 'enum' && key !== 'const') faults.push(...patternFaults(inner, here));
  }
  return faults;
}

function compiles(pattern: string): boolean {
  try {
    new RegExp(pattern, 'u');
    return true;
  } catch {
    return false;
  }
}
