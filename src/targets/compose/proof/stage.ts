import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse, stringify } from 'yaml';
import { type Workspace, writeIn } from '../../../probe/workspace.ts';
import { quoted } from '../../claude-code/quoted.ts';
import type { Box } from '../../container/boxes.ts';
import type { Attempt } from '../../container/proof/attempts.ts';
import { busyboxRoot, squidRoot } from '../../container/proof/rootfs.ts';
import type { ProofJob } from '../../prover.ts';
import { projectName } from '../file.ts';
import { imageOf, serviceOf } from '../services.ts';
import { isProxyHost, PROXY_PORT } from '../squid.ts';
import type { Met } from './stand-ins.ts';

export const STARTED = 'stakes-container-started';
export const OPEN = 'stakes-way-open';

/** What is tried in one box; `proxy`: the address that its way out goes through, or would. */
export interface Plan {
  box: Box;
  attempts: readonly Attempt[];
  proxy: string;
}

interface File {
  name?: string;
  services: Record<string, { volumes?: { bind?: unknown }[]; security_opt?: string[] }>;
}

/** Puts the files and what they need where a session finds them. */
export function stage(
  { policy, bundle, engine }: ProofJob,
  { root, project }: Workspace,
  plans: readonly Plan[],
  standIns: readonly Met[],
): { seccomp: string | null } {
  const folder = join(project, '.stakes', policy.root, 'compose');
  for (const path of ['seccomp.json', ...plans.flatMap(({ box }) => egressFile(box))])
    writeIn(folder, path, readFileSync(join(bundle, 'compose', path), 'utf8'));
  const text = readFileSync(join(bundle, 'compose/compose.yaml'), 'utf8');
  const file = parse(text) as File;
  writeIn(folder, 'compose.yaml', stringify(olderFile(file), { aliasDuplicateObjects: false }));
  // A limit that podman would set by itself, and may not on every machine.
  const ulimits = { nproc: 2048 };
  const services = plans.flatMap(({ box, attempts, proxy }) => [
    [
      serviceOf(box),
      { ulimits, entrypoint: ['/bin/sh', '-c', scriptOf(box, attempts, proxy).replaceAll('$', '$$$$')] },
    ],
    ...egressFile(box).map(() => [`${serviceOf(box)}-egress`, { ulimits, extra_hosts: hostsFor(box, standIns) }]),
  ]);
  writeIn(root, 'probe.yaml', stringify({ services: Object.fromEntries(services) as object }));
  // What the file refers to; images and people are named in the session itself.
  const named = [...text.matchAll(/\$\{([A-Za-z_][A-Za-z0-9_]*)/g)].map(([, name = '']) => `${name}=stand-in\n`);
  writeIn(root, 'probe.env', [...new Set(named)].join(''));
  mkdirSync(join(root, 'networks'));
  busyboxRoot(join(root, 'box'), engine.programs.busybox ?? '');
  squidRoot(join(root, 'squid'), engine.programs.squid ?? '');
  const isFiltered = Object.values(file.services).every(({ security_opt }) => security_opt?.includes(PROFILE));
  return { seccomp: isFiltered ? join(folder, 'seccomp.json') : null };
}

const PROFILE = 'seccomp:./seccomp.json';

/** docker-compose 1, which Debian has, knows neither `name` nor `create_host_path`, and podman takes no profile from it. */
function olderFile({ name: _, services, ...rest }: File): object {
  const older = Object.entries(services).map(([name, { volumes = [], security_opt = [], ...service }]) => [
    name,
    {
      ...service,
      security_opt: security_opt.filter((option) => option !== PROFILE),
      volumes: volumes.map(({ bind: __, ...volume }) => volume),
    },
  ]);
  return { ...rest, services: Object.fromEntries(older) as object };
}

/** The proxy of a box finds its own stand-ins under the names of the hosts. */
function hostsFor(box: Box, standIns: readonly Met[]): string[] {
  return standIns.flatMap(({ box: by, name, address }) =>
    by === box ? [`${name.split(' ')[1]?.split(':')[0]}:${address}`] : [],
  );
}

function egressFile(box: Box): string[] {
  return box.hosts.some(isProxyHost) ? [`egress/${serviceOf(box)}.conf`] : [];
}

function scriptOf(box: Box, attempts: readonly Attempt[], proxy: string): string {
  const wait = `n=0; until busybox nc -w 1 ${proxy} ${PROXY_PORT} </dev/null; do n=$((n+1)); [ $n -lt 30 ] || exit 0; sleep 0.2; done; echo ${OPEN}`;
  return [`echo ${STARTED}`, ...egressFile(box).map(() => wait), ...attempts.map(({ line }) => line)].join('\n');
}

/** As root inside, what stops a process is the container and not the owner of a file. */
export function sessionLines({ policy }: ProofJob, boxes: readonly Box[], user = 0): string[] {
  const folder = join('project/.stakes', policy.root, 'compose');
  const compose = `docker-compose --env-file "$home/probe.env" -p ${quoted(projectName(policy))} -f compose.yaml -f "$home/probe.yaml"`;
  return [
    'image box localhost/stakes-box',
    ...(boxes.some((box) => egressFile(box).length > 0) ? ['image squid localhost/stakes-squid'] : []),
    'podman system service --time 0 "$DOCKER_HOST" >service.log 2>&1 </dev/null &',
    'n=0; while [ ! -S podman.sock ] && [ $n -lt 100 ]; do n=$((n+1)); sleep 0.1; done',
    `export STAKES_UID=${user} STAKES_GID=${user} STAKES_IMAGE_SQUID=localhost/stakes-squid`,
    ...boxes.map((box) => `export ${imageOf(serviceOf(box))}=localhost/stakes-box`),
    // Version 1 looks for the profile of seccomp where it is started.
    `cd ${quoted(folder)}`,
    ': >"$home/reached"',
    `${compose} up -d </dev/null`,
    ...boxes.flatMap((box) => [
      `id=$(podman ps -aq --filter label=com.docker.compose.service=${serviceOf(box)})`,
      'podman wait "$id" >/dev/null',
      `podman logs "$id" >"$home/said-${serviceOf(box)}" 2>&1`,
    ]),
    'podman rm -fa -t 0 >/dev/null',
  ];
}
