import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Loss } from '../../model/policy.ts';
import type { Expectation, Observation, Probe } from '../../model/proof.ts';
import type { OfferedTool } from '../../probe/responses-wire.ts';
import { createWorkspace, type Workspace, writeIn } from '../../probe/workspace.ts';
import { judged } from '../judge.ts';
import { defineProver, type ProofJob, type Trial } from '../prover.ts';
import { type Plan, planOf } from './plan.ts';
import { codexHome, programFolder } from './proof/environment.ts';
import { readHarmless } from './proof/harmless.ts';
import { ownToolProbes } from './proof/own-tools.ts';
import { type Planned, serverProbes } from './proof/probes.ts';
import { tryInSandbox } from './proof/sandbox.ts';
import { type CodexOutcome, runCodex } from './proof/session.ts';
import { type Stage, stagedConfig, stageOf } from './proof/staging.ts';
import { variablesOf } from './servers.ts';
import { CODEX } from './usage.ts';

export const prover = defineProver({
  engine: 'codex',
  title: 'Codex',
  programs: ['codex'],
  needs: [],
  install: `npm install -g ${CODEX}`,
  versionIn: (text) => /^codex-cli (\d+\.\d+\.\d+\S*)/.exec(text.trim())?.[1],
  prove,
});

/** Calls of one session; each is a turn of the model. */
const AT_ONCE = 100;

/** One that Codex does not know is offered every tool at once, and one that it knows has tools of its own besides. */
const [STRANGER, KNOWN] = ['stakes-probe', 'gpt-5.5'];

async function prove(job: ProofJob): Promise<Trial[]> {
  const way = 'launch.sh';
  const read = (path: string): string | undefined => readIfThere(join(job.bundle, 'codex', path));
  const planned = (path: string): string => job.files.find((file) => file.path === path)?.content ?? '';
  // It is a program, and the folder may be anybody's.
  if (read('launch.sh') !== planned('launch.sh'))
    return [{ way, probes: [], reason: '`codex/launch.sh` is not what `stakes generate` writes' }];
  const found = read('config.toml');
  if (found === undefined) return [{ way, probes: [], reason: '`codex/config.toml` is gone' }];
  const settings = readHarmless(found, planned('config.toml'));
  if ('reason' in settings) return [{ way, probes: [], reason: `\`codex/config.toml\` ${settings.reason}` }];
  const workspace = createWorkspace();
  try {
    const plan = planOf(job.policy);
    const stage = stageOf(workspace, plan);
    const script = writeIn(workspace.project, `.stakes/${plan.id}/codex/launch.sh`, planned('launch.sh'));
    const session = sessions(job, plan, workspace, settings.table, script);
    const offered = (await session([], STRANGER)).requests[0]?.offered ?? [];
    const probes = await play(job, plan, stage, offered, session);
    const contained = await tryInSandbox(job.engine.path, codexHome(workspace, plan.id), plan, stage);
    if ('reason' in contained)
      return [{ way, probes: [], inconclusive: true, reason: `the sandbox did not start: ${contained.reason}` }];
    return [{ way, probes: [...probes, ...contained] }];
  } finally {
    workspace.remove();
  }
}

type Session = (calls: readonly Planned[], model: string) => Promise<CodexOutcome>;

function sessions(
  { engine }: ProofJob,
  plan: Plan,
  workspace: Workspace,
  table: Record<string, unknown>,
  script: string,
): Session {
  const variables = variablesOf(plan.servers.map(({ grant }) => grant));
  return (calls, model) =>
    runCodex({
      binary: engine.path,
      workspace,
      config: (url) => stagedConfig(table, plan, workspace, { url, model, programs: programFolder(engine.path) }),
      toolCalls: calls.map(({ call }) => call),
      by: { script },
      env: Object.fromEntries(variables.map((name) => [name, 'dummy'])),
    });
}

async function play(
  { policy, losses }: ProofJob,
  plan: Plan,
  stage: Stage,
  offered: readonly OfferedTool[],
  session: Session,
): Promise<Probe[]> {
  const planned = [...serverProbes(plan, Object.values(policy.agents), offered), ...ownToolProbes(plan, stage)];
  const probes: Probe[] = [];
  for (let from = 0; from < planned.length; from += AT_ONCE) {
    const part = planned.slice(from, from + AT_ONCE);
    const { calls, texts } = await session(part, KNOWN);
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

const RANK: Record<Observation | Expectation, number> = { runs: 0, ran: 0, asks: 1, asked: 1, refused: 2, untried: 3 };

/** A loss explains a difference in its own direction, and of the very thing that was tried. */
function lossOf(losses: readonly Loss[], agent: string, probe: Planned, observed: Observation): Loss | undefined {
  const { tool, attempt, expected } = probe;
  const isStricter = RANK[observed] > RANK[expected];
  const own = losses.filter((loss) => loss.agent === agent && loss.message.startsWith('stricter: ') === isStricter);
  const ofTool = own.filter((loss) => loss.tool === tool);
  if (isStricter) return ofTool[0];
  if (attempt.startsWith('with `')) return ofTool.find(({ what }) => what === 'arguments');
  if (attempt.includes('manifest')) return own.find(({ what }) => what === 'protectedPaths');
  return ofTool.find(({ what }) => what === 'built-in');
}

function refusalIn(text: string): Observation {
  return /requires approval|user rejected MCP tool call/i.test(text) ? 'asked' : 'refused';
}

function byWhat(observed: Observation, text: string): string {
  if (observed === 'untried') return 'the session ended before it';
  if (observed === 'ran') return 'no rule stops it';
  if (observed === 'asked') return 'a question, and nobody to answer it';
  if (/unsupported call|unavailable/.test(text)) return 'not offered to the model';
  return 'the sandbox';
}

function readIfThere(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return undefined;
  }
}
