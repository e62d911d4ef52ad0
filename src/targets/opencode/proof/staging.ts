import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { asRecord, asText, type Json, type JsonRecord, parseJson } from '../../../probe/json.ts';
import { stubEntry } from '../../../probe/stub.ts';
import { type Workspace, writeIn } from '../../../probe/workspace.ts';
import type { ProofJob } from '../../prover.ts';
import { offeredBy } from '../../server-calls.ts';
import { PROJECT_VARIABLE } from '../built-ins.ts';
import type { Plan } from '../plan.ts';

/** Keys that only say what is allowed; whatever else was edited could start a program. */
const HARMLESS = ['permission', 'default_agent', 'share', 'autoupdate', 'mcp'];
const HARMLESS_OF_AGENT = ['mode', 'description', 'prompt', 'permission', 'steps', 'disable'];

/** Bytes; far more than any file that is generated. */
const MOST = 8_000_000;

/** The configuration as it lies in the bundle, or why it must not be run. */
export function readConfig({ bundle, files }: ProofJob): JsonRecord | string {
  for (const { path, content } of files) {
    const found = read(join(bundle, 'opencode', path));
    if (found === undefined) return `\`opencode/${path}\` is gone`;
    if (found === content) continue;
    const strange = `\`opencode/${path}\` is not what \`stakes generate\` writes, and running it could start anything`;
    if (path !== 'opencode.json' || !isHarmless(content, found)) return strange;
  }
  return asRecord(parseJson(read(join(bundle, 'opencode/opencode.json')) ?? '{}'));
}

function isHarmless(planned: string, found: string): boolean {
  const [before, after] = [recordIn(planned), recordIn(found)];
  if (before === undefined || after === undefined) return false;
  return differing(before, after).every((key) => {
    if (HARMLESS.includes(key)) return true;
    if (key !== 'agent') return false;
    const [left, right] = [asRecord(before.agent), asRecord(after.agent)];
    return differing(left, right).every((name) =>
      differing(asRecord(left[name]), asRecord(right[name])).every((inner) => HARMLESS_OF_AGENT.includes(inner)),
    );
  });
}

/** Written anew from what was read, with stubs in place of all servers, and without a reference to a file or a variable. */
export function stagedConfig(config: JsonRecord, plan: Plan, workspace: Workspace): string {
  const mcp = Object.keys(asRecord(config.mcp)).map((alias): [string, Json] => [alias, stub(alias, plan, workspace)]);
  const text = JSON.stringify({ ...config, mcp: Object.fromEntries(mcp) }, null, 2);
  const known = `{env:${PROJECT_VARIABLE}}`;
  return text
    .split(known)
    .map((part) => part.replace(/\{(?=(?:env|file):)/g, '\\u007b'))
    .join(known);
}

function stub(alias: string, { root, subagents }: Plan, workspace: Workspace): Json {
  const agents = [root, ...subagents];
  const server = agents.flatMap(({ aliases }) => [...aliases].filter(([, name]) => name === alias))[0]?.[0];
  const offered = offeredBy(
    server ?? '',
    agents.map(({ policy }) => policy),
  );
  const { command, args, env } = stubEntry(alias, offered, workspace.log);
  return {
    type: 'local',
    command: [asText(command), ...(Array.isArray(args) ? args : [])],
    environment: asRecord(env),
    enabled: true,
    timeout: 30_000,
  };
}

/** The bundle in a project to throw away; the path of its folder. */
export function stage(job: ProofJob, config: JsonRecord, plan: Plan, workspace: Workspace): string {
  const folder = join(workspace.project, '.stakes', job.policy.root, 'opencode');
  const script = job.files.find(({ path }) => path === 'launch.sh')?.content ?? '';
  writeIn(folder, 'launch.sh', script);
  writeIn(folder, 'opencode.json', stagedConfig(config, plan, workspace));
  return folder;
}

function differing(one: JsonRecord, other: JsonRecord): string[] {
  const keys = [...new Set([...Object.keys(one), ...Object.keys(other)])];
  // Rules count in their order, which equality of objects does not see.
  return keys.filter(
    (key) => !isDeepStrictEqual(one[key], other[key]) || JSON.stringify(one[key]) !== JSON.stringify(other[key]),
  );
}

function recordIn(text: string): JsonRecord | undefined {
  try {
    const value = parseJson(text);
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

function read(path: string): string | undefined {
  try {
    const text = readFileSync(path, 'utf8');
    return text.length > MOST ? undefined : text;
  } catch {
    return undefined;
  }
}
