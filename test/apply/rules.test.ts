import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { wantedOf } from '../../src/apply/wanted.ts';
import type { Lock } from '../../src/model/lock.ts';
import type { Target } from '../../src/targets/define.ts';
import { targets } from '../../src/targets/registry.generated.ts';

const bundles = readdirSync('examples/.stakes').map((name) => join('examples/.stakes', name));

/** The bundles that were generated for a target. */
function bundlesOf({ id }: Target): string[] {
  const lockOf = (bundle: string) => JSON.parse(readFileSync(join(bundle, 'stakes.lock.json'), 'utf8')) as Lock;
  return bundles.filter((bundle) => Object.hasOwn(lockOf(bundle).targets, id));
}

test('every target is in a bundle of an example', () => {
  expect(targets.filter((target) => bundlesOf(target).length === 0).map(({ id }) => id)).toEqual([]);
});

test('every key that is emitted for an example has a rule, and none of them allows', () => {
  let merges = 0;
  for (const target of targets) {
    for (const way of target.installs) {
      if (way.way !== 'merge') continue;
      for (const bundle of bundlesOf(target)) {
        const text = readFileSync(join(bundle, target.folder ?? target.id, way.from), 'utf8');
        expect(wantedOf(JSON.parse(text), way.rules).map(({ pointer }) => pointer)).not.toContain('/permissions/allow');
        merges++;
      }
    }
  }
  expect(merges).toBeGreaterThanOrEqual(8);
});

test('every installation names a file that is emitted', () => {
  for (const target of targets) {
    expect(target.installs.length).toBeGreaterThan(0);
    for (const way of target.installs) {
      const file = way.way === 'launcher' ? way.script : way.way === 'in-place' ? '' : way.from;
      for (const bundle of bundlesOf(target))
        expect(existsSync(join(bundle, target.folder ?? target.id, file))).toBe(true);
    }
  }
});
