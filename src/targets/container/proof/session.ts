import { delimiter, dirname, join } from 'node:path';
import { type BoundedResult, runBounded } from '../../../probe/bounded.ts';
import { type Workspace, writeIn } from '../../../probe/workspace.ts';
import type { Engine } from '../../prover.ts';

/** A stand-in of one host of the internet: who connects to the address is written down under the name. */
export interface StandIn {
  name: string;
  address: string;
  port: number;
}

const LIMIT_MS = 240_000;

/** Writes down the name of every stand-in that is connected to, and says nothing. */
const LISTENER = `
const { appendFileSync } = require('node:fs');
const { createServer } = require('node:net');
for (const { name, address, port } of JSON.parse(process.env.STAND_INS))
  createServer((socket) => {
    appendFileSync('reached', name + '\\n');
    socket.on('error', () => {}).end('HTTP/1.1 200 OK\\r\\n\\r\\nSTAND-IN\\n');
  }).listen(port, address);
`;

/**
 * Runs lines of a shell with podman at hand, in namespaces of their own: no network, mount, container or process of the
 * machine is touched, and nothing of it outlives the session. Needs the rights of root.
 */
export function inSession(
  engine: Engine,
  { root, home }: Workspace,
  standIns: readonly StandIn[],
  lines: readonly string[],
  /** Path of the profile that podman gives to every container; null: its own. */
  seccomp: string | null,
): Promise<BoundedResult> {
  const conf = writeIn(root, 'containers.conf', configuration(root, engine, seccomp));
  const script = writeIn(root, 'session.sh', [...preamble(standIns, engine), ...lines, ''].join('\n'));
  const folders = [engine.path, process.execPath, ...Object.values(engine.programs)].map((path) => dirname(path));
  return runBounded({
    command: engine.programs.unshare ?? 'unshare',
    args: [
      '--net',
      '--mount',
      '--propagation',
      'private',
      '--pid',
      '--fork',
      '--kill-child',
      '--mount-proc',
      'sh',
      script,
    ],
    env: {
      HOME: home,
      PATH: [...new Set([...folders, '/usr/local/sbin', '/usr/sbin', '/usr/bin', '/sbin', '/bin'])].join(delimiter),
      CONTAINERS_CONF: conf,
      DOCKER_HOST: `unix://${join(root, 'podman.sock')}`,
      STAND_INS: JSON.stringify(standIns.map(({ name, address, port }) => ({ name, address, port }))),
      LANG: 'C.UTF-8',
    },
    cwd: root,
    limitMs: LIMIT_MS,
  });
}

function configuration(root: string, { programs }: Engine, seccomp: string | null): string {
  return [
    '[containers]',
    // Where the machine itself may not raise its limits, those of the engine's defaults cannot be set.
    'default_ulimits = ["nofile=1024:1024", "nproc=2048:2048"]',
    ...(seccomp === null ? [] : [`seccomp_profile = ${JSON.stringify(seccomp)}`]),
    `init_path = ${JSON.stringify(programs.catatonit ?? '')}`,
    '[engine]',
    'events_logger = "none"',
    'cgroup_manager = "cgroupfs"',
    `runtime = ${JSON.stringify(programs.runc ?? 'runc')}`,
    '[network]',
    'network_backend = "netavark"',
    `network_config_dir = ${JSON.stringify(join(root, 'networks'))}`,
    '',
  ].join('\n');
}

function preamble(standIns: readonly StandIn[], engine: Engine): string[] {
  const options = '--root "$home/store" --runroot "$home/run" --tmpdir "$home/tmp" --storage-driver vfs';
  return [
    'set -eu',
    'home=$PWD',
    // Locks and sockets that other containers of the machine would share.
    'mount -t tmpfs none /dev/shm',
    'mount -t tmpfs none /run',
    'busybox ip link set lo up',
    ...standIns.map(({ address }) => `busybox ip addr add ${address}/32 dev lo 2>/dev/null || :`),
    ...(standIns.length > 0 ? [`${JSON.stringify(process.execPath)} -e ${quotedProgram(LISTENER)} &`] : []),
    `podman() { command ${JSON.stringify(engine.path)} ${options} "$@"; }`,
    'image() { tar -C "$1" -c . | podman import -q - "$2" >/dev/null; }',
  ];
}

function quotedProgram(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`;
}
