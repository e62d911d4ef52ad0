import { delimiter, dirname } from 'node:path';
import { type BoundedResult, runBounded } from '../../../probe/bounded.ts';
import { type Workspace, writeIn } from '../../../probe/workspace.ts';
import { quoted } from '../../claude-code/quoted.ts';
import type { Engine } from '../../prover.ts';
import type { ControlGroups } from './cgroups.ts';

/** Where a session finds the workspace. */
export const INSIDE = '/run/stakes-proof';
/** Its folders of the person, below nothing that keeps anybody out. */
export const FOLDERS = '/run/stakes-folders';
/** Units, and nothing of the machine's own. */
const UNITS = `${INSIDE}/units`;

const LIMIT_MS = 120_000;

/**
 * Runs a systemd of this machine as the first process of namespaces of its own, with the units of the workspace and no
 * others. No process, mount, unit or control group of the machine is touched, and nothing outlives it. Needs the rights
 * of root. `lines`: of a shell, run before it; the workspace is the folder they start in.
 */
export function inSession(
  engine: Engine,
  { root, home }: Workspace,
  { all }: ControlGroups,
  lines: readonly string[],
): Promise<BoundedResult> {
  const { programs } = engine;
  const inner = writeIn(root, 'session.sh', [...preamble(root, all), ...lines, boot(engine), ''].join('\n'));
  const outer = writeIn(
    root,
    'enter.sh',
    [
      'set -eu',
      ...all.map(({ group }) => `echo $$ >${quoted(`${group}/cgroup.procs`)}`),
      `exec ${quoted(programs.unshare ?? 'unshare')} --cgroup --mount --propagation private --uts --ipc --pid --fork --kill-child --mount-proc sh ${quoted(inner)}`,
      '',
    ].join('\n'),
  );
  const folders = [engine.path, ...Object.values(programs)].map((path) => dirname(path));
  return runBounded({
    command: '/bin/sh',
    args: [outer],
    env: {
      HOME: home,
      PATH: [...new Set([...folders, '/usr/sbin', '/usr/bin', '/sbin', '/bin'])].join(delimiter),
      LANG: 'C.UTF-8',
    },
    cwd: root,
    limitMs: LIMIT_MS,
  });
}

function preamble(root: string, all: ControlGroups['all']): string[] {
  return [
    'set -eu',
    'mount -t tmpfs -o mode=755 none /run',
    `mkdir ${INSIDE}`,
    // A mount of its own, which stays as it is when that of the machine becomes read-only.
    `mount --bind ${quoted(root)} ${INSIDE}`,
    ...['project', 'home'].flatMap((name) => [
      `mkdir -p ${FOLDERS}/${name}`,
      `mount --bind ${quoted(`${root}/${name}`)} ${FOLDERS}/${name}`,
    ]),
    ...['/tmp', '/var/tmp', '/var/lib'].map((path) => `mount -t tmpfs -o mode=1777 none ${path}`),
    'mount -o remount,bind,ro /',
    ...(all.some(({ at }) => at === '/sys/fs/cgroup')
      ? []
      : ['mount -t tmpfs none /sys/fs/cgroup', `mkdir -p ${all.map(({ at }) => quoted(at)).join(' ')}`]),
    ...all.map(
      ({ at, type, options }) => `mount -t ${type}${options === '' ? '' : ` -o ${options}`} none ${quoted(at)}`,
    ),
    // Where the machine itself may not raise its limits, systemd's defaults cannot be set.
    'mkdir -p /run/systemd/system.conf.d',
    "printf '[Manager]\\nDefaultLimitNOFILE=1024:1024\\nDefaultLimitMEMLOCK=65536:65536\\n' >/run/systemd/system.conf.d/limits.conf",
    // Credentials get to a unit by a mount that another process makes; ours alone, so nothing of it gets out.
    'mount --make-rshared /',
    `cd ${INSIDE}`,
    `export SYSTEMD_UNIT_PATH=${UNITS}`,
  ];
}

function boot({ programs }: Engine): string {
  const program = quoted(programs.systemd ?? '/lib/systemd/systemd');
  return `container=stakes exec ${program} --system --show-status=no --log-target=null --unit=proof.target </dev/null`;
}
