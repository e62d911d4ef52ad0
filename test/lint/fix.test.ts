import { expect, test } from 'vitest';
import type { Linted } from '../../src/lint/fix/check.ts';
import type { Texts } from '../../src/lint/fix/write.ts';
import { fix, MOST_ROUNDS } from '../../src/lint/fix.ts';
import type { PatchOperation } from '../../src/model/assessment.ts';
import type { Finding } from '../../src/model/finding.ts';
import type { Tier } from '../../src/model/tiers.ts';
import { findingAt } from './finding.ts';

const FILE = 'a.agent.yaml';
const op = (kind: PatchOperation['op'], path: string, value?: unknown): PatchOperation => ({
  agent: 'desk',
  op: kind,
  path,
  ...(value === undefined ? {} : { value }),
});

/** A lint of one file: each rule is a pattern that is a fault as long as it is in the text, with the fix for it. */
interface Fault {
  rule: string;
  at: string;
  when: RegExp;
  patch: PatchOperation[];
  more?: Partial<Finding>;
}

function linter(faults: readonly Fault[], tierOf: (text: string) => Tier = () => 'medium') {
  return (texts: Texts): Linted => {
    const text = texts.get(FILE) ?? '';
    const found = faults.filter(({ when }) => when.test(text));
    return {
      findings: found.map(({ rule, at, patch, more }) => findingAt(text, rule, at, { fix: 'safe', patch, ...more })),
      agents: [{ id: 'desk', file: FILE, document: 0, tier: tierOf(text) }],
    };
  };
}

const run = (
  text: string,
  faults: readonly Fault[],
  kind: 'safe' | 'unsafe' = 'safe',
  tierOf?: (text: string) => Tier,
) => {
  const done = fix(new Map([[FILE, text]]), kind, linter(faults, tierOf));
  return {
    ...done,
    text: done.texts.get(FILE),
    dropped: done.dropped.map(({ finding, reason }) => `${finding.rule}: ${reason}`),
  };
};

const TEXT = 'tools:\n  a: read # why\n  b: { access: ask } # two\n';
const ungate: Fault = {
  rule: 'gate',
  at: '/tools/b/access',
  when: /access: ask/,
  patch: [op('replace', '/tools/b/access', 'allow')],
};
const deny: Fault = { rule: 'deny', at: '/tools/a', when: /a: read/, patch: [op('add', '/tools/a/access', 'deny')] };

test('what does not overlap is mended at once, comments stay, and a tool in short is spelled out', () => {
  const { text, fixed, dropped, linted } = run(TEXT, [ungate, deny]);
  expect(text).toBe('tools:\n  a: { effect: read, access: deny } # why\n  b: { access: allow } # two\n');
  expect([fixed.length, dropped, linted.findings]).toEqual([2, [], []]);
});

test('fixes of the same place follow each other in rounds', () => {
  const other: Fault = {
    rule: 'other',
    at: '/tools/b',
    when: /access: allow/,
    patch: [op('replace', '/tools/b', { effect: 'read' })],
  };
  expect(run(TEXT, [ungate, other])).toMatchObject({
    text: 'tools:\n  a: read # why\n  b: { effect: read } # two\n',
    dropped: [],
  });
});

test('entries at the end of one list are added in one round, however many there are', () => {
  const fields = Array.from({ length: MOST_ROUNDS + 2 }, (_, i) => `f${i}`);
  const text = 'required: [id]\n';
  const faults = fields.map(
    (field): Fault => ({
      rule: field,
      at: '/required',
      when: new RegExp(`^(?!.*\\b${field}\\b)`),
      patch: [op('add', '/required/-', field)],
    }),
  );
  const done = run(text, faults);
  expect(done).toMatchObject({ text: `required: [id, ${fields.join(', ')}]\n`, dropped: [], unfinished: false });
});

test('an unsafe fix is left alone unless it is asked for', () => {
  const unsafe = { ...ungate, more: { fix: 'unsafe' } } satisfies Fault;
  expect(run(TEXT, [unsafe]).text).toBe(TEXT);
  expect(run(TEXT, [unsafe], 'unsafe').fixed).toHaveLength(1);
});

test('a fix that leaves the finding is dropped and told, and the others are kept', () => {
  const useless: Fault = { ...ungate, rule: 'useless', when: /./ };
  const { text, fixed, dropped } = run(TEXT, [useless, deny]);
  expect(text).toBe('tools:\n  a: { effect: read, access: deny } # why\n  b: { access: ask } # two\n');
  expect(fixed.map(({ rule }) => rule)).toEqual(['deny']);
  expect(dropped).toEqual(['useless: the finding is still there afterwards']);
});

test('a fix that raises the tier is dropped', () => {
  const { text, dropped } = run(TEXT, [ungate], 'safe', (now) => (now.includes('allow') ? 'full' : 'medium'));
  expect(text).toBe(TEXT);
  expect(dropped).toEqual(['gate: the tier of `desk` would rise to full']);
});

test('a fix that leaves less control than there has to be is dropped', () => {
  const under: Fault = {
    rule: 'bare',
    at: '/tools/b',
    when: /allow/,
    patch: [],
    more: { direction: 'under', fix: 'none' },
  };
  expect(run(TEXT, [ungate, under]).dropped).toEqual(['gate: `bare` would be found more often']);
});

test('a fix that cannot be written is dropped, and one of an agent elsewhere goes there or nowhere', () => {
  const lost: Fault = { rule: 'lost', at: '/tools/b', when: /./, patch: [op('replace', '/tools/c/access', 'ask')] };
  expect(run(TEXT, [lost])).toMatchObject({ text: TEXT, dropped: ['lost: a path of the change leads nowhere'] });
  const foreign: Fault = { ...lost, patch: [{ ...op('add', '/x', 1), agent: 'nobody' }] };
  expect(run(TEXT, [foreign]).dropped).toEqual(['lost: the manifest of `nobody` is not among the files']);
});

test('rounds end, and it is told that something is left', () => {
  const faults = Array.from(
    { length: MOST_ROUNDS + 1 },
    (_, i): Fault => ({
      rule: `step-${i}`,
      at: `/n/${i}`,
      when: new RegExp(`^n: ${i}\\n`),
      patch: [op('replace', '/n', i + 1)],
    }),
  );
  expect(run('n: 0\n', faults)).toMatchObject({ text: `n: ${MOST_ROUNDS}\n`, unfinished: true });
  expect(run('n: 1\n', faults)).toMatchObject({ text: `n: ${MOST_ROUNDS + 1}\n`, unfinished: false });
});

test('entries of one list are never taken out in one round, as they move', () => {
  const faults = ['a', 'b'].map(
    (name, i): Fault => ({
      rule: `drop-${name}`,
      at: `/l/${i}`,
      when: new RegExp(`\\b${name}\\b`),
      patch: [op('remove', name === 'a' ? '/l/0' : '/l/1')],
    }),
  );
  const relinted = (texts: Texts): Linted => {
    const text = texts.get(FILE) ?? '';
    const at = text.includes('a') ? 1 : 0;
    const found = linter(faults)(texts);
    return {
      ...found,
      findings: found.findings.map((finding) =>
        finding.rule === 'drop-b' ? { ...finding, patch: [op('remove', `/l/${at}`)] } : finding,
      ),
    };
  };
  const done = fix(new Map([[FILE, 'l: [a, b, c]\n']]), 'safe', relinted);
  expect(done.texts.get(FILE)).toBe('l: [c]\n');
});
