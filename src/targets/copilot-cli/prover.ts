import { join } from 'node:path';
import type { Loss } from '../../model/policy.ts';
import type { Observation, Probe } from '../../model/proof.ts';
import { createWorkspace } from '../../probe/workspace.ts';
import { lossOf } from '../explained.ts';
import { judged } from '../judge.ts';
import { defineProver, type ProofJob, type Trial } from '../prover.ts';
import { planOf } from './plan.ts';
import { ownToolProbes, type Planned, serverProbes } from './proof/probes.ts';
import { type CopilotOutcome, runCopilot } from './proof/session.ts';
import { refusalOf, stage } from './proof/staging.ts';
import { referencedVariables, serversOf } from './servers.ts';

export const prover = defineProver({
  engine: 'copilot-cli',
  title: 'GitHub Copilot CLI',
  programs: ['copilot'],
  needs: [],
  install: 'npm install -g @github/copilot',
  versionIn: (text) => /^GitHub Copilot CLI (\d+\.\d+\.\d+[^\s.]*)/.exec(text.trim())?.[1],
  prove,
});

/** Calls of one session, where no limit is lower. */
const AT_ONCE = 40;

async function prove(job: ProofJob): Promise<Trial[]> {
  const way = 'launch.sh';
  const refused = refusalOf(job);
  if (refused !== undefined) return [{ way, probes: [], reason: refused }];
  const plan = planOf(job.policy);
  const workspace = createWorkspace();
  try {
    const folder = stage(job, plan, workspace);
    const probes = [...serverProbes(plan, Object.values(job.policy.agents)), ...ownToolProbes(plan, workspace)];
    const atOnce = Math.max(1, Math.min(AT_ONCE, plan.policy.limits.callsPerMinute ?? AT_ONCE));
    const variables = referencedVariables(serversOf(plan)).map((name) => [name, 'dummy']);
    const seen: Probe[] = [];
    for (let from = 0; from < probes.length; from += atOnce) {
      const part = probes.slice(from, from + atOnce);
      const env = { ...Object.fromEntries(variables), XDG_STATE_HOME: join(workspace.root, `state-${from}`) };
      const calls = part.map(({ call }) => call);
      const start = { script: join(folder, 'launch.sh') };
      const outcome = await runCopilot({ binary: job.engine.path, workspace, start, calls, env });
      seen.push(...part.map((probe, at) => judge(probe, outcome, outcome.texts[at], job.losses)));
    }
    return [{ way, probes: seen }];
  } finally {
    workspace.remove();
  }
}

function judge(
  { call: _, ran, ...about }: Planned,
  outcome: CopilotOutcome,
  text: string | undefined,
  losses: readonly Loss[],
): Probe {
  const seen = seenAs(text, ran(outcome, text ?? ''));
  return judged({ ...about, ...seen, loss: lossOf(losses, about, seen.observed) });
}

/** What Copilot 1.0.102 says of a call that it does not let through. */
function seenAs(text: string | undefined, ran: boolean): { observed: Observation; by: string } {
  if (text === undefined) return { observed: 'untried', by: 'the session ended before it' };
  if (ran) return { observed: 'ran', by: 'the hook lets it through' };
  if (/unable to ask user|no interactive user response/i.test(text))
    return { observed: 'asked', by: 'a question, and nobody to answer it' };
  return { observed: 'refused', by: /does not exist/.test(text) ? 'not offered to the model' : 'the hook' };
}
