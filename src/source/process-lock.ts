import { linkSync, readFileSync, readlinkSync, rmSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { faultOf } from './fault-code.ts';
import { sleep } from './sleep.ts';

/** Milliseconds to wait for another process; less than what `hook.sh` gives the whole hook. */
const PATIENCE = 8000;

export type Lock = { ok: true; release: () => void } | { ok: false; fault: string };

/** Holds `file` for this process alone. A lock whose process is gone is broken; any other is waited for, but not for ever. */
export function lock(file: string, patience: number = PATIENCE): Lock {
  const end = performance.now() + patience;
  for (;;) {
    const fault = claim(file);
    if (fault === undefined) return { ok: true, release: () => rmSync(file, { force: true }) };
    if (fault !== 'EEXIST') return { ok: false, fault };
    if (isAbandoned(file)) breakLock(file);
    if (performance.now() > end) return { ok: false, fault: 'it is locked' };
    sleep(2 + Math.random() * 20);
  }
}

/** Under another name first: a process that dies half-way must not leave a lock that names nobody. */
function claim(file: string): string | undefined {
  const draft = `${file}.${process.pid}.tmp`;
  try {
    writeFileSync(draft, me(), { mode: 0o600 });
    linkSync(draft, file);
    return undefined;
  } catch (error) {
    const fault = faultOf(error);
    return NO_LINKS.includes(fault) ? claimWithoutLink(file) : fault;
  } finally {
    rmSync(draft, { force: true });
  }
}

const NO_LINKS = ['EPERM', 'ENOTSUP', 'ENOSYS', 'EMLINK'];

function claimWithoutLink(file: string): string | undefined {
  try {
    writeFileSync(file, me(), { flag: 'wx', mode: 0o600 });
    return undefined;
  } catch (error) {
    return faultOf(error);
  }
}

/** Under a lock of its own: of two that find the same dead process, the second would break the lock of the first. */
function breakLock(file: string): void {
  const breaking = `${file}.breaking`;
  if (claim(breaking) !== undefined) return;
  if (isAbandoned(file)) rmSync(file, { force: true });
  rmSync(breaking, { force: true });
}

function isAbandoned(file: string): boolean {
  const [id = '', ...place] = ownerOf(file).split(' ');
  if (!/^\d{1,10}$/.test(id) || place.join(' ') !== here()) return false;
  try {
    process.kill(Number(id), 0);
    return false;
  } catch (error) {
    return faultOf(error) === 'ESRCH';
  }
}

function ownerOf(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}

function me(): string {
  return `${process.pid} ${here()}`;
}

/** Where a process id means something: the same number is another process on another machine or in a container. */
function here(): string {
  try {
    return `${hostname()} ${readlinkSync('/proc/self/ns/pid')}`;
  } catch {
    return hostname();
  }
}
