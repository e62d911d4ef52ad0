import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { parse, stringify } from 'yaml';
import { asList, asRecord, type Json, type JsonRecord } from '../../../src/probe/json.ts';
import { writeIn } from '../../../src/probe/workspace.ts';
import { reachedBy } from '../../../src/targets/compose/proof/stand-ins.ts';
import { written } from '../../../src/targets/container/proof/folders.ts';
import { busyboxRoot } from '../../../src/targets/container/proof/rootfs.ts';
import { inSession } from '../../../src/targets/container/proof/session.ts';
import { podName } from '../../../src/targets/kubernetes/names.ts';
import { claimLines, readPod, STARTED, stagedPod } from '../../../src/targets/kubernetes/staged.ts';
import { addRooted, rootedInBox } from './box-root.ts';
import { jobOf, type Sandbox, type Scene, untilReached } from './scene.ts';

/** A network as podman makes it for every Pod: no NetworkPolicy holds there. */
export const kubernetes: Sandbox = {
  target: 'kubernetes',
  isOnMachine: false,
  rooted: (_, name) => rootedInBox(name),
  way: () => undefined,
  run: async (scene, attempts, held) => {
    const { workspace, policy, box, standIns } = scene;
    const job = jobOf(scene);
    const pod = readPod(job, box);
    if ('reason' in pod) throw new Error(pod.reason);
    const staged = stagedPod(pod.value, attempts);
    writeIn(workspace.root, 'pod.yaml', held ? staged : takenOff(staged, scene));
    busyboxRoot(join(workspace.root, 'box'), job.engine.programs.busybox ?? '');
    addRooted(scene);
    mkdirSync(join(workspace.root, 'networks'));
    const name = `${podName(policy, box)}-main`;
    const lines = [
      'image box localhost/stakes-box:latest',
      ...claimLines(policy, [box]),
      ...untilReached(scene),
      'podman play kube -q pod.yaml',
      `podman wait ${name} >/dev/null`,
      `podman logs ${name} >said 2>&1`,
      'podman pod rm -fa -t 0 >/dev/null',
    ];
    const ended = await inSession(job.engine, workspace, standIns, lines, null);
    const said = written(workspace, 'said');
    if (!said.includes(STARTED)) throw new Error(`the Pod did not start: ${said}${ended.stdout}${ended.stderr}`);
    return { said, reached: reachedBy(box, written(workspace, 'reached').split('\n')) };
  },
};

/** The same Pod, image and user with none of the rules: the folders whole, and the usual rights. */
function takenOff(staged: string, { workspace: { project, home }, folders }: Scene): string {
  const pod = asRecord(parse(staged) as Json);
  const spec = asRecord(pod.spec);
  const [container = {}] = asList(spec.containers).map(asRecord);
  const { runAsUser = null, runAsGroup = null } = asRecord(spec.securityContext);
  const places = { project: [project, folders.project.inside], home: [home, folders.home.inside] };
  const { name, image, imagePullPolicy, command, env } = container;
  const bare = {
    ...({ name, image, imagePullPolicy, command, env } as JsonRecord),
    // Of root inside, which the user is not; podman leaves it out by itself.
    securityContext: { runAsUser, runAsGroup, capabilities: { add: ['NET_RAW'] } },
    volumeMounts: Object.entries(places).map(([volume, [, mountPath = '']]) => ({ name: volume, mountPath })),
  };
  const volumes = Object.entries(places).map(([volume, [path = '']]) => ({
    name: volume,
    hostPath: { path, type: 'Directory' },
  }));
  return stringify(
    { ...pod, spec: { restartPolicy: 'Never', containers: [bare], volumes } },
    { aliasDuplicateObjects: false },
  );
}
