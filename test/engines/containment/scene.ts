import { execFileSync, spawnSync } from 'node:child_process';
import { chmodSync, copyFileSync, mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { loadPolicy } from '../../../src/enforce/load.ts';
import type { Loss, Policy } from '../../../src/model/policy.ts';
import { createWorkspace, type Workspace } from '../../../src/probe/workspace.ts';
import { type Met, standInsOf } from '../../../src/targets/compose/proof/stand-ins.ts';
import { type Box, boxesOf } from '../../../src/targets/container/boxes.ts';
import type { Attempt, Folders } from '../../../src/targets/container/proof/attempts.ts';
import { foldersIn } from '../../../src/targets/container/proof/folders.ts';
import type { Shown } from '../../../src/targets/container/proof/seen.ts';
import type { ProofJob } from '../../../src/targets/prover.ts';

export const TIERS = ['light', 'medium', 'medium-plus', 'full'] as const;
export type Tier = (typeof TIERS)[number];

/** A project with the generated files of one tier for one target, and what is around it. */
export interface Scene {
  target: string;
  workspace: Workspace;
  policy: Policy;
  losses: readonly Loss[];
  /** The agent's own process. */
  box: Box;
  folders: Folders;
  standIns: readonly Met[];
}

/** One engine, tried with the generated files, or (not `held`) without what holds a process in them. */
export interface Sandbox {
  target: string;
  /** The project and the home folder are where a process of the machine has them. */
  isOnMachine: boolean;
  /** Programs that belong to root and pass its rights on, as the process inside finds them. */
  rooted: (scene: Scene, name: RootedProgram) => string;
  /** A line that asks for `host:port` by its way out, where the sandbox has one. */
  way: (scene: Scene, to: string) => string | undefined;
  run: (scene: Scene, attempts: readonly Attempt[], held: boolean) => Promise<Shown>;
}

export const ROOTED = ['id', 'busybox'] as const;
export type RootedProgram = (typeof ROOTED)[number];

/** An ordinary user, who has no rights to begin with. */
export const USER = 65_534;
export const STARTED = 'stakes-attempts-started';

const stakes = join(import.meta.dirname, '../../../bin/stakes.js');

export function sceneOf({ target, isOnMachine }: Sandbox, tier: Tier): Scene {
  const workspace = createWorkspace();
  const { project, home } = workspace;
  const manifest = `${tier}.agent.yaml`;
  copyFileSync(join(import.meta.dirname, manifest), join(project, manifest));
  const generated = spawnSync(process.execPath, [stakes, 'generate', '-t', target, '-f', 'json'], {
    cwd: project,
    env: { PATH: process.env.PATH, HOME: home, NO_COLOR: '1' },
    encoding: 'utf8',
  });
  if (generated.status !== 0) throw new Error(generated.stderr);
  const { results } = JSON.parse(generated.stdout) as { results: { targets: { id: string; losses: Loss[] }[] }[] };
  const losses = results[0]?.targets.find(({ id }) => id === target)?.losses;
  const file = join(project, '.stakes', tier, 'policy.json');
  const loaded = loadPolicy(readFileSync(file, 'utf8'), file);
  if (loaded.state !== 'ok' || losses === undefined) throw new Error(`no policy in ${file}`);
  const policy = loaded.value;
  const [box] = boxesOf(policy);
  if (box === undefined || policy.tier !== tier) throw new Error(`${manifest} is at ${policy.tier}`);
  const inside = foldersIn(box, workspace);
  for (const folder of [project, home]) chmodSync(folder, 0o777);
  mkdirSync(join(project, 'kb'), { recursive: true });
  const same = (path: string) => ({ outside: path, inside: path });
  const folders = isOnMachine ? { project: same(project), home: same(home) } : inside;
  return { target, workspace, policy, losses, box, folders, standIns: standInsOf([box]) };
}

/** The scene as the provers have theirs. */
export function jobOf({ policy, losses, workspace }: Scene): ProofJob {
  const programs = Object.fromEntries(
    ['unshare', 'runc', 'catatonit', 'busybox', 'squid', 'setpriv', 'prlimit'].map((name) => [name, found(name)]),
  );
  return {
    policy,
    losses,
    bundle: join(workspace.project, '.stakes', policy.root),
    files: [],
    installed: new Map(),
    engine: { path: found('podman'), version: '', programs },
  };
}

export function scriptOf(attempts: readonly Attempt[]): string {
  return [`echo ${STARTED}`, ...attempts.map(({ line }) => line)].join('\n');
}

/** Lines that wait until every stand-in listens, and forget that they were asked. */
export function untilReached({ standIns }: Scene): string[] {
  const waits = standIns.map(
    ({ address, port }) =>
      `n=0; until busybox nc -w 1 ${address} ${port} </dev/null >/dev/null 2>&1 || [ $n -ge 100 ]; do n=$((n+1)); sleep 0.1; done`,
  );
  return [...waits, ': >"$home/reached"'];
}

/** Absolute path of a program. */
export function found(name: string): string {
  return execFileSync('/bin/sh', ['-c', 'command -v "$1"', 'sh', name], { encoding: 'utf8' }).trim();
}
