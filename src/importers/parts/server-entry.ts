import { bridgedTo } from '../../manifest/bridge.ts';
import { behindGate } from '../../manifest/gated.ts';
import type { McpServer } from '../../model/manifest.ts';
import type { Problem } from '../../model/place.ts';
import { isRecord } from '../../source/record.ts';
import { referencesIn, textsOf } from './references.ts';
import { argumentsOf } from './server-args.ts';
import { environmentOf, isSecretName } from './server-env.ts';
import { cleanUrl, hostOf } from './server-url.ts';
import { betraysSecret, cleaning, headerValue, type PlaceOf } from './written-out.ts';

export interface Entry {
  server: McpServer;
  /** Variables that hold secrets. */
  references: string[];
  problems: Problem[];
  /** For whoever reads the manifest. */
  notes: string[];
  /** Where a bridge to a remote server connects. */
  host?: string;
}

const TYPES: ReadonlyMap<string, string> = new Map([
  ['local', 'stdio'],
  ['remote', 'http'],
  ['streamable', 'http'],
  ['streamable-http', 'http'],
  ['streamableHttp', 'http'],
]);

/** One server as a client writes it. Secrets become references, and are told. */
export function entryOf(name: string, written: Record<string, unknown>, place: PlaceOf): Entry {
  const { entry, at, isGated } = ungated(written, place);
  const into = cleaning(`the server \`${name}\``, at);
  const { command, args } = commandOf(entry);
  const type = entry.type ?? entry.transport ?? entry.transportType;
  const url = [entry.url, entry.httpUrl, entry.serverUrl].find((value) => typeof value === 'string');
  const server: McpServer = {};
  if (typeof type === 'string' && /^[A-Za-z-]{1,20}$/.test(type)) server.type = TYPES.get(type) ?? type;
  if (command !== undefined) {
    server.command = into.clean(command, 'a secret in `command`', into.own('secret'), 'command');
  }
  if (args !== undefined) server.args = argumentsOf(args, into);
  const [variables, ...path] = variablesIn(entry);
  const env = environmentOf(variables, into, ...path);
  if (env !== undefined) server.env = env;
  if (typeof url === 'string') server.url = cleanUrl(url, into, 'url', keyOf(entry, url));
  if (isRecord(entry.headers)) {
    server.headers = Object.fromEntries(
      Object.entries(entry.headers).flatMap(([key, value]) =>
        typeof value === 'string' && !betraysSecret(key) ? [[key, headerValue(key, value, into, 'headers', key)]] : [],
      ),
    );
  }
  if (typeof entry.cwd === 'string') server.cwd = into.clean(entry.cwd, 'a secret in `cwd`', into.own('secret'), 'cwd');
  for (const text of [...(server.args ?? []), server.url ?? '', ...Object.values(server.headers ?? {})]) {
    for (const variable of referencesIn(text)) if (isSecretName(variable)) into.references.add(variable);
  }
  const bridged = bridgedTo(server);
  const notes = [
    ...(isGated ? ['stands behind `stakes gate`'] : []),
    ...(bridged === undefined ? [] : [`a bridge to ${bridged}, which is where its tools run`]),
    ...(typeof entry.envFile === 'string' ? ['gets more of its environment from a file that was not read'] : []),
    ...(entry.headersHelper === undefined ? [] : ['gets its headers from a program of its own']),
  ];
  const host = bridged === undefined ? undefined : hostOf(bridged);
  return { server, references: [...into.references], problems: into.problems, notes, ...(host ? { host } : {}) };
}

/** A gate of ours is no server: what stands behind it is. */
function ungated(written: Record<string, unknown>, at: PlaceOf): Ungated {
  const outer = commandOf(written);
  const server = behindGate(outer);
  if (server === undefined) return { entry: written, at, isGated: false };
  const { command, args, type, env, ...rest } = written;
  // Where it passes calls on, its environment is what it fills the headers with.
  const kept = server.url === undefined ? { type, env } : { type: 'http' };
  const shift = (outer.args?.length ?? 0) - (server.args?.length ?? 0);
  const place: PlaceOf = (key, index, ...more) => {
    if (key === 'args' && typeof index === 'number') return at(key, index + shift, ...more);
    return key === 'env' || key === 'headers' ? at(key, ...(index === undefined ? [] : [index]), ...more) : at();
  };
  return { entry: { ...rest, ...kept, ...server }, at: place, isGated: true };
}

interface Ungated {
  entry: Record<string, unknown>;
  at: PlaceOf;
  isGated: boolean;
}

/** Some clients put path and arguments into a map of their own, others all words into one list. */
function commandOf({ command, args }: Record<string, unknown>): { command?: string; args?: string[] } {
  if (isRecord(command) && typeof command.path === 'string')
    return { command: command.path, args: textsOf(command.args) };
  if (Array.isArray(command)) {
    const [first, ...rest] = textsOf(command);
    return first === undefined ? {} : { command: first, args: [...rest, ...textsOf(args)] };
  }
  const list = Array.isArray(args) ? { args: textsOf(args) } : {};
  return typeof command === 'string' ? { command, ...list } : list;
}

/** The environment, and where it stands. */
function variablesIn({ env, environment, command }: Record<string, unknown>): [unknown, ...string[]] {
  if (isRecord(env)) return [env, 'env'];
  if (isRecord(environment)) return [environment, 'environment'];
  return isRecord(command) ? [command.env, 'command', 'env'] : [undefined];
}

const keyOf = (entry: Record<string, unknown>, url: string) =>
  ['url', 'httpUrl', 'serverUrl'].find((key) => entry[key] === url) ?? 'url';
