import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Loss } from '../../model/policy.ts';
import type { Observation, Probe } from '../../model/proof.ts';
import { runBounded } from '../../probe/bounded.ts';
import { createWorkspace, writeIn } from '../../probe/workspace.ts';
import { type Asked, answered, askedOf } from '../asked.ts';
import { defineProver, type ProofJob, type Trial } from '../prover.ts';
import { PROGRAM } from './runner.program.generated.ts';

export const prover = defineProver({
  engine: 'cedar',
  title: 'Cedar',
  programs: [],
  package: '@cedar-policy/cedar-wasm',
  needs: [],
  install: 'npm install --save-dev @cedar-policy/cedar-wasm@4.13.0',
  versionIn: () => undefined,
  prove,
});

const LIMIT_MS = 120_000;
const DATA = ['policies.cedar', 'schema.cedarschema', 'entities.json'];

async function prove(job: ProofJob): Promise<Trial[]> {
  const way = 'policies.cedar';
  const module = job.files.find(({ path }) => path === 'request.mjs')?.content;
  // It is a program, and the folder may be anybody's.
  if (readIfThere(join(job.bundle, 'cedar/request.mjs')) !== module)
    return [{ way, probes: [], reason: '`cedar/request.mjs` is not what `stakes generate` writes' }];
  const asked = askedOf(job);
  const workspace = createWorkspace();
  try {
    // A copy: what was compared is what runs.
    writeIn(workspace.root, 'cedar/request.mjs', module ?? '');
    for (const name of DATA)
      writeIn(workspace.root, `cedar/${name}`, readIfThere(join(job.bundle, 'cedar', name)) ?? '');
    const ended = await runBounded({
      command: process.execPath,
      args: [writeIn(workspace.root, 'runner.mjs', PROGRAM), job.engine.path, join(workspace.root, 'cedar')],
      env: { HOME: workspace.home },
      cwd: workspace.project,
      limitMs: LIMIT_MS,
      stdin: JSON.stringify(
        asked.flatMap(({ agent, tool, input }) => [false, true].map((approved) => ({ agent, tool, input, approved }))),
      ),
    });
    if (ended.code !== 0) throw new Error(ended.timedOut ? 'it gave no answer in time' : ended.stderr.slice(0, 300));
    const { faults, allowed } = JSON.parse(ended.stdout) as { faults: string[]; allowed: boolean[] };
    if (faults.length > 0) return [{ way, probes: [], reason: `Cedar objects: ${faults.slice(0, 3).join('; ')}` }];
    return [{ way, probes: asked.map((one, at) => judge(one, allowed[2 * at], allowed[2 * at + 1], job.losses)) }];
  } finally {
    workspace.remove();
  }
}

/** The second answer is to the same call once a person has approved it. */
function judge(
  asked: Asked,
  plain: boolean | undefined,
  approved: boolean | undefined,
  losses: readonly Loss[],
): Probe {
  const observed: Observation =
    plain === undefined || approved === undefined ? 'untried' : plain ? 'ran' : approved ? 'asked' : 'refused';
  return answered(asked, observed, BY[observed], losses);
}

const BY: Record<Observation, string> = {
  ran: 'a permit',
  asked: 'a permit that wants an approval',
  refused: 'no permit',
  untried: 'no answer',
};

function readIfThere(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return undefined;
  }
}
