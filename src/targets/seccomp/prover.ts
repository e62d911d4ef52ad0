import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createWorkspace, writeIn } from '../../probe/workspace.ts';
import { type Attempt, rightAttempts } from '../container/proof/attempts.ts';
import { CONTAINER_NEEDS, rootReason } from '../container/proof/needs.ts';
import { busyboxRoot } from '../container/proof/rootfs.ts';
import { inSession } from '../container/proof/session.ts';
import { judged } from '../judge.ts';
import { defineProver, type ProofJob, type Trial } from '../prover.ts';

export const prover = defineProver({
  engine: 'seccomp',
  title: 'podman',
  programs: ['podman'],
  needs: CONTAINER_NEEDS,
  install: 'apt-get install podman runc catatonit busybox-static',
  versionIn: (text) => /^podman version (\d+\.\d+\.\d+\S*)$/.exec(text.trim())?.[1],
  prove,
});

const WAY = 'seccomp.json';
const STARTED = 'stakes-container-started';

/** Of the rights that a container could have, those that a profile takes. */
const TAKEN = ['a raw socket', 'a mount', 'a user namespace of its own'];

async function prove({ policy, bundle, engine }: ProofJob): Promise<Trial[]> {
  const reason = rootReason();
  if (reason !== undefined) return [{ way: WAY, probes: [], reason, inconclusive: true }];
  const profile = profileIn(join(bundle, 'seccomp', WAY));
  if (profile === undefined) return [{ way: WAY, probes: [], reason: '`seccomp/seccomp.json` is gone or no JSON' }];
  const workspace = createWorkspace();
  try {
    const attempts = attemptsUnder();
    busyboxRoot(join(workspace.root, 'box'), engine.programs.busybox ?? '');
    writeIn(workspace.root, 'attempts.sh', [`echo ${STARTED}`, ...attempts.map(({ line }) => line)].join('\n'));
    writeIn(workspace.root, 'profile.json', profile);
    // All the rights of root: what stops a call is then the profile alone.
    const run =
      'podman run --rm --network none --cap-add ALL --ulimit nofile=1024:1024 --ulimit nproc=2048:2048 --security-opt "seccomp=$home/profile.json" --rootfs "$home/box" /bin/sh -c "$(cat attempts.sh)"';
    const ended = await inSession(engine, workspace, [], [`${run} 2>&1`], null);
    if (!ended.stdout.includes(STARTED)) {
      const said = `${ended.stdout}\n${ended.stderr}`.trim().split('\n').slice(-2).join(' ').slice(0, 300);
      const reason = `the container did not start: ${said}`;
      // A profile that the engine cannot read is the file's fault.
      return [{ way: WAY, probes: [], reason, ...(/seccomp|SCMP_/.test(said) ? {} : { inconclusive: true as const }) }];
    }
    const probes = attempts.map(({ attempt, expected, came }) => {
      const observed = came(ended.stdout, []) ? 'ran' : 'refused';
      const by = observed === 'ran' ? 'the profile lets it through' : 'the profile';
      return judged({ agent: policy.root, tool: 'a container', attempt, expected, observed, by });
    });
    return [{ way: WAY, probes }];
  } finally {
    workspace.remove();
  }
}

function attemptsUnder(): Attempt[] {
  const runs = (attempt: string, line: string, mark: string): Attempt => ({
    attempt,
    expected: 'runs',
    line,
    came: (said) => said.includes(mark),
  });
  return [
    runs('files and processes', 'echo x > /tmp/f && (cat /tmp/f | busybox tr x y)', '\ny\n'),
    runs(
      'a connection',
      '(echo hello | busybox nc -l -p 8080 >/dev/null &) ; sleep 1; echo | busybox nc -w 2 127.0.0.1 8080',
      'hello',
    ),
    ...rightAttempts().filter(({ attempt }) => TAKEN.includes(attempt)),
  ];
}

function profileIn(path: string): string | undefined {
  try {
    const text = readFileSync(path, 'utf8');
    JSON.parse(text);
    return text;
  } catch {
    return undefined;
  }
}
