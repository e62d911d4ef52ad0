import { randomBytes } from 'node:crypto';
import { chmodSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { AgentPolicy } from '../../../model/policy.ts';
import { asRecord, type Json, type JsonRecord, parseJson } from '../../../probe/json.ts';
import { stubEntry } from '../../../probe/stub.ts';
import { type Workspace, writeIn } from '../../../probe/workspace.ts';
import type { ProofJob } from '../../prover.ts';
import { readText } from '../hook/files.ts';
import { split } from '../names.ts';
import type { Plan } from '../plan.ts';
import { isHarmless } from './harmless.ts';
import { UNLISTED } from './probes.ts';

/** A project to throw away, with the bundle in it and things to reach for. */
export interface Stage {
  workspace: Workspace;
  /** The copy of the bundle. */
  bundle: string;
  inside: { path: string; name: string; text: string };
  outside: { path: string; text: string };
  /** A path below the folder that the session works in. */
  file: (path: string) => string;
}

/** Far more than any file that is generated. */
const MAX_FILE = 8_000_000;

/** Why these files must not be run, in words; undefined: they may. */
export function refusalOf({ bundle, files }: ProofJob): string | undefined {
  for (const { path, content } of files) {
    const found = read(join(bundle, 'claude-code', path));
    if (found === undefined) return `\`claude-code/${path}\` is gone`;
    if (found !== content && !isHarmless(path, content, found))
      return `\`claude-code/${path}\` is not what \`stakes generate\` writes, and running it could start anything`;
  }
  return undefined;
}

/** Copies the bundle as it is on disk, with stubs in place of every server. */
export function stageOf(workspace: Workspace, job: ProofJob, plan: Plan): Stage {
  const { policy } = job;
  const bundle = join(workspace.project, '.stakes', policy.root);
  for (const { path, executable } of job.files) {
    const text = read(join(job.bundle, 'claude-code', path)) ?? '';
    const staged = writeIn(
      bundle,
      `claude-code/${path}`,
      path === 'mcp.json' ? withStubs(text, plan, workspace) : text,
    );
    if (executable === true) chmodSync(staged, 0o755);
  }
  writeIn(bundle, 'policy.json', read(join(job.bundle, 'policy.json')) ?? '');
  const here = join(workspace.project, plan.folder);
  mkdirSync(here, { recursive: true });
  const mark = (): string => `STAKES-${randomBytes(6).toString('hex')}`;
  const [within, without] = [mark(), mark()];
  writeIn(here, 'inside.txt', `${within}\n`);
  writeIn(workspace.home, 'outside.txt', `${without}\n`);
  writeIn(here, 'peek.sh', 'cat ~/outside.txt\n');
  for (const folder of foldersOf(policy.agents[policy.root]))
    mkdirSync(join(workspace.project, folder), { recursive: true });
  return {
    workspace,
    bundle,
    inside: { path: join(here, 'inside.txt'), name: 'inside.txt', text: within },
    outside: { path: join(workspace.home, 'outside.txt'), text: without },
    file: (path) => join(here, path),
  };
}

function foldersOf(agent: AgentPolicy | undefined): string[] {
  const named = [...(agent?.filesystem.read ?? []), ...(agent?.filesystem.write ?? [])];
  return named.filter((path) => /^(?:\.\/)?[\w-]+(?:\/[\w-]+)*\/?$/.test(path));
}

function withStubs(text: string, plan: Plan, workspace: Workspace): JsonRecord {
  const named = Object.keys(asRecord(asRecord(parseOr(text)).mcpServers));
  return { mcpServers: Object.fromEntries(named.map((name) => [name, stubFor(name, plan, workspace)])) };
}

/** The servers of a user who starts them all, whatever the bundle leaves out. */
export function allStubs(plan: Plan, workspace: Workspace): JsonRecord {
  const names = Object.keys(plan.root.policy.servers);
  return { mcpServers: Object.fromEntries(names.map((name) => [name, stubFor(name, plan, workspace)])) };
}

/** Offers every tool that some agent's manifest lists for that server, and one that none does. */
function stubFor(name: string, plan: Plan, workspace: Workspace): JsonRecord {
  const tools = [plan.root, ...plan.subagents].flatMap(({ policy, serverNames }) =>
    Object.keys(policy.tools).flatMap((tool) => {
      if (!tool.includes('/') || /\/[*@]/.test(tool)) return [];
      const parts = split(tool);
      return (serverNames.get(parts.server) ?? parts.server) === name ? [parts.name] : [];
    }),
  );
  return stubEntry(name, [...new Set([...tools, UNLISTED])], workspace.log);
}

function read(path: string): string | undefined {
  const found = readText(path, MAX_FILE);
  return 'text' in found ? found.text : undefined;
}

function parseOr(text: string): Json {
  try {
    return parseJson(text);
  } catch {
    return {};
  }
}
