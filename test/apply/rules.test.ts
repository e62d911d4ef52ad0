import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { wantedOf } from '../../src/apply/wanted.ts';
import { targets } from '../../src/targets/registry.generated.ts';

const bundles = readdirSync('examples/.stakes').map((name) => join('examples/.stakes', name));

test('every key that is emitted for an example has a rule, and none of them allows', () => {
  let merges = 0;
  for (const target of targets) {
    for (const way of target.installs) {
      if (way.way !== 'merge') continue;
      for (const bundle of bundles) {
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
      for (const bundle of bundles) expect(existsSync(join(bundle, target.folder ?? target.id, file))).toBe(true);
    }
  }
});
