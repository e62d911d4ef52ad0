import { join } from 'node:path';
import type { Loss } from '../../model/policy.ts';
import type { Observation, Probe } from '../../model/proof.ts';
import { programOnPath } from '../../probe/on-path.ts';
import { createWorkspace } from '../../probe/workspace.ts';
import { type Plan, type PlannedAgent, planOf } from '../claude-code/plan.ts';
import { ownToolProbes, type Planned, serverProbes } from '../claude-code/proof/probes.ts';
import { mcpServersOf, referencedVariables } from '../claude-code/servers.ts';
import { lossOf } from '../explained.ts';
import { judged } from '../judge.ts';
import { defineProver, type ProofJob, type Trial } from '../prover.ts';
import { bringsClient, runSdk, type SdkOutcome, type SdkRun } from './proof/session.ts';
import { refusalOf, stageOf, stubsOf } from './proof/stage.ts';
import { NOT_APPROVED } from './words.ts';

export const prover = defineProver({
  engine: 'agent-sdk',
  title: 'Claude Agent SDK',
  programs: [],
  package: '@anthropic-ai/claude-agent-sdk',
  needs: [],
  install: 'npm install @anthropic-ai/claude-agent-sdk',
  versionIn: () => undefined,
  prove,
});

/** The client counts turns and calls too; sessions of this size stay below what people set. */
const AT_ONCE = 14;

async function prove(job: ProofJob): Promise<Trial[]> {
  const way = 'options.mjs';
  const refused = refusalOf(job);
  if (refused !== undefined) return [{ way, probes: [], reason: refused }];
  const claude = bringsClient(job.engine.path) ? undefined : programOnPath('claude');
  if (claude === undefined && !bringsClient(job.engine.path)) {
    const reason = 'the SDK was installed without its client, and there is no `claude` on PATH in its place';
    return [{ way, probes: [], reason, inconclusive: true }];
  }
  const plan = planOf(job.policy, 'launcher');
  const probes: Probe[] = [];
  // A question that nobody answers starts no subagent.
  for (const agent of [plan.root, ...(plan.delegation === 'allow' ? plan.subagents : [])])
    probes.push(...(await tryAgent(job, plan, agent, claude)));
  return [{ way, probes }];
}

async function tryAgent(job: ProofJob, plan: Plan, agent: PlannedAgent, claude: string | undefined): Promise<Probe[]> {
  const workspace = createWorkspace();
  try {
    const stage = stageOf(workspace, job, plan);
    const others = Object.values(job.policy.agents).flatMap(({ tools }) => Object.keys(tools));
    const probes = [
      ...serverProbes(agent.policy, others, (server) => agent.serverNames.get(server) ?? server),
      ...ownToolProbes(agent.policy, stage, false),
    ];
    const { turnsPerSession, callsPerMinute } = agent.policy.limits;
    const atOnce = Math.max(1, Math.min(AT_ONCE, (turnsPerSession ?? AT_ONCE + 1) - 1, callsPerMinute ?? AT_ONCE));
    const variables = referencedVariables(mcpServersOf(plan)).map((name) => [name, 'dummy']);
    const seen: Probe[] = [];
    for (let from = 0; from < probes.length; from += atOnce) {
      const part = probes.slice(from, from + atOnce);
      const outcome = await runSdk({
        sdk: job.engine.path,
        ...(claude === undefined ? {} : { claude }),
        workspace,
        folder: join(stage.bundle, 'agent-sdk'),
        mcpServers: stubsOf(plan, workspace),
        ...scriptOf(plan, agent, part),
        env: { ...Object.fromEntries(variables), XDG_STATE_HOME: join(workspace.root, `state-${from}`) },
      });
      const texts = textsOf(outcome, agent === plan.root ? 0 : 1);
      seen.push(...part.map((probe, at) => judge(probe, outcome, texts[at], job.losses)));
    }
    return seen;
  } finally {
    workspace.remove();
  }
}

function scriptOf(plan: Plan, { type }: PlannedAgent, probes: readonly Planned[]): Pick<SdkRun, 'calls' | 'subagents'> {
  const calls = probes.map(({ call }) => call);
  if (type === plan.root.type) return { calls };
  const prompt = `play the script of ${type}`;
  const input = { description: 'probe', prompt, subagent_type: type, run_in_background: false };
  return { calls: [{ name: 'Agent', input }], subagents: [{ marker: prompt, calls }] };
}

function textsOf({ requests }: SdkOutcome, script: number): string[] {
  return (requests.filter((one) => one.script === script).at(-1)?.toolResults ?? []).map(({ text }) => text);
}

function judge(
  { call: _, ran, ...about }: Planned,
  outcome: SdkOutcome,
  text: string | undefined,
  losses: readonly Loss[],
): Probe {
  const seen = seenAs(text, text !== undefined && ran(outcome, text));
  return judged({ ...about, ...seen, loss: lossOf(losses, about, seen.observed) });
}

function seenAs(text: string | undefined, ran: boolean): { observed: Observation; by: string } {
  if (text === undefined) return { observed: 'untried', by: 'the session ended before it' };
  if (ran) return { observed: 'ran', by: 'no rule stops it' };
  if (text.includes(NOT_APPROVED)) return { observed: 'asked', by: '`approve`, which says no' };
  const by = /hook/i.test(text) ? 'the check' : /No such tool/.test(text) ? 'not offered to the model' : 'a deny rule';
  return { observed: 'refused', by };
}
