import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import type { Policy } from '../../model/policy.ts';
import { runBounded } from '../../probe/bounded.ts';
import { createWorkspace, writeIn } from '../../probe/workspace.ts';
import { isRecord } from '../../source/record.ts';
import { type Asked, answered, askedOf } from '../asked.ts';
import { defineProver, type ProofJob, type Trial } from '../prover.ts';
import { FEATURES, serversOf } from './policies.ts';
import { PROGRAM } from './runner.program.generated.ts';
import { authzPath } from './target.ts';

export const prover = defineProver({
  engine: 'toolhive',
  title: 'Cedar, asked as ToolHive asks it',
  programs: [],
  package: '@cedar-policy/cedar-wasm',
  needs: [],
  install: 'npm install --save-dev @cedar-policy/cedar-wasm@4.13.0',
  versionIn: () => undefined,
  prove,
});

const LIMIT_MS = 120_000;
/** A policy file is some kilobytes. */
const MOST_BYTES = 2_000_000;
const WAY = 'policies';

async function prove(job: ProofJob): Promise<Trial[]> {
  const read = Object.entries(job.policy.agents).flatMap(([id, agent]) =>
    serversOf(agent).map((server) => {
      const path = authzPath(job.policy, id, server);
      return [path, policiesIn(join(job.bundle, 'toolhive', path))] as const;
    }),
  );
  const broken = read.find(([, policies]) => policies === undefined);
  if (broken) return [failed(`\`toolhive/${broken[0]}\` is gone, or is no list of Cedar policies`)];
  const files = Object.fromEntries(read.map(([path, policies]) => [path, policies ?? []]));
  const calls = askedOf(job).filter(isSeen);
  const answer = await allowedBy(job.engine.path, job.policy, files, calls);
  if ('reason' in answer) return [failed(answer.reason)];
  const probes = calls.map((one, at) => {
    const runs = answer.allowed[at];
    if (runs === undefined) return answered(one, 'untried', 'no answer', job.losses);
    return answered(one, runs ? 'ran' : 'refused', runs ? 'a permit' : 'no permit', job.losses);
  });
  return [{ way: WAY, probes }];
}

/** ToolHive sees calls of servers only, and the protocol's arguments are always an object. */
function isSeen({ tool, input }: Pick<Asked, 'tool' | 'input'>): boolean {
  return tool.includes('/') && isRecord(input);
}

function failed(reason: string): Trial {
  return { way: WAY, probes: [], reason };
}

/** What Cedar lets run of these calls, with the policies of each file. */
export async function allowedBy(
  engine: string,
  policy: Policy,
  files: Readonly<Record<string, readonly string[]>>,
  calls: readonly Pick<Asked, 'agent' | 'tool' | 'input'>[],
): Promise<{ allowed: boolean[] } | { reason: string }> {
  const workspace = createWorkspace();
  try {
    const ended = await runBounded({
      command: process.execPath,
      args: [writeIn(workspace.root, 'runner.mjs', PROGRAM), engine],
      env: { HOME: workspace.home },
      cwd: workspace.project,
      limitMs: LIMIT_MS,
      stdin: JSON.stringify({ files, calls: calls.map((call) => requestOf(policy, call)) }),
    });
    if (ended.code !== 0)
      return { reason: ended.timedOut ? 'Cedar gave no answer in time' : ended.stderr.slice(0, 300) };
    const { faults, allowed } = JSON.parse(ended.stdout) as { faults: string[]; allowed: boolean[] };
    return faults.length > 0 ? { reason: `Cedar objects: ${faults.slice(0, 3).join('; ')}` } : { allowed };
  } finally {
    workspace.remove();
  }
}

function requestOf(policy: Policy, { agent, tool, input }: Pick<Asked, 'agent' | 'tool' | 'input'>) {
  const slash = tool.indexOf('/');
  const name = tool.slice(slash + 1);
  const file = authzPath(policy, agent, tool.slice(0, slash));
  if (!name.startsWith('@')) return { file, action: 'call_tool', type: 'Tool', name, input };
  const type = name === '@prompts' ? 'Prompt' : 'Resource';
  return { file, action: FEATURES[name] ?? name.slice(1), type, name: 'stakes', input: {} };
}

function policiesIn(path: string): string[] | undefined {
  try {
    const text = readFileSync(path, 'utf8');
    const value: unknown = text.length > MOST_BYTES ? undefined : parse(text, { maxAliasCount: 0 });
    const cedar = isRecord(value) && value.type === 'cedarv1' && isRecord(value.cedar) ? value.cedar : {};
    const { policies } = cedar;
    return Array.isArray(policies) && policies.every((one) => typeof one === 'string') ? policies : undefined;
  } catch {
    return undefined;
  }
}
