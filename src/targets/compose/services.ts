import { createHash } from 'node:crypto';
import { inOrder } from '../../source/order.ts';
import type { Box } from '../container/boxes.ts';
import { isVariable } from '../container/boxes.ts';
import { CEILINGS, NOBODY } from '../container/ceilings.ts';
import { HOME, insideOf, isMountable, PROJECT } from '../container/inside.ts';
import { type Place, placesOf } from '../container/places.ts';
import { writablePlaces } from '../container/protected.ts';
import { PROXY_PORT } from './squid.ts';
import type { Subnet } from './subnets.ts';

/** The name of a box's service, another one for every other box. */
export function serviceOf({ path }: Box): string {
  if (/^[a-z0-9/-]{1,60}$/.test(path)) return path.replaceAll('/', '.');
  // A plain part holds no dot, and none of them is this long.
  return `${path.replace(/[^a-z0-9]+/g, '-').slice(0, 20)}.${createHash('sha256').update(path).digest('hex').slice(0, 40)}`;
}

/** The variable that names the image of a service. */
export function imageOf(service: string): string {
  return `STAKES_IMAGE_${service.toUpperCase().replace(/[^A-Z0-9]/g, '_')}`;
}

/** Services of one process: its own, and a proxy where it may reach hosts, in a network of the two. */
export function servicesOf(
  box: Box,
  protectedPaths: readonly string[],
  subnet: Subnet | undefined,
): Record<string, object> {
  const name = serviceOf(box);
  const proxy = `${name}-egress`;
  const url = `http://${subnet?.proxy}:${PROXY_PORT}`;
  const way = { HTTP_PROXY: url, HTTPS_PROXY: url, http_proxy: url, https_proxy: url, NODE_USE_ENV_PROXY: '1' };
  const process = {
    ...hardened(imageOf(name), CEILINGS),
    ...(box.server === null ? {} : { entrypoint: [box.server.command ?? '', ...box.server.args].map(interpolated) }),
    init: true,
    stdin_open: true,
    working_dir: box.cwd === null ? PROJECT : folderOf(box.cwd),
    environment: inOrder({ HOME, ...environment(box), ...(subnet === undefined ? {} : way) }),
    tmpfs: [`/tmp:mode=1777,size=${CEILINGS.scratchMiB}m`, `${HOME}:mode=1777,size=${CEILINGS.scratchMiB}m`],
    volumes: volumes(box, protectedPaths),
  };
  if (subnet === undefined) return { [name]: { ...process, network_mode: 'none' } };
  return {
    // Without names: the engine's own resolver would carry them out, with any text in them.
    [name]: { ...process, depends_on: [proxy], networks: [`${name}-inside`], dns: ['127.0.0.1'] },
    [proxy]: {
      ...hardened('STAKES_IMAGE_SQUID', { ...CEILINGS, processes: 64, memoryMiB: 256 }),
      // Squid would drop the rights of root, which here it never has.
      user: `${NOBODY}:${NOBODY}`,
      entrypoint: ['squid', '-N', '-f', '/etc/squid/stakes.conf'],
      tmpfs: [`/tmp:mode=1777,size=16m`],
      volumes: [mount(`./egress/${name}.conf`, '/etc/squid/stakes.conf', true)],
      networks: { [`${name}-inside`]: { ipv4_address: subnet.proxy }, outside: {} },
    },
  };
}

/** What every container is held by, whatever runs in it. */
function hardened(image: string, { processes, memoryMiB, cpus }: Record<'processes' | 'memoryMiB' | 'cpus', number>) {
  return {
    image: `\${${image}:?name an image in ${image}}`,
    user: `\${STAKES_UID:-${NOBODY}}:\${STAKES_GID:-${NOBODY}}`,
    read_only: true,
    cap_drop: ['ALL'],
    security_opt: ['no-new-privileges:true', 'seccomp:./seccomp.json'],
    pids_limit: processes,
    mem_limit: `${memoryMiB}m`,
    memswap_limit: `${memoryMiB}m`,
    cpus,
    ulimits: { core: 0, nofile: 4096 },
  };
}

function volumes(box: Box, protectedPaths: readonly string[]): object[] {
  const write = writablePlaces(box.write, protectedPaths).filter(isMountable);
  const read = placesOf([...(box.read ?? []), ...box.runtime]).filter(isMountable);
  const targets = new Set(write.map(insideOf));
  const mounts = [
    ...read
      .filter((place) => !targets.has(insideOf(place)))
      .map((place) => mount(outside(place), insideOf(place), true)),
    ...write.map((place) => mount(outside(place), insideOf(place), false)),
    // The bundle is there, so the mount leaves nothing behind.
    ...(write.some(({ root, rest }) => root === 'project' && rest === '')
      ? [mount('../..', `${PROJECT}/.stakes`, true)]
      : []),
  ];
  return mounts.sort(
    (a, b) => a.target.split('/').length - b.target.split('/').length || (a.target < b.target ? -1 : 1),
  );
}

function mount(source: string, target: string, isReadOnly: boolean) {
  // A folder that is missing is an error, and not made as root's.
  return {
    type: 'bind',
    source: escaped(source),
    target: escaped(target),
    read_only: isReadOnly,
    bind: { create_host_path: false },
  };
}

/** From the folder of the files, which lies three below the project. */
function outside({ root, rest }: Place): string {
  if (root === 'machine') return `/${rest}`;
  const start = root === 'project' ? '../../..' : '\0HOME';
  return rest === '' ? start : `${start}/${rest}`;
}

function folderOf(cwd: string): string {
  const [place] = placesOf([cwd]);
  return place === undefined ? PROJECT : escaped(insideOf(place));
}

function environment({ env, server }: Box): Record<string, string | null> {
  const own = server?.env ?? {};
  const entries = env.map((name): [string, string | null] => {
    const value = own[name];
    // Without a value it is that of whoever starts it, and never on a command line.
    return [name, value === undefined || value === `\${${name}}` ? null : interpolated(value)];
  });
  return Object.fromEntries(entries);
}

/** Text in which only `${NAME}` stands for something. */
function interpolated(text: string): string {
  return text
    .split(/(\$\{[A-Za-z_][A-Za-z0-9_]*\})/)
    .map((part, at) => {
      const name = part.slice(2, -1);
      return at % 2 === 1 && isVariable(name) ? `\${${name}:?set ${name}}` : part.replaceAll('$', '$$$$');
    })
    .join('');
}

function escaped(path: string): string {
  return path.replaceAll('$', '$$$$').replace('\0HOME', '${HOME:?set HOME}');
}
