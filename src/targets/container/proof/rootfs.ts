import { execFileSync } from 'node:child_process';
import { chmodSync, copyFileSync, cpSync, existsSync, mkdirSync, symlinkSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** What the attempts are written in. */
const APPLETS = ['sh', 'cat', 'echo', 'sleep', 'printf', 'true'];

/** The root of an image that holds busybox alone, which must be the static one. */
export function busyboxRoot(folder: string, busybox: string): string {
  for (const path of ['bin', 'dev', 'etc', 'home/agent', 'proc', 'project', 'run', 'sys', 'tmp', 'var/tmp'])
    mkdirSync(join(folder, path), { recursive: true });
  for (const path of ['tmp', 'var/tmp']) chmodSync(join(folder, path), 0o1777);
  copyFileSync(busybox, join(folder, 'bin/busybox'));
  for (const name of APPLETS) symlinkSync('busybox', join(folder, 'bin', name));
  return folder;
}

/** The root of an image with this machine's squid, and the libraries that it is linked to. */
export function squidRoot(folder: string, squid: string): string {
  mkdirSync(join(folder, 'etc/squid'), { recursive: true });
  for (const path of ['bin', 'dev', 'proc', 'run', 'sys', 'var/run'])
    mkdirSync(join(folder, path), { recursive: true });
  mkdirSync(join(folder, 'tmp'));
  chmodSync(join(folder, 'tmp'), 0o1777);
  for (const program of [squid, '/usr/lib/squid/unlinkd']) {
    if (!existsSync(program)) continue;
    place(folder, program, program === squid ? '/bin/squid' : program);
    for (const library of librariesOf(program)) place(folder, library, library);
  }
  for (const path of ['/usr/share/squid', '/etc/squid/errorpage.css', '/etc/squid/mime.conf'])
    if (existsSync(path)) cpSync(path, join(folder, path), { recursive: true, dereference: true });
  return folder;
}

function place(folder: string, from: string, to: string): void {
  mkdirSync(dirname(join(folder, to)), { recursive: true });
  copyFileSync(from, join(folder, to));
}

/** Absolute paths of what a program is linked to. */
export function librariesOf(program: string): string[] {
  const said = execFileSync('ldd', [program], { encoding: 'utf8', timeout: 10_000 });
  return [...said.matchAll(/(\/\S+)/g)].map(([, path = '']) => path);
}
