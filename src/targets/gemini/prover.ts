import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Loss } from '../../model/policy.ts';
import type { Expectation, Observation, Probe } from '../../model/proof.ts';
import { createWorkspace, writeIn } from '../../probe/workspace.ts';
import { judged } from '../judge.ts';
import { defineProver, type ProofJob, type Trial } from '../prover.ts';
import { type Plan, planOf } from './plan.ts';
import { ownToolProbes, type Planned, serverProbes } from './proof/probes.ts';
import { type GeminiOutcome, runGemini } from './proof/session.ts';
import { readHarmless, stagedSettings, stageOf } from './proof/staging.ts';
import { onlyModel, variablesOf } from './settings.ts';
import { GEMINI } from './usage.ts';

export const prover = defineProver({
  engine: 'gemini',
  title: 'Gemini CLI',
  programs: ['gemini'],
  needs: [],
  install: `npm install -g ${GEMINI}`,
  versionIn: (text) => /^(\d+\.\d+\.\d+\S*)$/.exec(text.trim())?.[1],
  prove,
});

/** Calls of one session; each is a turn of the model. */
const AT_ONCE = 60;

async function prove(job: ProofJob): Promise<Trial[]> {
  const way = 'launch.sh';
  const failed = (reason: string): Trial[] => [{ way, probes: [], reason }];
  const read = (path: string): string | undefined => readIfThere(join(job.bundle, 'gemini', path));
  const planned = (path: string): string => job.files.find((file) => file.path === path)?.content ?? '';
  // It is a program, and the folder may be anybody's.
  if (read('launch.sh') !== planned('launch.sh'))
    return failed('`gemini/launch.sh` is not what `stakes generate` writes');
  const [rules, found] = [read('policy.toml'), read('settings.json')];
  if (rules === undefined || found === undefined)
    return failed(`\`gemini/${rules === undefined ? 'policy.toml' : 'settings.json'}\` is gone`);
  const checked = readHarmless(found, planned('settings.json'));
  if ('reason' in checked) return failed(`\`gemini/settings.json\` ${checked.reason}`);
  const workspace = createWorkspace();
  try {
    const plan = planOf(job.policy);
    const folder = join(workspace.project, '.stakes', plan.id, 'gemini');
    const script = writeIn(folder, 'launch.sh', planned('launch.sh'));
    writeIn(folder, 'policy.toml', rules);
    writeIn(folder, 'settings.json', stagedSettings(checked.settings, plan, workspace));
    const stage = stageOf(workspace);
    const all = [...serverProbes(plan, Object.values(job.policy.agents)), ...ownToolProbes(plan, stage)];
    const variables = variablesOf(plan.servers.map(({ grant }) => grant));
    const session = (part: readonly Planned[]): Promise<GeminiOutcome> =>
      runGemini({
        binary: job.engine.path,
        workspace,
        toolCalls: part.map(({ call }) => call),
        by: { script },
        fixedModel: onlyModel(plan.agent) !== undefined,
        env: Object.fromEntries(variables.map((name) => [name, 'dummy'])),
      });
    return [{ way, probes: await play(all, plan, job.losses, session) }];
  } finally {
    workspace.remove();
  }
}

async function play(
  planned: readonly Planned[],
  plan: Plan,
  losses: readonly Loss[],
  session: (part: readonly Planned[]) => Promise<GeminiOutcome>,
): Promise<Probe[]> {
  const { turnsPerSession } = plan.agent.limits;
  const atOnce = Math.max(1, Math.min(AT_ONCE, (turnsPerSession ?? AT_ONCE + 1) - 1));
  const probes: Probe[] = [];
  for (let from = 0; from < planned.length; from += atOnce) {
    const part = planned.slice(from, from + atOnce);
    const { calls, texts } = await session(part);
    probes.push(
      ...part.map((probe, at): Probe => {
        const { tool, attempt, expected } = probe;
        const text = texts[at];
        const observed = text === undefined ? 'untried' : probe.ran(calls, text) ? 'ran' : refusalIn(text);
        const loss = lossOf(losses, plan.id, probe, observed)?.message;
        return judged({ agent: plan.id, tool, attempt, expected, observed, by: byWhat(observed, text ?? ''), loss });
      }),
    );
  }
  return probes;
}

const RANK: Record<Observation | Expectation, number> = {
  runs: 0,
  ran: 0,
  asks: 1,
  asked: 1,
  refused: 2,
  untried: 3,
};

/** A loss explains a difference in its own direction, and of the very thing that was tried. */
function lossOf(losses: readonly Loss[], agent: string, probe: Planned, observed: Observation): Loss | undefined {
  const { tool, attempt, expected } = probe;
  const isStricter = RANK[observed] > RANK[expected];
  const own = losses.filter(
    (loss) => loss.agent === agent && loss.tool === tool && loss.message.startsWith('stricter: ') === isStricter,
  );
  if (isStricter) return own[0];
  return attempt.startsWith('with `') ? own.find(({ what }) => what === 'arguments') : undefined;
}

function refusalIn(text: string): Observation {
  return /requires user confirmation/i.test(text) ? 'asked' : 'refused';
}

function byWhat(observed: Observation, text: string): string {
  if (observed === 'untried') return 'the session ended before it';
  if (observed === 'ran') return 'no rule stops it';
  if (observed === 'asked') return 'a question, and nobody to answer it';
  if (/not found|not available|unknown tool/i.test(text)) return 'not offered to the model';
  return 'a deny rule';
}

function readIfThere(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return undefined;
  }
}
