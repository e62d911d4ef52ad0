import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Policy } from '../../../model/policy.ts';
import type { Expectation } from '../../../model/proof.ts';
import { quoted } from '../../claude-code/quoted.ts';
import type { Box } from '../boxes.ts';
import { CEILINGS } from '../ceilings.ts';
import { type Place, placesOf } from '../places.ts';
import { writablePlaces } from '../protected.ts';

/**
 * One thing to try inside a sandbox, and how to see from outside that it came through. It must be harmless where nothing
 * holds it back: an engine that ignores its files runs it on the machine itself, perhaps as root.
 */
export interface Attempt {
  /** In words. */
  attempt: string;
  expected: Expectation;
  /** For a shell with `busybox` on its PATH; every word of it is ours or quoted. */
  line: string;
  came: (said: string, reached: readonly string[]) => boolean;
}

/** The same two folders, as the machine has them and as the process inside sees them. */
export interface Folders {
  project: { outside: string; inside: string };
  home: { outside: string; inside: string };
}

/** Where a process finds the stand-in of the internet, when nothing keeps it from it. */
export interface Proxy {
  host: string;
  port: number;
}

/** A host that nobody lists: names that end in `.invalid` never exist. */
export const NOWHERE = 'stakes.invalid';
/** Where clouds hand out the credentials of a machine. */
export const METADATA = '169.254.169.254:80';

export function attemptsOf(policy: Policy, box: Box, folders: Folders, proxy: Proxy): Attempt[] {
  return [...fileAttempts(policy, box, folders), ...hostAttempts(box, proxy), ...rightAttempts()];
}

function fileAttempts({ protectedPaths }: Policy, box: Box, { project, home }: Folders): Attempt[] {
  const own = ({ root }: Place) => root === 'project';
  const readable = placesOf(box.read ?? []).filter(own);
  const writable = writablePlaces(box.write, protectedPaths).filter(own);
  const isAll = (places: readonly Place[]) => places.some(({ rest }) => rest === '');
  const [toRead] = [...readable, ...writable];
  const [toWrite] = writable;
  const isWithin = (inner: Place, outer: Place) => outer.rest === '' || `${inner.rest}/`.startsWith(`${outer.rest}/`);
  const toKeep = readable.find((place) => !writable.some((one) => isWithin(place, one)));
  const listed = ({ rest }: Place) => `\`./${rest}\``;
  return [
    reads('a key in the home folder', 'refused', home, '.ssh/id_stakes'),
    reads(
      'a file that is not listed',
      isAll([...readable, ...writable]) ? 'runs' : 'refused',
      project,
      'stakes-other/file',
    ),
    ...(toRead ? [reads(`a file in ${listed(toRead)}`, 'runs', project, join(toRead.rest, 'stakes-readable'))] : []),
    writes('a write that is not listed', isAll(writable) ? 'runs' : 'refused', project, 'stakes-new-file'),
    writes('a write into `.stakes`', 'refused', project, '.stakes/stakes-new-file'),
    ...(toKeep ? [writes(`a write into ${listed(toKeep)}`, 'refused', project, join(toKeep.rest, 'stakes-kept'))] : []),
    ...(toWrite
      ? [writes(`a write into ${listed(toWrite)}`, 'runs', project, join(toWrite.rest, 'stakes-written'))]
      : []),
  ];
}

function reads(attempt: string, expected: Expectation, at: Folders['project'], path: string): Attempt {
  // In the file and not in its name, which an error would repeat.
  const mark = markOf();
  const name = `${path}-${markOf()}`;
  const file = join(at.outside, name);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, `${mark}\n`);
  return {
    attempt,
    expected,
    line: `cat ${quoted(join(at.inside, name))}`,
    came: (said) => said.includes(mark),
  };
}

function writes(attempt: string, expected: Expectation, at: Folders['project'], path: string): Attempt {
  const name = `${path}-${markOf()}`;
  const file = join(at.outside, name);
  mkdirSync(dirname(file), { recursive: true });
  const line = `echo written > ${quoted(join(at.inside, name))}`;
  return { attempt, expected, line, came: () => existsSync(file) };
}

/** Of one attempt, so that no other sandbox's can pass for it. */
function markOf(): string {
  return `STAKES-${randomBytes(6).toString('hex')}`;
}

function hostAttempts({ hosts }: Box, proxy: Proxy): Attempt[] {
  const listed = plainHost(hosts);
  return [
    ...(listed === undefined ? [] : [reaches(`a call to \`${listed}\``, 'runs', listed, proxy)]),
    reaches('a call to a host that is not listed', 'refused', NOWHERE, proxy),
    reaches('a call to the metadata address', 'refused', METADATA, proxy),
  ];
}

/** One that can be tried by its name. */
export function plainHost(hosts: readonly string[]): string | undefined {
  return hosts.find((host) => /^[\w.-]+(?::\d+)?$/.test(host));
}

/** With the port that a program would take. */
export function withPort(host: string): string {
  return host.includes(':') ? host : `${host}:443`;
}

function reaches(attempt: string, expected: Expectation, target: string, proxy: Proxy): Attempt {
  const to = withPort(target);
  return { attempt, expected, line: through(to, proxy), came: (_, reached) => reached.includes(to) };
}

/** A line that asks a proxy for `host:port`. */
export function through(to: string, { host, port }: Proxy): string {
  const request = to.endsWith(':80') ? `GET http://${to}/ HTTP/1.0` : `CONNECT ${to} HTTP/1.1`;
  return `printf '%s\\r\\nHost: %s\\r\\n\\r\\n' ${quoted(request)} ${quoted(to)} | busybox nc -w 5 ${quoted(host)} ${port}`;
}

/** Bounded, so that a machine that nothing holds back gets over it; all of them live at once, however slow it is. */
const PROCESSES = CEILINGS.processes + 200;
export const FORK = `${PROCESSES} processes at once`;

/** Rights that no policy grants: what follows from them is not bounded by folders and hosts any more. */
export function rightAttempts(): Attempt[] {
  const refused = (attempt: string, line: string, mark: string): Attempt => ({
    attempt,
    expected: 'refused',
    line,
    came: (said) => said.includes(mark),
  });
  return [
    // Sends nothing: the socket itself is what it takes to read and to forge the traffic of others.
    refused('a raw socket', 'busybox ping -c 1 -w 1 127.0.0.1', 'PING 127.0.0.1 (127.0.0.1): 56 data bytes\n64 bytes'),
    // In a namespace of its own, so that nobody else ever sees the mount.
    refused(
      'a mount',
      'busybox unshare -m --propagation private busybox mount -t tmpfs none /tmp && echo STAKES-MOUNTED',
      'STAKES-MOUNTED',
    ),
    // The way to most holes of the kernel.
    refused(
      'a user namespace of its own',
      'busybox unshare -U busybox true && echo STAKES-NAMESPACE',
      'STAKES-NAMESPACE',
    ),
    refused(
      'a program that gains rights when it starts',
      'busybox grep -q "^NoNewPrivs:.*0" /proc/self/status && echo STAKES-GAINS',
      'STAKES-GAINS',
    ),
    refused(
      FORK,
      `sh -c 'n=0; while [ $n -lt ${PROCESSES} ]; do sleep 20 & n=$((n+1)); done; echo STAKES-FORKED' 2>&1`,
      'STAKES-FORKED',
    ),
  ];
}
