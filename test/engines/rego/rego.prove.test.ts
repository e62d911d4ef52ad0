import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { missingPrograms } from '../engines.mjs';
import { EXAMPLES, generatedFor, summaryOf } from '../stakes.ts';
import { evaluate } from './wasm.mjs';

const engine = join(import.meta.dirname, 'opa.mjs');
const FILE = '.stakes/payout-analyst/rego/policy.rego';

test('every example is proven', () => {
  const { code, proofs } = generatedFor('rego', ...EXAMPLES).prove('rego', engine, '--require', 'rego');
  expect(proofs.map(summaryOf)).toEqual(EXAMPLES.map(() => 'policy.rego proven'));
  expect(proofs.map(({ version }) => version)).toEqual(EXAMPLES.map(() => '0.47.0'));
  expect(code).toBe(0);
});

test('the opa of this machine proves them too, where there is one', ({ skip }) => {
  skip(missingPrograms(['opa']).length > 0, 'no `opa` is on PATH, so only the engine of 0.47 is tried');
  const { proofs } = generatedFor('rego', ...EXAMPLES).prove('rego', 'opa');
  expect(proofs.map(summaryOf)).toEqual(EXAMPLES.map(() => 'policy.rego proven'));
});

test('a policy that allows more is found, and so is one that is empty or broken', () => {
  const one = generatedFor('rego', 'payout-analyst.agent.yaml');
  const before = one.read(FILE);
  const wider = before.replace('"postgres/query": {"decision": "ask"', '"postgres/query": {"decision": "allow"');
  expect(wider).not.toBe(before);
  one.write(FILE, wider);
  const open = one.prove('rego', engine);
  expect(open.code).toBe(1);
  expect(open.proofs.map(summaryOf)[0]).toContain('payout-analyst: postgres/query: ran, not asks');
  one.write(FILE, before.replace('name in ["sql"]', 'name in ["sql", "unlisted"]'));
  expect(one.prove('rego', engine).proofs.map(summaryOf)[0]).toContain('outside of its schema: ran, not refused');
  one.write(FILE, before.replace('fits if grant.check == 0', 'fits if grant.check == 7'));
  expect(one.prove('rego', engine).proofs.map(summaryOf)[0]).toContain('filesystem/edit_file: refused, not runs');
  one.write(FILE, `${before}\nbroken {`);
  expect(one.prove('rego', engine).proofs.map(summaryOf)[0]).toContain('OPA objects');
});

test('a policy that calls for more than an answer is not run', () => {
  const one = generatedFor('rego', 'payout-analyst.agent.yaml');
  one.write(FILE, `${one.read(FILE)}\nsent := http.send({"method": "get", "url": "http://127.0.0.1/"})\n`);
  const { code, proofs } = one.prove('rego', engine);
  expect([code, proofs.map(summaryOf)]).toEqual([
    1,
    ['policy.rego failed; `rego/policy.rego` calls `http.send`, which `stakes generate` never writes'],
  ]);
});

test('the generated tests pass on every example, and fail on a wider policy', async () => {
  const project = generatedFor('rego', ...EXAMPLES);
  for (const id of EXAMPLES.map((name) => name.replace('.agent.yaml', ''))) {
    const [policy, tests] = ['policy.rego', 'policy_test.rego'].map((file) =>
      readFileSync(join(project.folder, '.stakes', id, 'rego', file), 'utf8'),
    );
    const { passed, names } = await runTests(policy ?? '', tests ?? '');
    expect(names.length, id).toBeGreaterThan(3);
    expect(passed, id).toEqual(names);
    const wider = (policy ?? '')
      .replaceAll('"decision": "ask"', '"decision": "allow"')
      .replaceAll('== "deny"', '== "no"');
    const { passed: left } = await runTests(
      wider.replace('default decision := {"decision": "deny"', 'default decision := {"decision": "allow"'),
      tests ?? '',
    );
    expect(left.length, id).toBeLessThan(names.length);
  }
});

/** As `opa test` does: every rule named `test_`. */
async function runTests(policy: string, tests: string): Promise<{ names: string[]; passed: string[] }> {
  const names = [...tests.matchAll(/^(test_\w+) if/gm)].map(([, name]) => name ?? '');
  const rows = names.map((name) => `"${name}": object.get({"it": true | ${name}}, "it", false)`).join(', ');
  // The engine has one package, where the tests have theirs.
  const own = tests.replaceAll('policy.decision', 'decision').replace(/^import data.*$/m, '');
  const found = (await evaluate([policy, own], `{${rows}}`)) as Record<string, boolean>;
  return { names, passed: names.filter((name) => found[name] === true) };
}
