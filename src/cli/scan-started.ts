import type { McpServer } from '../model/manifest.ts';
import type { Problem } from '../model/place.ts';
import type { Scanned } from '../scan/scan.ts';
import { EXIT, type ExitCode } from './exit.ts';
import type { Io } from './io.ts';
import { boxOf } from './scan-box.ts';
import { type ServerToStart, serversIn, usualConfigs } from './scan-config.ts';
import { startAll } from './scan-start.ts';

export interface StartOptions {
  only: readonly string[];
  limitMs: number;
  yes: boolean;
  /** Is the catalogue of servers asked, too? */
  catalog: boolean;
  /** Hosts that a sandbox lets through; undefined: no sandbox. */
  hosts: readonly string[] | undefined;
}

interface Outcome {
  scans: Scanned[];
  /** How each was configured, by name. */
  entries: ReadonlyMap<string, McpServer>;
  problems: Problem[];
  texts: ReadonlyMap<string, string>;
}

/** What the servers of these configurations, or of the usual ones here, say when they are started. */
export async function scanStarted(
  configs: readonly string[],
  { only, limitMs, yes, catalog, hosts }: StartOptions,
  io: Io,
): Promise<Outcome | ExitCode> {
  const paths = configs.length > 0 ? configs : usualConfigs(io.cwd);
  if (paths.length === 0) {
    io.err('no configuration of an MCP client here (.mcp.json, .vscode/mcp.json, .cursor/mcp.json)\n');
    return EXIT.nothing;
  }
  const { servers, problems, texts } = serversIn(paths, only, io);
  const missing = only.filter((name) => ![...servers].some((server) => server.name === name));
  if (missing.length > 0 && problems.length === 0) {
    io.err(`error: there is no server ${missing.map((name) => `\`${name}\``).join(', ')} to start\n`);
    return EXIT.usage;
  }
  if (servers.length === 0) return { scans: [], entries: new Map(), problems, texts };
  const box = hosts === undefined ? undefined : await boxOf(hosts, io);
  if (box !== undefined && 'reason' in box) {
    io.err(`error: no sandbox: ${box.reason}; nothing was started\n`);
    return EXIT.usage;
  }
  try {
    const started = await startAll(servers, { limitMs, yes, ...(box === undefined ? {} : { boxed: box.boxed }) }, io);
    if (started === 'cancelled') return EXIT.cancelled;
    if (started === 'refused') return EXIT.usage;
    const scans = catalog ? await looked(started.scans, servers) : started.scans;
    const entries = new Map(servers.map(({ name, entry }) => [name, entry]));
    return { scans, entries, problems: [...problems, ...started.problems], texts };
  } finally {
    box?.remove();
  }
}

async function looked(scans: readonly Scanned[], servers: readonly ServerToStart[]): Promise<Scanned[]> {
  const [{ knownServer }, { withKnown }] = await Promise.all([
    import('../catalog/known-server.ts'),
    import('../scan/known.ts'),
  ]);
  return scans.map((scan) => {
    const entry = servers.find(({ name }) => name === scan.name)?.entry;
    const known = entry && knownServer(entry);
    return known ? withKnown(scan, known) : scan;
  });
}
