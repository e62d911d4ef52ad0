import { isAbsolute, join } from 'node:path';
import { isRecord } from '../../source/record.ts';
import type { Failure, Launch } from './launch.ts';

/** What a server is started among. */
export interface Surroundings {
  /** Absolute: the folder of the project that the configuration belongs to. */
  folder: string;
  env: Readonly<Record<string, string | undefined>>;
}

/** What a program needs to run at all; nothing else of the environment is handed on. */
const BASICS = ['PATH', 'HOME', 'USER', 'LOGNAME', 'SHELL', 'LANG', 'LC_ALL', 'TERM', 'TMPDIR'];
const REFERENCE = /\$\{(?:env:)?([A-Za-z_][A-Za-z0-9_]*)(?::-([^}]*))?\}/g;
const FOLDER = /\$\{(?:workspaceFolder|workspaceRoot)\}/g;

/** One entry of a client's configuration, ready to start; variables are filled in from the environment. */
export function launchOf(entry: unknown, around: Surroundings): Launch | Failure {
  if (!isRecord(entry)) return { code: 'not-a-server', says: 'is no map' };
  const missing = new Set<string>();
  const fill = (text: string) => filled(text, around, missing);
  const url = [entry.url, entry.httpUrl, entry.serverUrl].find((value) => typeof value === 'string');
  const words = commandLine(entry);
  const launch = words.length > 0 ? started(entry, words, around, fill) : reached(entry, url, fill);
  if (missing.size === 0) return launch;
  const names = [...missing].map((name) => `\`${name}\``).join(', ');
  return {
    code: 'not-set',
    says: `needs ${names}, which ${missing.size === 1 ? 'is' : 'are'} not set here`,
    help: 'set it; most servers list their tools with a dummy',
  };
}

function started(entry: Record<string, unknown>, words: string[], { folder, env }: Surroundings, fill: Fill): Launch {
  const [command = '', ...args] = words.map(fill);
  const cwd = typeof entry.cwd === 'string' ? fill(entry.cwd) : '.';
  const basics = BASICS.flatMap((name) => (env[name] === undefined ? [] : [[name, env[name]]]));
  return {
    kind: 'stdio',
    command,
    args,
    cwd: isAbsolute(cwd) ? cwd : join(folder, cwd),
    env: { ...Object.fromEntries(basics), ...mapOf(entry.env ?? entry.environment, fill) },
  };
}

function reached({ type, headers }: Record<string, unknown>, url: unknown, fill: Fill): Launch | Failure {
  if (typeof url !== 'string') return { code: 'not-a-server', says: 'has neither a command nor an address' };
  if (type === 'sse') return { code: 'old-transport', says: 'speaks HTTP with SSE, which is no longer the protocol' };
  const address = fill(url);
  if (!URL.canParse(address) || !/^https?:$/.test(new URL(address).protocol))
    return { code: 'not-a-server', says: 'has an address that is no HTTP' };
  return { kind: 'http', url: address, headers: mapOf(headers, fill) };
}

type Fill = (text: string) => string;

/** Some clients put path and arguments into a map of their own, others all words into one list. */
function commandLine({ command, args }: Record<string, unknown>): string[] {
  const [path, more] = isRecord(command) ? [command.path, command.args] : [command, args];
  if (Array.isArray(path)) return [...textsIn(path), ...textsIn(more)];
  return typeof path === 'string' && path !== '' ? [path, ...textsIn(more)] : [];
}

const textsIn = (value: unknown) => (Array.isArray(value) ? value.filter((text) => typeof text === 'string') : []);

function mapOf(value: unknown, fill: Fill): Record<string, string> {
  if (!isRecord(value)) return {};
  const plain = Object.entries(value).filter(([, inner]) => ['string', 'number', 'boolean'].includes(typeof inner));
  return Object.fromEntries(plain.map(([name, inner]) => [name, fill(String(inner))]));
}

function filled(text: string, { folder, env }: Surroundings, missing: Set<string>): string {
  return text
    .replace(FOLDER, () => folder)
    .replace(REFERENCE, (_, name: string, instead: string | undefined) => {
      const value = env[name] ?? instead;
      if (value === undefined) missing.add(name);
      return value ?? '';
    })
    .replace(/\$\{(input:[^}]{1,100})\}/g, (_, name: string) => {
      missing.add(name);
      return '';
    });
}
