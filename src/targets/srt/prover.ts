import { mkdirSync, readFileSync, realpathSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import type { Loss, Policy } from '../../model/policy.ts';
import type { Probe } from '../../model/proof.ts';
import { asRecord, type JsonRecord, parseJson } from '../../probe/json.ts';
import { createWorkspace, type Workspace } from '../../probe/workspace.ts';
import { defineProver, type ProofJob, type Trial } from '../prover.ts';
import { settingsPath, stdioServers } from './mcp.ts';
import { accessProbes, type Reach } from './proof/access.ts';
import { tryInSandbox } from './proof/sandbox.ts';

export const prover = defineProver({
  engine: 'srt',
  title: 'srt',
  programs: ['srt'],
  needs: ['bwrap', 'socat', 'rg', 'curl'],
  install:
    'npm install -g @anthropic-ai/sandbox-runtime@0.0.78 (on Debian also: apt-get install bubblewrap socat ripgrep curl)',
  versionIn: (text) => /^(\d+\.\d+\.\d+\S*)$/.exec(text.trim())?.[1],
  prove,
});

/** Keys that only say what may be reached; srt has others that name programs to run. */
const HARMLESS = ['network', 'filesystem', 'credentials'];

/** One process that the files put into a sandbox. */
interface Box extends Reach {
  /** Path of its settings in the target's folder. */
  path: string;
  name: string;
}

async function prove(job: ProofJob): Promise<Trial[]> {
  const trials: Trial[] = [];
  for (const box of boxesOf(job.policy)) trials.push(await tryBox(job, box));
  const broken = trials.find(({ reason }) => reason !== undefined);
  return broken ? [broken] : [{ way: 'settings', probes: trials.flatMap(({ probes }) => probes) }];
}

async function tryBox(job: ProofJob, box: Box): Promise<Trial> {
  const settings = readSettings(join(job.bundle, 'srt', box.path));
  if ('reason' in settings) return { way: box.path, probes: [], reason: `\`srt/${box.path}\` ${settings.reason}` };
  const workspace = createWorkspace();
  try {
    prepare(workspace, job.engine.path);
    const planned = accessProbes(box, workspace);
    const ran = await tryInSandbox(job.engine, workspace, settings.value, planned);
    if ('reason' in ran) return { way: box.path, probes: [], reason: ran.reason, inconclusive: true };
    return { way: box.path, probes: ran.seen.map((seen): Probe => explained(seen, box, job.losses)) };
  } finally {
    workspace.remove();
  }
}

function explained(probe: Probe, box: Box, losses: readonly Loss[]): Probe {
  // What a sandbox lets through and should not is no loss that could be owned up to.
  if (probe.verdict !== 'mismatch' || probe.observed !== 'refused') return probe;
  const own = losses.find(({ agent, what }) => agent === box.agent && ['filesystem', 'egress'].includes(what));
  return own === undefined ? probe : { ...probe, verdict: 'stricter', because: own.message };
}

function boxesOf(policy: Policy): Box[] {
  return Object.entries(policy.agents).flatMap(([id, agent]) => [
    ...(id === policy.root
      ? [
          {
            path: 'agent.json',
            agent: id,
            name: "the agent's process",
            read: agent.filesystem.read,
            write: agent.filesystem.write ?? [],
            hosts: agent.network.egress === 'listed' ? agent.network.allowedHosts : [],
          },
        ]
      : []),
    ...stdioServers(agent).map(([name, server]) => ({
      path: settingsPath(policy, id, name),
      agent: id,
      name: `the server \`${name}\``,
      read: server.read,
      write: server.write,
      hosts: server.allowedHosts,
    })),
  ]);
}

function readSettings(path: string): { value: JsonRecord } | { reason: string } {
  let value: JsonRecord;
  try {
    value = asRecord(parseJson(readFileSync(path, 'utf8')));
  } catch (error) {
    return { reason: error instanceof SyntaxError ? 'is not JSON' : 'is gone' };
  }
  const strange = Object.keys(value).find((key) => !HARMLESS.includes(key));
  return strange === undefined ? { value } : { reason: `has \`${strange}\`, which \`stakes generate\` never writes` };
}

function prepare({ project, home }: Workspace, engine: string): void {
  for (const folder of [join(project, '.stakes'), join(home, '.ssh')]) mkdirSync(folder, { recursive: true });
  // srt starts a helper of its own inside the sandbox, and the files let it be read where a project has its packages.
  const runtime = /^.*\/node_modules\/@anthropic-ai\/sandbox-runtime(?=\/)/.exec(realpathSync(engine))?.[0];
  if (runtime === undefined) return;
  mkdirSync(join(project, 'node_modules/@anthropic-ai'), { recursive: true });
  symlinkSync(runtime, join(project, 'node_modules/@anthropic-ai/sandbox-runtime'));
}
