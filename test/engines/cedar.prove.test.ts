import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { EXAMPLES, generated, summaryOf } from './stakes.ts';

const engine = fileURLToPath(new URL('./node_modules/@cedar-policy/cedar-wasm', import.meta.url));

test('every example is proven', () => {
  const chosen = process.env.STAKES_SMOKE === '1' ? EXAMPLES.slice(0, 2) : EXAMPLES;
  const { code, proofs } = generated(...chosen).prove('cedar', engine, '--require', 'cedar');
  expect(proofs.map(summaryOf)).toEqual(chosen.map(() => 'policies.cedar proven'));
  expect(proofs.map(({ version }) => version)).toEqual(chosen.map(() => '4.13.0'));
  expect(code).toBe(0);
});

test('a policy that permits more is found, and so is one that permits nothing', () => {
  const one = generated('crash-sorter.agent.yaml');
  const file = '.stakes/crash-sorter/cedar/policies.cedar';
  const before = one.read(file);
  one.write(file, `${before}\n@id("open") permit (principal, action, resource);\n`);
  const open = one.prove('cedar', engine);
  expect(open.code).toBe(1);
  expect(open.proofs.map(summaryOf)[0]).toContain('crash-sorter: Read: ran, not refused');
  one.write(file, '');
  const shut = one.prove('cedar', engine);
  expect(shut.proofs.map(summaryOf)[0]).toContain('crash-sorter: sentry/find_teams: refused, not runs');
  one.write(file, `${before}\npermit (principal, action == Stakes::Action::"no such", resource);\n`);
  expect(one.prove('cedar', engine).proofs.map(summaryOf)[0]).toContain('Cedar objects');
});

test('a module that was edited is not run', () => {
  const one = generated('crash-sorter.agent.yaml');
  one.write('.stakes/crash-sorter/cedar/request.mjs', 'throw new Error("it ran")');
  const { code, proofs } = one.prove('cedar', engine);
  expect([code, proofs.map(summaryOf)]).toEqual([
    1,
    ['policies.cedar failed; `cedar/request.mjs` is not what `stakes generate` writes'],
  ]);
});
