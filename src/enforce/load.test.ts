import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { POLICY_SCHEMA } from '../model/policy.ts';
import { jsonFaultAt } from './json-fault.ts';
import { loadPolicy } from './load.ts';
import { policyFixture } from './policy.fixture.ts';

const policy = policyFixture();
const text = JSON.stringify(policy, null, 2);
const problemsOf = (text: string) => {
  const loaded = loadPolicy(text, 'policy.json');
  return loaded.state === 'ok' ? [] : loaded.problems;
};
const codesOf = (text: string) => problemsOf(text).map(({ code }) => code);
const changed = (change: (copy: typeof policy) => void) => {
  const copy = structuredClone(policy);
  change(copy);
  return JSON.stringify(copy);
};

test('a policy is read back as it was written', () => {
  expect(loadPolicy(text, 'policy.json')).toEqual({ state: 'ok', value: policy });
});

test('empty, cut off, not JSON, another format and a newer one are told apart', () => {
  expect(loadPolicy(' \n', 'policy.json').state).toBe('empty');
  expect(problemsOf(text.slice(0, -2))[0]?.message).toBe('this ends before its JSON does');
  expect(problemsOf('{\n  "schema": "é", x }')[0]?.place).toMatchObject({ line: 2, column: 18, file: 'policy.json' });
  expect(problemsOf(text.replace(POLICY_SCHEMA, 'stakes/policy@2'))[0]).toMatchObject({
    code: 'newer-format',
    help: 'update stakes',
  });
  for (const other of [
    '{"schema":"stakes/lock@1"}',
    '{"schema":"stakes/policy@0"}',
    '[]',
    'null',
    '"a"',
    '{"schema":[]}',
  ])
    expect([other, ...codesOf(other)]).toEqual([other, 'not-a-policy']);
  expect(codesOf(`${text}${' '.repeat(1_000_000)}`)).toEqual(['too-large']);
  expect(codesOf('é'.repeat(600_000))).toEqual(['too-large']);
});

test('what the schema refuses is told by pointer, the first few', () => {
  const wrong = changed((copy) => {
    Object.assign(copy.agents.desk?.tools['pay/refund'] ?? {}, { decision: 'maybe', extra: 1 });
  });
  expect(problemsOf(wrong).map(({ message }) => message)).toEqual([
    '`/agents/desk/tools/pay~1refund` has a key that no policy has: `extra`',
    '`/agents/desk/tools/pay~1refund/decision` is none of `deny`, `ask`, `allow`',
  ]);
  const many = codesOf(JSON.stringify({ schema: POLICY_SCHEMA }));
  expect(many).toEqual([...Array(5).fill('wrong-value'), 'more-faults']);
  expect(codesOf(text.replace('"agents": {', '"agents": { "__proto__": {},'))).toContain('wrong-value');
});

test('names that point at nothing, and patterns that cannot be enforced', () => {
  const dangling = changed((copy) => {
    copy.root = 'nobody';
    Object.assign(copy.agents.desk ?? {}, { id: 'till', subagents: { helper: 'toString' } });
  });
  expect(problemsOf(dangling).map(({ message }) => message)).toEqual([
    '`/root` names `nobody`, which is no agent of this policy',
    '`/agents/desk/id` is not the key that the agent is listed under',
    '`/agents/desk/subagents/helper` names `toString`, which is no agent of this policy',
  ]);
  const pattern = changed((copy) => {
    const grant = copy.agents.desk?.tools['pay/refund'];
    if (grant) grant.arguments = { type: 'object', additionalProperties: { items: { pattern: '(?=a)' } } };
  });
  expect(problemsOf(pattern)).toMatchObject([
    {
      code: 'bad-pattern',
      message:
        '`/agents/desk/tools/pay~1refund/arguments/additionalProperties/items/pattern` cannot be enforced: lookahead and lookbehind are not enforced',
    },
  ]);
});

test('a policy that nests too deep is refused', () => {
  const deep = `${'{"items":'.repeat(5000)}{}${'}'.repeat(5000)}`;
  expect(codesOf(text.replace('"notes": []', `"notes": ${deep}`))).toEqual(['too-deep']);
  expect(codesOf('['.repeat(400_000))).toEqual(['not-json']);
});

test('the place where JSON ends is the first character that cannot follow', () => {
  const schema = readFileSync('schemas/policy.schema.json', 'utf8');
  for (let at = 0; at < 2000; at += 7) {
    for (const wrong of [`${schema.slice(0, at)}\u0001${schema.slice(at)}`, schema.slice(0, at)]) {
      expect(() => JSON.parse(wrong)).toThrow();
      expect(jsonFaultAt(wrong)).toBeLessThanOrEqual(Math.min(at, wrong.length));
    }
  }
  const places = ['{"a":1,}', '[1 2]', '{"a" 1}', '{1:2}', '[,]', '{} x', '"a\nb"', '01', '[1}', 'tru'].map(
    jsonFaultAt,
  );
  expect(places).toEqual([7, 3, 5, 1, 1, 3, 0, 1, 2, 0]);
});
