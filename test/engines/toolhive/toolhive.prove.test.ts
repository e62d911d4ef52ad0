import { join } from 'node:path';
import { expect, test } from 'vitest';
import { EXAMPLES, generatedFor, summaryOf } from '../stakes.ts';

const engine = join(import.meta.dirname, 'node_modules/@cedar-policy/cedar-wasm');
const FILE = '.stakes/crash-sorter/toolhive/sentry.authz.yaml';

test('every example is proven', () => {
  const { code, proofs } = generatedFor('toolhive', ...EXAMPLES).prove('toolhive', engine, '--require', 'toolhive');
  expect(proofs.map(summaryOf)).toEqual(EXAMPLES.map(() => 'policies proven'));
  expect(proofs.map(({ version }) => version)).toEqual(EXAMPLES.map(() => '4.13.0'));
  expect(code).toBe(0);
});

test('a file that permits more is found, and so is one that permits nothing or is broken', () => {
  const one = generatedFor('toolhive', 'crash-sorter.agent.yaml');
  const before = one.read(FILE);
  one.write(FILE, before.replace('policies:', 'policies:\n    - permit(principal, action, resource);'));
  const open = one.prove('toolhive', engine);
  expect(open.code).toBe(1);
  expect(open.proofs.map(summaryOf)[0]).toContain('sentry/stakes_unlisted: ran, not refused');
  one.write(FILE, before.replace('policies:', 'policies:\n    - forbid(principal, action, resource);'));
  expect(one.prove('toolhive', engine).proofs.map(summaryOf)[0]).toContain('sentry/find_teams: refused, not runs');
  one.write(FILE, before.replace('policies:', 'policies:\n    - permit(principal action, resource);'));
  expect(one.prove('toolhive', engine).proofs.map(summaryOf)[0]).toContain('Cedar objects');
  one.write(FILE, 'type: cedarv2\n');
  expect(one.prove('toolhive', engine).proofs.map(summaryOf)[0]).toContain('is no list of Cedar policies');
});
