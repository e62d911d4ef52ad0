import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import type { Loss } from '../../model/policy.ts';
import type { Observation, Probe } from '../../model/proof.ts';
import { runBounded } from '../../probe/bounded.ts';
import { type ExecutedCall, readExecuted } from '../../probe/stub.ts';
import { createWorkspace, writeIn } from '../../probe/workspace.ts';
import { lossOf } from '../explained.ts';
import { judged } from '../judge.ts';
import { defineProver, type ProofJob, type Trial } from '../prover.ts';
import { type ServerCall, serverCalls } from '../server-calls.ts';
import { aliasesOf, kept } from './names.ts';
import { PROGRAM } from './proof/runner.program.generated.ts';
import type { Played } from './proof/scripted.ts';
import { refusalOf, stage, stubsOf } from './proof/stage.ts';

export const prover = defineProver({
  engine: 'openai-agents',
  title: 'OpenAI Agents SDK',
  programs: [],
  package: '@openai/agents',
  needs: [],
  install: 'npm install @openai/agents',
  versionIn: () => undefined,
  prove,
});

/** Calls that one state of the counters lets through, where no limit is lower. */
const AT_ONCE = 60;
const LIMIT_MS = 180_000;

interface Batch {
  agent: string;
  tries: ServerCall[];
}

async function prove(job: ProofJob): Promise<Trial[]> {
  const way = 'agent.mjs';
  const refused = refusalOf(job);
  if (refused !== undefined) return [{ way, probes: [], reason: refused }];
  const workspace = createWorkspace();
  try {
    const { policy } = job;
    const folder = stage(job, workspace);
    const batches = batchesOf(job);
    const aliasOf = ({ agent, server }: ServerCall): string =>
      aliasesOf(Object.keys(policy.agents[agent]?.servers ?? {})).get(server) ?? kept(server);
    const handed = batches.map(({ agent, tries }, at) => ({
      agent,
      state: join(workspace.root, `state-${at}`),
      servers: stubsOf(policy, agent, workspace),
      calls: tries.map((one) => ({ name: `${aliasOf(one)}_${kept(one.name)}`, input: one.input })),
    }));
    const ended = await runBounded({
      command: process.execPath,
      args: [writeIn(workspace.root, 'runner.mjs', PROGRAM), job.engine.path, folder],
      env: { HOME: workspace.home, PATH: '/usr/local/bin:/usr/bin:/bin', OPENAI_API_KEY: 'dummy' },
      cwd: workspace.project,
      limitMs: LIMIT_MS,
      stdin: JSON.stringify(handed),
    });
    if (ended.code !== 0) throw new Error(ended.timedOut ? 'it gave no answer in time' : ended.stderr.slice(-300));
    const played = JSON.parse(ended.stdout) as Played[][];
    const executed = readExecuted(workspace.log);
    const probes = batches.flatMap(({ tries }, batch) =>
      tries.map((one, at) => judge(one, played[batch]?.[at], wasRun(executed, one, aliasOf(one)), job.losses)),
    );
    return [{ way, probes }];
  } finally {
    workspace.remove();
  }
}

function batchesOf({ policy }: ProofJob): Batch[] {
  const agents = Object.values(policy.agents);
  return agents.flatMap((agent) => {
    const tries = serverCalls(agent, agents);
    const atOnce = Math.max(1, Math.min(AT_ONCE, agent.limits.callsPerMinute ?? AT_ONCE));
    const count = Math.ceil(tries.length / atOnce);
    return Array.from({ length: count }, (_, at) => ({
      agent: agent.id,
      tries: tries.slice(at * atOnce, (at + 1) * atOnce),
    }));
  });
}

function wasRun(executed: readonly ExecutedCall[], { name, input }: ServerCall, alias: string): boolean {
  return executed.some((one) => one.server === alias && one.tool === name && isDeepStrictEqual(one.input, input));
}

function judge(one: ServerCall, played: Played | undefined, ran: boolean, losses: readonly Loss[]): Probe {
  const { server: _, name: __, input: ___, ...about } = one;
  const told = played?.told ?? '';
  const isRun = ran && told.includes('EXECUTED');
  const observed: Observation = played === undefined ? 'untried' : played.asked ? 'asked' : isRun ? 'ran' : 'refused';
  return judged({ ...about, observed, by: byWhat(observed, told), loss: lossOf(losses, about, observed) });
}

function byWhat(observed: Observation, told: string): string {
  if (observed === 'untried') return 'no answer';
  if (observed === 'ran') return 'the check has nothing against it';
  if (observed === 'asked') return 'an approval that nobody gives';
  return /not found/i.test(told) ? 'not offered to the model' : 'the check';
}
