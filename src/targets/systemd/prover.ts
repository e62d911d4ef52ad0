import { startStandInInternet } from '../../probe/stand-in-internet.ts';
import { createWorkspace, type Workspace } from '../../probe/workspace.ts';
import { type Box, boxesOf } from '../container/boxes.ts';
import { type Attempt, attemptsOf } from '../container/proof/attempts.ts';
import { foldersIn, shortened, written } from '../container/proof/folders.ts';
import { seenIn } from '../container/proof/seen.ts';
import { defineProver, type ProofJob, type Trial } from '../prover.ts';
import { stateFolder } from './names.ts';
import { type ControlGroups, makeGroups } from './proof/cgroups.ts';
import { complaintOf, stageUnits, strangeIn } from './proof/checks.ts';
import { openFolders } from './proof/open.ts';
import { inSession } from './proof/session.ts';
import { STARTED, stage, stateLines } from './proof/staged.ts';

export const prover = defineProver({
  engine: 'systemd',
  title: 'systemd',
  programs: ['systemd-analyze'],
  needs: ['busybox', 'systemctl', 'unshare'],
  install: 'apt-get install systemd busybox-static',
  versionIn: (text) => /^systemd (\d+)\b/.exec(text.trim())?.[1],
  prove,
});

const WAY = 'units';
const AS_ROOT =
  'the units are well formed; what they hold is tried on a systemd in namespaces of its own, which takes the rights of root: run it as root, best on a machine to throw away';

async function prove(job: ProofJob): Promise<Trial[]> {
  const strange = strangeIn(job);
  if (strange !== undefined) return [{ way: WAY, probes: [], reason: strange }];
  const workspace = createWorkspace();
  try {
    stageUnits(job, workspace);
    const complaint = await complaintOf(job, workspace);
    if (complaint !== undefined) return [{ way: WAY, probes: [], reason: complaint }];
    if (process.getuid?.() !== 0) return [notProven(AS_ROOT)];
    return [await inGroups(job, workspace)];
  } finally {
    workspace.remove();
  }
}

async function inGroups(job: ProofJob, workspace: Workspace): Promise<Trial> {
  const groups = makeGroups();
  if (groups === undefined) return notProven('control groups cannot be made on this machine');
  const internet = await startStandInInternet();
  try {
    const port = Number(new URL(internet.url).port);
    return await tryUnits(job, workspace, groups, { reached: internet.reached, port });
  } finally {
    await internet.close();
    groups.remove();
  }
}

function notProven(reason: string): Trial {
  return { way: WAY, probes: [], reason, inconclusive: true };
}

async function tryUnits(
  job: ProofJob,
  workspace: Workspace,
  groups: ControlGroups,
  { reached, port }: { reached: readonly string[]; port: number },
): Promise<Trial> {
  const boxes = boxesOf(job.policy);
  const attempts = boxes.map((box) => attemptsIn(job, box, workspace, port));
  stage(job, workspace, boxes, attempts);
  const ended = await inSession(job.engine, workspace, groups, stateLines(job, boxes));
  const tried = boxes.map((box, at) => {
    const said = written(workspace, `said-${at}`);
    // A unit that never starts would look like one that stops everything.
    return said.includes(STARTED) ? seenIn(box, attempts[at] ?? [], { said, reached }, job.losses) : undefined;
  });
  if (!tried.includes(undefined)) return { way: WAY, probes: tried.flatMap((probes) => probes ?? []) };
  const why = ended.timedOut ? 'they did not end in time' : whyNot(workspace, `${ended.stdout}\n${ended.stderr}`);
  return notProven(`the units did not start: ${why}`);
}

function attemptsIn({ policy }: ProofJob, box: Box, workspace: Workspace, port: number): Attempt[] {
  const { project, home } = foldersIn(box, workspace);
  const state = stateFolder(policy);
  const folders = {
    project: { ...project, inside: `${state}/project` },
    home: { ...home, inside: `${state}/home` },
  };
  const attempts = attemptsOf(policy, box, folders, { host: '127.0.0.1', port });
  // What keeps a process out is then its unit, and not the owner of a file.
  for (const folder of [workspace.project, workspace.home]) openFolders(folder);
  return attempts;
}

function whyNot(workspace: Workspace, output: string): string {
  const results = written(workspace, 'results');
  return shortened(results === '' ? output : results.replaceAll('\n', ' '));
}
