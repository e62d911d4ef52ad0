import { isRecord } from '../../source/record.ts';
import type { ImportFile, Reading, Said } from '../define.ts';
import { readJson } from './jsonc.ts';
import { serversOf } from './servers.ts';

export interface Client {
  /** The program that starts the servers. */
  host: string;
  /** Where the map of servers is: the first of these that is there. */
  keys: readonly string[];
  /** What the program brings along; absent: not to be known from the file. */
  builtIns?: Said['tools'];
  /** Some tools write the map of servers without a key around it. */
  mayBeBare?: true;
  /** Servers that other files switch off, as they are named. */
  without?: ReadonlySet<string>;
}

const OWN_TOOLS = 'the program has tools of its own, such as a terminal, that this file does not tell of';

/** A file that only lists servers. Without any there is nothing to tell. */
export function readClient({ file, folder, text }: ImportFile, client: Client): Reading {
  const json = readJson(file, text);
  if ('code' in json) return { parts: [], problems: [json] };
  const key = client.keys.find((name) => Object.hasOwn(json.value, name));
  const isBare = key === undefined && client.mayBeBare === true && Object.values(json.value).some(isServer);
  const map = isBare ? json.value : key === undefined ? undefined : json.value[key];
  const { said, from, notes, problems } = serversOf(
    without(map, client.without),
    key === undefined ? [] : [key],
    json.place,
  );
  if (said.mcpServers === undefined) return { parts: [], problems };
  const tools = { ...client.builtIns, ...said.tools };
  const told = client.builtIns === undefined ? { '/tools': OWN_TOOLS, ...notes } : notes;
  const part = { host: client.host, folder, said: { ...said, tools }, from };
  return { parts: [Object.keys(told).length > 0 ? { ...part, notes: told } : part], problems };
}

function without(map: unknown, names: ReadonlySet<string> = new Set()): unknown {
  if (!isRecord(map) || names.size === 0) return map;
  return Object.fromEntries(Object.entries(map).filter(([name]) => !names.has(name)));
}

function isServer(value: unknown): boolean {
  return isRecord(value) && ('command' in value || 'url' in value);
}
