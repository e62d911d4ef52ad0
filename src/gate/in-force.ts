import { createHash } from 'node:crypto';
import { statSync } from 'node:fs';
import { loadPolicy } from '../enforce/load.ts';
import type { Loaded } from '../model/place.ts';
import { readText } from '../source/read.ts';
import type { InForce } from './ports.ts';

/** Milliseconds after which a policy that changed holds. */
const LOOK_AFTER = 250;

export interface Following {
  /** The latest policy that could be read. */
  inForce(): InForce;
}

/** Reads a policy and follows its file. One that can no longer be read leaves the one before it in force, and says so. */
export function followPolicy(
  path: string,
  shown: string,
  clock: () => number,
  tell: (text: string) => void,
): Loaded<Following> {
  const first = read(path, shown);
  if (first.state !== 'ok') return first;
  let current = first.value;
  let mark = markOf(path);
  let looked = clock();
  const look = () => {
    looked = clock();
    const next = markOf(path);
    if (next === mark) return;
    mark = next;
    const again = read(path, shown);
    if (again.state !== 'ok') {
      const why = again.problems.map(({ message }) => message).join('; ');
      tell(`\`${shown}\` changed and cannot be read, so the policy before it stays in force: ${why}`);
    } else if (again.value.digest !== current.digest) {
      current = again.value;
      tell(`\`${shown}\` changed: the new policy is in force`);
    }
  };
  return {
    state: 'ok',
    value: {
      inForce() {
        if (clock() - looked > LOOK_AFTER) look();
        return current;
      },
    },
  };
}

function read(path: string, shown: string): Loaded<InForce> {
  const text = readText(path, shown);
  if (text.state !== 'ok') return text;
  const policy = loadPolicy(text.value, shown);
  if (policy.state !== 'ok') return policy;
  const digest = `sha256:${createHash('sha256').update(text.value).digest('hex')}`;
  return { state: 'ok', value: { policy: policy.value, digest } };
}

/** What changes when the file does; a file that is gone has one of its own. */
function markOf(path: string): string {
  try {
    const { ino, mtimeMs, size } = statSync(path);
    return `${ino} ${mtimeMs} ${size}`;
  } catch {
    return 'gone';
  }
}
