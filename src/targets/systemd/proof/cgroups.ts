import { randomBytes } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, rmdirSync } from 'node:fs';
import { join } from 'node:path';

/** A hierarchy of control groups, with a group of ours in it. */
interface Hierarchy {
  /** Where the machine has it, and the session too. */
  at: string;
  type: 'cgroup' | 'cgroup2';
  options: string;
  group: string;
}

export interface ControlGroups {
  all: Hierarchy[];
  remove: () => void;
}

/** Those that systemd makes groups in. */
const USED = new Set(['name=systemd', 'blkio', 'cpu', 'cpuacct', 'devices', 'memory', 'pids']);

/** A group of our own in each hierarchy, or systemd would make its own beside the machine's; undefined: processes are not counted here. */
export function makeGroups(): ControlGroups | undefined {
  const name = `stakes-proof-${randomBytes(6).toString('hex')}`;
  const all = hierarchies().map((one): Hierarchy => ({ ...one, group: join(one.at, name) }));
  const remove = () => {
    for (const { group } of all) removeTree(group);
  };
  try {
    for (const { group } of all) mkdirSync(group);
    if (all.some(countsProcesses)) return { all, remove };
  } catch {
    // Not ours to make.
  }
  remove();
  return undefined;
}

function hierarchies(): Omit<Hierarchy, 'group'>[] {
  return readFileSync('/proc/self/mountinfo', 'utf8')
    .split('\n')
    .flatMap((line): Omit<Hierarchy, 'group'>[] => {
      const [own = '', rest = ''] = line.split(' - ');
      const at = own.split(' ')[4] ?? '';
      const [type, , superOptions = ''] = rest.split(' ');
      if (type === 'cgroup2') return [{ at, type, options: '' }];
      const kinds = superOptions.split(',').filter((option) => option !== 'rw' && option !== 'xattr');
      if (type !== 'cgroup' || !kinds.some((kind) => USED.has(kind))) return [];
      return [{ at, type, options: kinds.map((kind) => (kind.startsWith('name=') ? `none,${kind}` : kind)).join(',') }];
    });
}

function countsProcesses({ type, options, group }: Hierarchy): boolean {
  if (type === 'cgroup') return options.split(',').includes('pids');
  return readFileSync(join(group, 'cgroup.controllers'), 'utf8').split(/\s/).includes('pids');
}

/** A group can be removed once nothing runs in it, from the innermost out. */
function removeTree(group: string): void {
  try {
    for (const entry of readdirSync(group, { withFileTypes: true }))
      if (entry.isDirectory()) removeTree(join(group, entry.name));
    rmdirSync(group);
  } catch {
    // Never made, or a process of it is still ending; an empty group of ours is no harm.
  }
}
