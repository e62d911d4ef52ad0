import type { CredentialFacts, McpServer, ServerReach, ToolFacts } from '../../model/manifest.ts';
import type { Place, Problem } from '../../model/place.ts';
import { pointerOf } from '../../source/pointer.ts';
import { isRecord } from '../../source/record.ts';
import type { Said } from '../define.ts';
import { type Entry, entryOf } from './server-entry.ts';
import { toolsOf } from './server-tools.ts';
import { betraysSecret, type PlaceOf } from './written-out.ts';

export type { PlaceOf } from './written-out.ts';

export interface Servers {
  said: Said;
  from: Record<string, Place>;
  notes: Record<string, string>;
  problems: Problem[];
  /** What a manifest calls them, by the names they have in the file. */
  names: ReadonlyMap<string, string>;
}

const MOST_SERVERS = 200;

/** A map of MCP servers as any client writes it; `path` leads to it. Secrets become references, and are told by name and place. */
export function serversOf(map: unknown, path: readonly (string | number)[], place: PlaceOf): Servers {
  const problems = mapProblems(map, place(...path));
  const names = new Map<string, string>();
  const found = entriesIn(map).flatMap(([written, entry]): Found[] => {
    const at: PlaceOf = (...more) => place(...path, written, ...more);
    if (!isRecord(entry)) {
      problems.push({ code: 'not-a-server', message: `\`${written}\` is no map`, help: 'left out', place: at() });
      return [];
    }
    if (entry.disabled === true || entry.enabled === false) return [];
    const name = nameOf(written, new Set(names.values()));
    names.set(written, name);
    const cleaned = entryOf(name, entry, at);
    problems.push(...cleaned.problems);
    return [{ ...cleaned, name, tools: toolsOf(name, entry), place: at() }];
  });
  return { ...gathered(found), problems, names };
}

type Found = Entry & { name: string; tools: [string, ToolFacts][]; place: Place };

function gathered(found: readonly Found[]): Pick<Servers, 'said' | 'from' | 'notes'> {
  const mcpServers = new Map<string, McpServer>();
  const servers = new Map<string, ServerReach>();
  const tools = new Map<string, ToolFacts>();
  const credentials = new Map<string, CredentialFacts & { servers: string[] }>();
  const [from, notes] = [new Map<string, Place>(), new Map<string, string>()];
  for (const { name, server, host, references, place, ...entry } of found) {
    const tell = (...pointer: string[]) => {
      if (!from.has(pointerOf(...pointer))) from.set(pointerOf(...pointer), place);
    };
    mcpServers.set(name, server);
    tell('mcpServers', name);
    if (entry.notes.length > 0) notes.set(pointerOf('mcpServers', name), entry.notes.join('; '));
    if (host !== undefined) {
      servers.set(name, { network: { allowedHosts: [host] } });
      tell('servers', name);
    }
    for (const variable of references) {
      credentials.set(variable, { servers: [...(credentials.get(variable)?.servers ?? []), name] });
      tell('credentials', variable);
    }
    for (const [tool, facts] of entry.tools) {
      tools.set(tool, facts);
      tell('tools', tool);
    }
  }
  return {
    said: filled({ mcpServers, servers, tools, credentials }),
    from: Object.fromEntries(from),
    notes: Object.fromEntries(notes),
  };
}

/** Only the maps that hold something. */
function filled(maps: Record<string, ReadonlyMap<string, unknown>>): Said {
  const entries = Object.entries(maps).filter(([, map]) => map.size > 0);
  return Object.fromEntries(entries.map(([key, map]) => [key, Object.fromEntries(map)]));
}

const entriesIn = (map: unknown) => (isRecord(map) ? Object.entries(map).slice(0, MOST_SERVERS) : []);

function mapProblems(map: unknown, place: Place): Problem[] {
  if (map === undefined) return [];
  if (!isRecord(map)) return [{ code: 'not-a-map', message: 'the servers are no map', place }];
  const count = Object.keys(map).length;
  if (count <= MOST_SERVERS) return [];
  const message = `${count} servers, and the first ${MOST_SERVERS} are read`;
  return [{ code: 'too-many-servers', message, help: 'split the file', place }];
}

/** A name that a manifest can have, and no other server has: what else is in it becomes a hyphen. */
function nameOf(written: string, taken: ReadonlySet<string>): string {
  const plain = written
    .replace(/[^A-Za-z0-9._ -]+/g, '-')
    .replace(/^[^A-Za-z0-9]+/, '')
    .slice(0, 80)
    .trimEnd();
  const wanted = plain === '' || betraysSecret(plain) ? 'server' : plain;
  let name = wanted;
  for (let n = 2; taken.has(name); n++) name = `${wanted}-${n}`;
  return name;
}
