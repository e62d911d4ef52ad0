import { basename } from 'node:path';
import type { McpServer } from '../model/manifest.ts';
import type { Problem } from '../model/place.ts';
import { shown } from '../report/shown.ts';
import { type Scanned, scanned } from '../scan/scan.ts';
import type { Failure, Launch } from '../scan/start/launch.ts';
import { redactSource } from '../source/secrets.ts';
import { canAsk, confirm } from './ask.ts';
import type { Io } from './io.ts';
import { problemOf, type ServerToStart } from './scan-config.ts';

/** Servers that run side by side. */
const AT_ONCE = 4;

export interface Starting {
  limitMs: number;
  yes: boolean;
  /** How each is started instead; absent: as its configuration says. */
  boxed?: (launch: Launch) => Launch;
}

export type Started = { scans: Scanned[]; problems: Problem[] } | 'cancelled' | 'refused';

/** Starts servers, a few at a time, after saying what that runs; each gives its tools or one problem, in the order of the file. */
export async function startAll(
  servers: readonly ServerToStart[],
  { limitMs, yes, boxed }: Starting,
  io: Io,
): Promise<Started> {
  io.err(`${boxed ? 'in a sandbox each, ' : ''}this starts or reaches:\n`);
  for (const { name, entry } of servers)
    io.err(`  ${shown(name, 60)}: ${shown(redactSource(lineOf(entry)), 500)}${givenTo(entry)}\n`);
  if (!yes) {
    if (!canAsk(io)) {
      io.err('error: that runs programs, and nobody can be asked: --yes starts them\n');
      return 'refused';
    }
    const answer = await confirm(io, `Start ${servers.length === 1 ? 'it' : `these ${servers.length}`}?`);
    if (answer !== 'yes') return answer === 'cancelled' ? 'cancelled' : 'refused';
  }
  // Only here: nothing else loads the SDK.
  const { listTools } = await import('../scan/start/list.ts');
  const results: (Scanned | Problem)[] = [];
  let next = 0;
  const worker = async (): Promise<void> => {
    for (let index = next++; index < servers.length; index = next++) {
      const server = servers[index];
      if (server === undefined) continue;
      const { name, launch, place } = server;
      if (io.stdoutIsTty) io.err(`${shown(name, 60)}: asked for its tools …\n`);
      const listing = await listTools(boxed ? boxed(launch) : launch, limitMs);
      const result =
        'code' in listing
          ? problemOf(name, quiet(boxed ? withWayOut(listing, launch) : listing, launch), place)
          : scanned(name, listing.tools);
      results[index] = 'code' in result ? { ...result, place } : result;
      if (io.stdoutIsTty)
        io.err(`${shown(name, 60)}: ${'code' in result ? 'no list' : `${result.tools.length} tools`}\n`);
    }
  };
  await Promise.all(Array.from({ length: Math.min(AT_ONCE, servers.length) }, worker));
  const scans = results.filter((result): result is Scanned => !('code' in result));
  return { scans, problems: results.filter((result): result is Problem => 'code' in result) };
}

function lineOf({ command, args = [], url = '' }: McpServer): string {
  if (command === undefined) return url;
  return [command, ...args].map((word) => (/^[\w./:@=+,${}-]+$/.test(word) ? word : `'${word}'`)).join(' ');
}

/** Names only: with some of them a program runs more than itself. */
function givenTo({ env = {}, headers = {} }: McpServer): string {
  const names = Object.keys({ ...env, ...headers });
  return names.length === 0 ? '' : ` (with ${shown(names.join(', '), 300)})`;
}

const FETCHER = /(?:^|\/)(?:npx|pnpx|bunx|uvx|pipx|docker|podman)$/;

/** What fetches a server when it starts cannot do so in a sandbox. */
function withWayOut(failure: Failure, launch: Launch): Failure {
  if (launch.kind !== 'stdio' || !FETCHER.test(launch.command)) return failure;
  const help = `\`${basename(launch.command)}\` fetches it: install it first, or name the registry with \`--allow-host\``;
  return { ...failure, help };
}

/** What a server says may hold what it was given. */
function quiet<T extends { help?: string }>(failure: T, launch: Launch): T {
  if (failure.help === undefined) return failure;
  const given = Object.values(launch.kind === 'http' ? launch.headers : launch.env).filter(({ length }) => length >= 6);
  const help = given.reduce((text, value) => text.replaceAll(value, '***'), failure.help);
  return { ...failure, help: shown(redactSource(help), 300) };
}
