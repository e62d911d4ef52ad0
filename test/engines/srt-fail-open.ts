import { existsSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Policy } from '../../src/model/policy.ts';
import { type BoundedResult, runBounded } from '../../src/probe/bounded.ts';
import { asList, asRecord, asText, type JsonRecord, parseJson } from '../../src/probe/json.ts';
import { createWorkspace, type Workspace, writeIn } from '../../src/probe/workspace.ts';
import { target } from '../../src/targets/srt/target.ts';
import { runInSrt, srtCli } from './srt.ts';

/** Something to try inside, and how to see that it came through: its text, or a file of the project. */
export type Attempt = { line: string; shows: string } | { line: string; makes: string };
export type Edits = Record<string, (file: JsonRecord) => JsonRecord>;

/** A way in which srt lets an attempt through, and the guard that keeps it from that. */
export type Trap = {
  made: Policy;
  /** Starts the server `pay` by `mcp.json`, rather than lines of a shell by `agent.json`. */
  server?: true;
  /** The same files as people write them. */
  naive: Edits;
  /** A harmless one and then a dangerous one. */
  attempts: [Attempt, Attempt];
};

const runtime = fileURLToPath(new URL('./node_modules/@anthropic-ai/sandbox-runtime', import.meta.url));

/** Lets everything be read. */
const OPEN = {
  network: { allowedDomains: [], deniedDomains: [] },
  filesystem: { denyRead: [], allowWrite: [], denyWrite: [] },
};

/** The attempts that came through, by index. */
export async function cameOf({ made, server, attempts }: Trap, edits: Edits = {}): Promise<number[]> {
  const workspace = createWorkspace();
  try {
    const folder = install(made, workspace);
    for (const [name, edit] of Object.entries(edits)) change(join(folder, name), edit);
    const lines = attempts.map(({ line }) => line).join('\n');
    const ended = server ? await startServer(folder, workspace) : await runAgent(folder, workspace, lines);
    return [...attempts.entries()].flatMap(([at, attempt]) => (isThrough(attempt, ended, workspace) ? [at] : []));
  } finally {
    workspace.remove();
  }
}

function install(made: Policy, { project, home }: Workspace): string {
  writeIn(home, '.ssh/id', 'PRIVATE-KEY\n');
  writeIn(project, 'kb/page.md', 'PUBLIC-PAGE\n');
  writeIn(project, 'start.sh', 'cat kb/page.md; cat ~/.ssh/id\n');
  writeIn(project, 'open.json', OPEN);
  for (const name of ['out', 'ops']) mkdirSync(join(project, name));
  // As after `npm install` in the project.
  mkdirSync(join(project, 'node_modules/@anthropic-ai'), { recursive: true });
  symlinkSync(runtime, join(project, 'node_modules/@anthropic-ai/sandbox-runtime'));
  const folder = join(project, '.stakes', made.root, 'srt');
  for (const { path, content } of target.emit(made).files) writeIn(folder, path, content);
  return folder;
}

function change(file: string, edit: Edits[string]): void {
  const before = asRecord(parseJson(readFileSync(file, 'utf8')));
  const after = edit(before);
  // A generator that words it in another way would turn both halves into one.
  if (JSON.stringify(after) === JSON.stringify(before)) throw new Error(`nothing to change in ${file}`);
  writeFileSync(file, JSON.stringify(after));
}

async function runAgent(folder: string, workspace: Workspace, lines: string): Promise<BoundedResult> {
  const env = { TOKEN: 'SECRET-TOKEN', PLAIN: 'PLAIN-VALUE' };
  const ended = await runInSrt({
    workspace,
    settings: join(folder, 'agent.json'),
    env,
    command: `echo started\n${lines}`,
  });
  // A sandbox that never starts would look like one that stops everything.
  if (!ended.stdout.startsWith('started')) throw new Error(`srt did not start: ${ended.stderr}`);
  return ended;
}

/** As an MCP client does it, from the entry in `mcp.json`. */
function startServer(folder: string, { home, project }: Workspace): Promise<BoundedResult> {
  const { mcpServers } = asRecord(parseJson(readFileSync(join(folder, 'mcp.json'), 'utf8')));
  const args = asList(asRecord(asRecord(mcpServers).pay).args).map(asText);
  const env = { HOME: home, PATH: [dirname(process.execPath), '/usr/local/bin', '/usr/bin', '/bin'].join(delimiter) };
  const limits = { cwd: project, limitMs: 60_000 };
  return runBounded({ command: process.execPath, args: [srtCli, ...args], env, ...limits });
}

function isThrough(attempt: Attempt, ended: BoundedResult, { project }: Workspace): boolean {
  return 'shows' in attempt ? ended.stdout.includes(attempt.shows) : existsSync(join(project, attempt.makes));
}
