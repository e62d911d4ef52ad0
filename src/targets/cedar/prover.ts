import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { grantFor } from '../../enforce/grant.ts';
import { sampleCall, violatingArguments } from '../../enforce/sample.ts';
import type { AgentPolicy } from '../../model/policy.ts';
import type { Observation, Probe } from '../../model/proof.ts';
import { runBounded } from '../../probe/bounded.ts';
import { createWorkspace, writeIn } from '../../probe/workspace.ts';
import { judged, type Seen } from '../judge.ts';
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

/** A tool that no manifest lists. */
const UNLISTED = 'stakes_unlisted';
const LIMIT_MS = 120_000;
const DATA = ['policies.cedar', 'schema.cedarschema', 'entities.json'];

interface Call {
  agent: string;
  tool: string;
  input: unknown;
  approved: boolean;
}

/** What to ask about one thing: the last call is the one that decides, the first whether it runs without a person. */
interface Planned extends Omit<Seen, 'observed' | 'by'> {
  calls: [plain: Call, approved: Call];
}

async function prove(job: ProofJob): Promise<Trial[]> {
  const way = 'policies.cedar';
  const module = job.files.find(({ path }) => path === 'request.mjs')?.content;
  // It is a program, and the folder may be anybody's.
  if (readIfThere(join(job.bundle, 'cedar/request.mjs')) !== module)
    return [{ way, probes: [], reason: '`cedar/request.mjs` is not what `stakes generate` writes' }];
  const planned = Object.values(job.policy.agents).flatMap((agent) => plan(agent, job));
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
      stdin: JSON.stringify(planned.flatMap(({ calls }) => calls)),
    });
    if (ended.code !== 0) throw new Error(ended.timedOut ? 'it gave no answer in time' : ended.stderr.slice(0, 300));
    const { faults, allowed } = JSON.parse(ended.stdout) as { faults: string[]; allowed: boolean[] };
    if (faults.length > 0) return [{ way, probes: [], reason: `Cedar objects: ${faults.slice(0, 3).join('; ')}` }];
    return [{ way, probes: planned.map((one, at) => judge(one, allowed[2 * at], allowed[2 * at + 1])) }];
  } finally {
    workspace.remove();
  }
}

function plan(agent: AgentPolicy, { policy, losses }: ProofJob): Planned[] {
  const { id, tools, servers } = agent;
  const unlisted = Object.keys(servers).map((server) => `${server}/${UNLISTED}`);
  const probe = (tool: string, attempt: string, expected: Planned['expected'], input: unknown): Planned => ({
    agent: id,
    tool,
    attempt,
    expected,
    loss: losses.find((loss) => loss.agent === id && loss.tool === tool)?.message,
    calls: [
      { agent: id, tool, input, approved: false },
      { agent: id, tool, input, approved: true },
    ],
  });
  // What another agent may do is the likeliest thing to be let through by mistake.
  const all = Object.values(policy.agents).flatMap((other) => Object.keys(other.tools));
  const named = [...new Set([...Object.keys(tools), ...all])].filter((tool) => !tool.endsWith('/*'));
  return [...named, ...unlisted, 'StakesUnlisted'].flatMap((tool) => {
    const grant = grantFor(agent, tool)?.grant;
    const schema = grant?.arguments ?? null;
    const right = grant === undefined ? {} : sampleCall(grant);
    const wrong = schema === null || grant?.decision === 'deny' ? [] : violatingArguments(schema);
    return [
      probe(tool, '', grant === undefined ? 'refused' : EXPECTED[grant.decision], right),
      ...wrong.map(({ pointer, value }) =>
        probe(tool, `with \`${pointer || '/'}\` outside of its schema`, 'refused', value),
      ),
    ];
  });
}

const EXPECTED = { allow: 'runs', ask: 'asks', deny: 'refused' } as const;

function judge({ calls: _, ...planned }: Planned, plain: boolean | undefined, approved: boolean | undefined): Probe {
  const observed: Observation =
    plain === undefined || approved === undefined ? 'untried' : plain ? 'ran' : approved ? 'asked' : 'refused';
  return judged({ ...planned, observed, by: BY[observed] });
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
