import { existsSync, mkdirSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import type { Probe } from '../../model/proof.ts';
import { type BoundedResult, runBounded } from '../../probe/bounded.ts';
import { startStandInInternet } from '../../probe/stand-in-internet.ts';
import { createWorkspace, type Workspace, writeIn } from '../../probe/workspace.ts';
import { type Box, boxesOf } from '../container/boxes.ts';
import { placesOf } from '../container/places.ts';
import { attemptsOf, FORK } from '../container/proof/attempts.ts';
import { sameFile } from '../container/proof/same-file.ts';
import { seenIn } from '../container/proof/seen.ts';
import { defineProver, type ProofJob, type Trial } from '../prover.ts';

export const prover = defineProver({
  engine: 'bubblewrap',
  title: 'bubblewrap',
  programs: ['bwrap'],
  needs: ['busybox', 'find', 'prlimit', 'setpriv', 'timeout'],
  install: 'apt-get install bubblewrap busybox',
  versionIn: (text) => /^bubblewrap (\d+\.\d+\.\d+\S*)$/.exec(text.trim())?.[1],
  prove,
});

const STARTED = 'stakes-sandbox-started';
const LIMIT_MS = 60_000;

async function prove(job: ProofJob): Promise<Trial[]> {
  const trials: Trial[] = [];
  for (const box of boxesOf(job.policy)) trials.push(await tryBox(job, box));
  const broken = trials.find(({ reason }) => reason !== undefined);
  return broken ? [broken] : [{ way: 'scripts', probes: trials.flatMap(({ probes }) => probes) }];
}

async function tryBox(job: ProofJob, box: Box): Promise<Trial> {
  const way = `${box.path}.sh`;
  // The script is a program: one that was edited would be run with the rights of whoever asks for the proof.
  const edited = sameFile(job, 'bubblewrap', way);
  if (edited !== undefined) return { way, probes: [], reason: edited };
  const workspace = createWorkspace();
  const internet = await startStandInInternet();
  try {
    const script = prepare(job, box, workspace);
    const folders = {
      project: { outside: workspace.project, inside: workspace.project },
      home: { outside: workspace.home, inside: workspace.home },
    };
    const proxy = { host: '127.0.0.1', port: Number(new URL(internet.url).port) };
    const attempts = attemptsOf(job.policy, box, folders, proxy).filter(({ attempt }) => isBound(attempt));
    const lines = [`echo ${STARTED}`, ...attempts.map(({ line }) => line)].join('\n');
    const ended = await start(job, workspace, script, lines);
    // A sandbox that never starts would look like one that stops everything.
    if (!ended.stdout.includes(STARTED))
      return { way, probes: [], reason: `the sandbox did not start: ${said(ended.stderr)}`, inconclusive: true };
    const probes: Probe[] = seenIn(box, attempts, { said: ended.stdout, reached: internet.reached }, job.losses);
    return { way, probes };
  } finally {
    await internet.close();
    workspace.remove();
  }
}

/** The kernel does not count what root starts; the files say so. */
function isBound(attempt: string): boolean {
  return attempt !== FORK || process.getuid?.() !== 0;
}

function prepare({ policy, files }: ProofJob, box: Box, { project, home }: Workspace): string {
  const path = `.stakes/${policy.root}/bubblewrap/${box.path}.sh`;
  writeIn(project, path, files.find((file) => file.path === `${box.path}.sh`)?.content ?? '');
  for (const place of placesOf([...(box.read ?? []), ...box.write])) {
    const folder = { project, home, machine: '/' }[place.root];
    if (!existsSync(join(folder, place.rest)) && place.root !== 'machine')
      mkdirSync(join(folder, place.rest), { recursive: true });
  }
  return path;
}

function start(job: ProofJob, { project, home }: Workspace, script: string, lines: string): Promise<BoundedResult> {
  const { engine } = job;
  const folders = [engine.path, ...Object.values(engine.programs)].map((path) => dirname(path));
  const env = { HOME: home, PATH: [...new Set([...folders, '/usr/bin', '/bin'])].join(delimiter), LANG: 'C.UTF-8' };
  return runBounded({
    command: '/bin/sh',
    args: [join(project, script), '/bin/sh', '-c', lines],
    env,
    cwd: project,
    limitMs: LIMIT_MS,
  });
}

function said(text: string): string {
  return text.trim().split('\n').slice(-3).join(' ').slice(0, 200);
}
