import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Probe } from '../../model/proof.ts';
import { asRecord, parseJson } from '../../probe/json.ts';
import { createWorkspace, writeIn } from '../../probe/workspace.ts';
import { defineProver, type ProofJob, type Trial } from '../prover.ts';
import { type Plan, type PlannedAgent, planOf } from './plan.ts';
import { claudeDoctor } from './proof/doctor.ts';
import { readInstalled } from './proof/installed.ts';
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
  return [await tryLauncher(job), await tryProject(job), ...(await tryInstalled(job))];
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

/** The file that people edit and that the rules were merged into: the one that counts. */
async function tryInstalled(job: ProofJob): Promise<Trial[]> {
  const path = job.installed.get('project');
  if (path === undefined) return [];
  const way = '.claude/settings.json';
  const planned = asRecord(parseJson(job.files.find((file) => file.path === 'settings.json')?.content ?? '{}'));
  const found = readInstalled(path, planned.hooks);
  if ('reason' in found) return [{ way, probes: [], reason: `\`${way}\` ${found.reason}` }];
  const objections = await objectionsTo(found.check, job);
  if (objections.length > 0) {
    const reason = `Claude Code objects, and may ignore the whole file: ${objections.slice(0, 3).join('; ')}`;
    return [{ way, probes: [], reason }];
  }
  const plan = planOf(job.policy, 'settings');
  const start: Start = (stage, ...rest) => inProject(stage, ...rest, found.session);
  return [{ way, probes: await probesOf(job, plan, plan.root, undefined, start) }];
}

async function objectionsTo(text: string, { engine }: ProofJob): Promise<string[]> {
  const workspace = createWorkspace();
  try {
    return await claudeDoctor(engine.path, writeIn(workspace.root, 'settings.json', text));
  } finally {
    workspace.remove();
  }
}

type Start = (stage: Stage, job: ProofJob, plan: Plan) => Pick<ClaudeRun, 'setup'>;

const launched: Start = ({ bundle }) => ({ setup: bundleSetup(bundle, 'launcher') });

/** The worst case for a file that only narrows: the user allows everything. */
const inProject = (
  { workspace, bundle }: Stage,
  { policy }: ProofJob,
  plan: Plan,
  settings = readFileSync(join(bundle, 'claude-code/settings.json'), 'utf8'),
): ReturnType<Start> => {
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
  const workspace = createWorkspace();
  try {
    // Paths are part of a probe, so the project is the same for all of its sessions; counters must not be.
    const stage = stageOf(workspace, job, plan);
    const others = Object.values(job.policy.agents).flatMap(({ tools }) => Object.keys(tools));
    const probes: Planned[] = [
      ...serverProbes(agent.policy, others, (server) => agent.serverNames.get(server) ?? server),
      ...ownToolProbes(agent.policy, stage, start !== launched),
    ];
    let session = 0;
    return await play(probes, actorOf(job, agent, type), () => {
      session += 1;
      const run = start(stage, job, plan);
      const env = { ...variablesOf(plan), XDG_STATE_HOME: join(workspace.root, `state-${session}`) };
      return { binary: job.engine.path, programs: job.engine.programs, workspace, ...run, env };
    });
  } finally {
    workspace.remove();
  }
}

function actorOf({ losses }: ProofJob, agent: PlannedAgent, type: string | undefined): Actor {
  const { turnsPerSession, callsPerMinute } = agent.policy.limits;
  const atOnce = Math.max(1, Math.min(AT_ONCE, (turnsPerSession ?? AT_ONCE + 1) - 1, callsPerMinute ?? AT_ONCE));
  return {
    type,
    atOnce,
    losses,
  };
}

function variablesOf(plan: Plan): Record<string, string> {
  return Object.fromEntries(referencedVariables(mcpServersOf(plan)).map((name) => [name, 'dummy']));
}
