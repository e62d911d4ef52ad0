import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Loss } from '../../model/policy.ts';
import type { Probe } from '../../model/proof.ts';
import { createWorkspace, writeIn } from '../../probe/workspace.ts';
import { defineProver, type ProofJob, type Trial } from '../prover.ts';
import { type Plan, type PlannedAgent, planOf } from './plan.ts';
import { type Actor, play } from './proof/play.ts';
import { ownToolProbes, type Planned, serverProbes } from './proof/probes.ts';
import { bundleSetup, type ClaudeRun } from './proof/session.ts';
import { allStubs, refusalOf, type Stage, stageOf } from './proof/staging.ts';
import { mcpServersOf, referencedVariables } from './servers.ts';

export const prover = defineProver({
  engine: 'claude-code',
  title: 'Claude Code',
  programs: ['claude'],
  needs: [],
  install: 'npm install -g @anthropic-ai/claude-code',
  versionIn: (text) => /^(\d+\.\d+\.\d+\S*) \(Claude Code\)/.exec(text.trim())?.[1],
  prove,
});

/** The client counts turns and calls too; sessions of this size stay below what people set. */
const AT_ONCE = 14;

async function prove(job: ProofJob): Promise<Trial[]> {
  const refused = refusalOf(job);
  if (refused !== undefined) return [{ way: 'launcher', probes: [], reason: refused }];
  return [await tryLauncher(job), await tryProject(job)];
}

async function tryLauncher(job: ProofJob): Promise<Trial> {
  const plan = planOf(job.policy, 'launcher');
  const probes = [...(await probesOf(job, plan, plan.root, undefined, launched))];
  // A question that nobody answers starts no subagent.
  const started = plan.delegation === 'allow' ? plan.subagents : [];
  for (const agent of started) probes.push(...(await probesOf(job, plan, agent, agent.type, launched)));
  return { way: 'launch.sh', probes };
}

async function tryProject(job: ProofJob): Promise<Trial> {
  const plan = planOf(job.policy, 'settings');
  return { way: 'settings.json', probes: await probesOf(job, plan, plan.root, undefined, inProject) };
}

type Start = (stage: Stage, job: ProofJob, plan: Plan) => Pick<ClaudeRun, 'setup'>;

const launched: Start = ({ bundle }) => ({ setup: bundleSetup(bundle, 'launcher') });

/** The worst case for a file that only narrows: the user allows everything. */
const inProject: Start = ({ workspace, bundle }, { policy }, plan) => {
  const settings = readFileSync(join(bundle, 'claude-code/settings.json'), 'utf8');
  writeIn(workspace.project, '.claude/settings.json', settings);
  const rights = plan.root.rights.filter(({ name }) => !name.endsWith('*')).map(({ name }) => name);
  const servers = Object.keys(policy.agents[policy.root]?.servers ?? {}).map(
    (server) => `mcp__${server.replace(/[^\w-]/g, '_')}`,
  );
  const allow = [
    ...new Set([...rights, ...servers, 'Bash', 'Read', 'Grep', 'Glob', 'Write', 'Edit', 'WebFetch', 'Agent']),
  ];
  writeIn(workspace.home, '.claude/settings.json', { permissions: { allow } });
  const mcpConfig = writeIn(workspace.root, 'mcp.json', allStubs(plan, workspace));
  return { setup: { by: 'flags', mcpConfig } };
};

async function probesOf(
  job: ProofJob,
  plan: Plan,
  agent: PlannedAgent,
  type: string | undefined,
  start: Start,
): Promise<Probe[]> {
  const workspaces: ReturnType<typeof createWorkspace>[] = [];
  const fresh = (): Stage => {
    const workspace = createWorkspace();
    workspaces.push(workspace);
    return stageOf(workspace, job, plan);
  };
  try {
    // Paths are part of a probe, so the project is the same for all of its sessions; counters must not be.
    const stage = fresh();
    const probes: Planned[] = [
      ...serverProbes(agent.policy, (server) => agent.serverNames.get(server) ?? server),
      ...ownToolProbes(agent.policy, stage),
    ];
    let session = 0;
    return await play(probes, actorOf(job, agent, type), () => {
      session += 1;
      const run = start(stage, job, plan);
      const env = { ...variablesOf(plan), XDG_STATE_HOME: join(stage.workspace.root, `state-${session}`) };
      return { binary: job.engine.path, programs: job.engine.programs, workspace: stage.workspace, ...run, env };
    });
  } finally {
    for (const workspace of workspaces) workspace.remove();
  }
}

function actorOf({ losses }: ProofJob, agent: PlannedAgent, type: string | undefined): Actor {
  const { turnsPerSession, callsPerMinute } = agent.policy.limits;
  const atOnce = Math.max(1, Math.min(AT_ONCE, (turnsPerSession ?? AT_ONCE + 1) - 1, callsPerMinute ?? AT_ONCE));
  const own = losses.filter((loss): loss is Loss => loss.agent === agent.id);
  return {
    type,
    atOnce,
    lossOf: (tool, attempt) =>
      own.find((loss) => loss.tool === tool && (attempt.startsWith('with `') ? loss.what === 'arguments' : true)),
  };
}

function variablesOf(plan: Plan): Record<string, string> {
  return Object.fromEntries(referencedVariables(mcpServersOf(plan)).map((name) => [name, 'dummy']));
}
