import { readdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { type KnownPolicy, readPolicy } from '../audit/report/known-policies.ts';
import { shownAs } from '../manifest/paths.ts';
import type { Problem } from '../model/place.ts';
import type { Io } from './io.ts';

const MOST_POLICIES = 1000;

/** The policies that were given, or else those that `stakes generate` wrote here. */
export function policiesFor(given: readonly string[], io: Io): { policies: KnownPolicy[]; errors: Problem[] } {
  const policies: KnownPolicy[] = [];
  const errors: Problem[] = [];
  for (const path of given.length > 0 ? given.map((each) => resolve(io.cwd, each)) : generated(io.cwd)) {
    const read = readPolicy(path, shownAs(path, io.cwd));
    if (read.state === 'ok') policies.push(read.value);
    else errors.push(...read.problems);
  }
  return { policies, errors };
}

function generated(cwd: string): string[] {
  try {
    return readdirSync(join(cwd, '.stakes'), { withFileTypes: true })
      .filter((entry) => entry.isDirectory())
      .map(({ name }) => join(cwd, '.stakes', name))
      .filter((folder) => readdirSync(folder).includes('policy.json'))
      .sort()
      .slice(0, MOST_POLICIES)
      .map((folder) => join(folder, 'policy.json'));
  } catch {
    return [];
  }
}
