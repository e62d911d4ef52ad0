import { createWorkspace, type Workspace, writeIn } from '../../probe/workspace.ts';
import { type Box, boxesOf } from '../container/boxes.ts';
import { type Attempt, attemptsOf, FORK } from '../container/proof/attempts.ts';
import { foldersIn, shortened, written } from '../container/proof/folders.ts';
import { CONTAINER_NEEDS, rootReason } from '../container/proof/needs.ts';
import { busyboxRoot } from '../container/proof/rootfs.ts';
import { seenIn } from '../container/proof/seen.ts';
import { inSession } from '../container/proof/session.ts';
import { defineProver, type ProofJob, type Trial } from '../prover.ts';
import { PROCESSES } from './losses.ts';
import { podName } from './names.ts';
import { claimLines, readPod, STARTED, stagedPod } from './staged.ts';

export const prover = defineProver({
  engine: 'kubernetes',
  title: 'podman play kube',
  programs: ['podman'],
  needs: CONTAINER_NEEDS,
  install: 'apt-get install podman runc catatonit busybox-static',
  versionIn: (text) => /^podman version (\d+\.\d+\.\d+\S*)$/.exec(text.trim())?.[1],
  prove,
});

const WAY = 'pods';
/** Where nothing is: hosts are the NetworkPolicy's, which no engine here enforces, so none is tried. */
const NOBODY_THERE = { host: '198.51.100.1', port: 443 };

interface Plan {
  box: Box;
  attempts: readonly Attempt[];
}

async function prove(job: ProofJob): Promise<Trial[]> {
  const asRoot = rootReason();
  if (asRoot !== undefined) return [{ way: WAY, probes: [], reason: asRoot, inconclusive: true }];
  const boxes = boxesOf(job.policy);
  const pods = boxes.map((box) => readPod(job, box));
  const broken = pods.find((pod) => 'reason' in pod);
  if (broken !== undefined && 'reason' in broken) return [{ way: WAY, probes: [], reason: broken.reason }];
  const workspace = createWorkspace();
  try {
    const plans = boxes.map((box): Plan => {
      const attempts = attemptsOf(job.policy, box, foldersIn(box, workspace), NOBODY_THERE);
      return { box, attempts: attempts.filter(({ attempt }) => isOfThePod(attempt)) };
    });
    for (const [at, { attempts }] of plans.entries()) {
      const pod = pods[at];
      if (pod !== undefined && 'value' in pod)
        writeIn(workspace.root, `pod-${at}.yaml`, stagedPod(pod.value, attempts));
    }
    busyboxRoot(`${workspace.root}/box`, job.engine.programs.busybox ?? '');
    const ended = await inSession(job.engine, workspace, [], sessionLines(job, plans), null);
    return [trialOf(job, workspace, plans, `${ended.stdout}\n${ended.stderr}`)];
  } finally {
    workspace.remove();
  }
}

function trialOf(job: ProofJob, workspace: Workspace, plans: readonly Plan[], output: string): Trial {
  const owned = { [FORK]: PROCESSES };
  const shown = plans.map(({ box, attempts }, at) => {
    const said = written(workspace, `said-${at}`);
    // A Pod that never starts would look like one that stops everything.
    return said.includes(STARTED) ? seenIn(box, attempts, { said, reached: [] }, job.losses, owned) : undefined;
  });
  if (!shown.includes(undefined)) return { way: WAY, probes: shown.flatMap((probes) => probes ?? []) };
  return { way: WAY, probes: [], reason: `a Pod did not start: ${shortened(output)}`, inconclusive: true };
}

/** Not about hosts, and not about what the runtime's own profile of the cluster says. */
function isOfThePod(attempt: string): boolean {
  return !attempt.startsWith('a call to') && attempt !== 'a user namespace of its own';
}

function sessionLines({ policy }: ProofJob, plans: readonly Plan[]): string[] {
  return [
    'image box localhost/stakes-box:latest',
    ...claimLines(
      policy,
      plans.map(({ box }) => box),
    ),
    ...plans.flatMap(({ box }, at) => [
      `podman play kube -q --network none pod-${at}.yaml`,
      `podman wait ${podName(policy, box)}-main >/dev/null`,
      `podman logs ${podName(policy, box)}-main >"$home/said-${at}" 2>&1`,
    ]),
    'podman pod rm -fa -t 0 >/dev/null',
  ];
}
