import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Loss } from '../../model/policy.ts';
import type { Observation, Probe } from '../../model/proof.ts';
import type { JsonRecord } from '../../probe/json.ts';
import { createWorkspace, type Workspace, writeIn } from '../../probe/workspace.ts';
import { lossOf } from '../explained.ts';
import { judged } from '../judge.ts';
import { defineProver, type ProofJob, type Trial } from '../prover.ts';
import { serversOf } from './config.ts';
import { onlyModelOf } from './model.ts';
import { type Plan, type PlannedAgent, planOf } from './plan.ts';
import { ownToolProbes, type Planned, QUESTION, serverProbes } from './proof/probes.ts';
import { type OpenCodeRun, runOpenCode } from './proof/session.ts';
import { readConfig, stage } from './proof/staging.ts';
import { referencedVariables } from './references.ts';

export const prover = defineProver({
  engine: 'opencode',
  title: 'OpenCode',
  programs: ['opencode'],
  needs: [],
  install: 'npm install -g opencode-ai',
  versionIn: (text) => /^(\d+\.\d+\.\d+\S*)$/.exec(text.trim())?.[1],
  prove,
});

/** Calls of one session; each is a turn, and `steps` counts those too. */
const AT_ONCE = 40;

/** A user who allows everything, in the words that reach furthest. */
const GENEROUS = { permission: { '*': 'allow', bash: 'allow', edit: 'allow', read: 'allow' } };

async function prove(job: ProofJob): Promise<Trial[]> {
  const config = readConfig(job);
  if (typeof config === 'string') return [{ way: 'launch.sh', probes: [], reason: config }];
  const plan = planOf(job.policy);
  const launched = (folder: string) => ({ start: { script: `${folder}/launch.sh` } });
  const managed: Start = (folder, workspace) => {
    asRepository(workspace);
    return { start: { managed: folder }, user: GENEROUS };
  };
  return [
    { way: 'launch.sh', probes: await probesOf(job, config, plan, launched) },
    { way: 'opencode.json', probes: await probesOf(job, config, plan, managed) },
  ];
}

type Start = (folder: string, workspace: Workspace) => Pick<OpenCodeRun, 'start' | 'user'>;

/** Where OpenCode takes paths from, so that rules about folders hold without the launcher. */
function asRepository({ project }: Workspace): void {
  for (const name of ['objects', 'refs']) mkdirSync(join(project, '.git', name), { recursive: true });
  writeIn(project, '.git/HEAD', 'ref: refs/heads/main\n');
}

async function probesOf(job: ProofJob, config: JsonRecord, plan: Plan, start: Start): Promise<Probe[]> {
  const probes: Probe[] = [];
  // A question that nobody answers starts no subagent.
  const started = plan.root.rules.task?.some(([, access]) => access === 'allow') ? plan.subagents : [];
  for (const agent of [plan.root, ...started]) probes.push(...(await tryAgent(job, config, plan, agent, start)));
  return probes;
}

async function tryAgent(
  job: ProofJob,
  config: JsonRecord,
  plan: Plan,
  agent: PlannedAgent,
  start: Start,
): Promise<Probe[]> {
  const workspace = createWorkspace();
  try {
    const folder = stage(job, config, plan, workspace);
    const probes = [...serverProbes(agent, Object.values(job.policy.agents)), ...ownToolProbes(agent, workspace)];
    const { turnsPerSession } = agent.policy.limits;
    const atOnce = Math.max(1, Math.min(AT_ONCE, (turnsPerSession ?? AT_ONCE + 1) - 1));
    const seen: Probe[] = [];
    for (let from = 0; from < probes.length; from += atOnce) {
      const part = probes.slice(from, from + atOnce);
      const calls = part.map(({ call }) => call);
      const outcome = await runOpenCode({
        binary: job.engine.path,
        workspace,
        ...start(folder, workspace),
        ...scriptOf(plan, agent, calls),
        models: modelsOf(plan),
        env: Object.fromEntries(referencedVariables(serversOf(plan)).map((name) => [name, 'dummy'])),
      });
      const texts = outcome.texts(agent === plan.root ? 0 : 1);
      seen.push(...part.map((probe, at) => judge(probe, outcome, texts[at], job.losses)));
    }
    return seen;
  } finally {
    workspace.remove();
  }
}

function scriptOf(plan: Plan, agent: PlannedAgent, calls: OpenCodeRun['calls']) {
  if (agent === plan.root) return { calls };
  const prompt = `play the script of ${agent.name}`;
  const input = { description: 'probe', prompt, subagent_type: agent.name };
  return { calls: [{ name: 'task', input }], subagents: [{ marker: prompt, calls }] };
}

function modelsOf({ root, subagents }: Plan): string[] {
  const own = onlyModelOf(root.policy);
  const all = [root, ...subagents].flatMap(({ policy }) => onlyModelOf(policy) ?? []);
  // Without one of its own the root takes what the command line says, and subagents follow it.
  return own === undefined ? [] : [...new Set(all)];
}

function judge(
  { call: _, ran, ...about }: Planned,
  outcome: Parameters<Planned['ran']>[0],
  text: string | undefined,
  losses: readonly Loss[],
): Probe {
  const observed: Observation =
    text === undefined ? 'untried' : ran(outcome, text) ? 'ran' : QUESTION.test(text) ? 'asked' : 'refused';
  return judged({ ...about, observed, by: byWhat(observed, text ?? ''), loss: lossOf(losses, about, observed) });
}

function byWhat(observed: Observation, text: string): string {
  if (observed === 'untried') return 'the session ended before it';
  if (observed === 'ran') return 'no rule stops it';
  if (observed === 'asked') return 'a question, and nobody to answer it';
  return /unavailable tool/.test(text) ? 'not offered to the model' : 'a deny rule';
}
