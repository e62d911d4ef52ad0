import { readFileSync } from 'node:fs';
import { Ajv } from 'ajv';
import { describe, expect, test } from 'vitest';
import { applyBaseline, baselineText, type Looked, parseBaseline, readBaseline } from '../../src/lint/baseline.ts';
import { findingAt } from './finding.ts';

const TEXT = 'tools:\n  a: { access: ask }\n  b: { access: ask }\n';
const findings = [
  findingAt(TEXT, 'gated-read', '/tools/b/access', { file: 'z.agent.yaml' }),
  findingAt(TEXT, 'gated-read', '/tools/b/access'),
  findingAt(TEXT, 'unused-data', '/tools/a'),
];
const looked: Looked = { ran: new Set(['gated-read', 'unused-data']), read: () => true, gone: () => false };

function parsed(text: string) {
  const loaded = parseBaseline('stakes.baseline.json', text);
  if (loaded.state !== 'ok') throw new Error(JSON.stringify(loaded.problems));
  return loaded.value;
}

test('what is written holds the same findings back when it is read again', () => {
  const { kept, baselined, found } = applyBaseline(findings, parsed(baselineText(findings)), looked);
  expect([kept, baselined, found]).toEqual([[], findings, []]);
});

test('is the same text for the same findings in any order, knows no lines, and follows its schema', () => {
  const text = baselineText(findings);
  expect(baselineText([...findings, ...findings].reverse())).toBe(text);
  expect(text).not.toMatch(/"(?:line|column)/);
  const validate = new Ajv({ strict: false }).compile(JSON.parse(readFileSync('schemas/baseline.schema.json', 'utf8')));
  validate(JSON.parse(text));
  expect(validate.errors ?? []).toEqual([]);
});

test('holds when lines move', () => {
  const moved = findings.map((finding) =>
    findingAt(`# more\n\n${TEXT}`, finding.rule, finding.pointer, { file: finding.file }),
  );
  expect(applyBaseline(moved, parsed(baselineText(findings)), looked).kept).toEqual([]);
});

test('a new finding is kept, and an entry that matches nothing is a finding in its own place', () => {
  const other = findingAt(TEXT, 'gated-read', '/tools/a/access');
  const { kept, found } = applyBaseline([other], parsed(baselineText(findings.slice(2))), looked);
  expect(kept).toEqual([other]);
  expect(found).toMatchObject([
    { rule: 'stale-baseline', direction: 'shape', file: 'stakes.baseline.json', place: { line: 4 } },
  ]);
  expect(found[0]?.message).toBe('`unused-data` is no longer found at `/tools/a` of `a.agent.yaml`');
});

test('an entry is not called stale by a run that did not look', () => {
  const baseline = parsed(baselineText(findings.slice(2)));
  const stale = (more: Partial<Looked>) => applyBaseline([], baseline, { ...looked, ...more }).found.length;
  expect(stale({ ran: new Set(['gated-read']) })).toBe(0);
  expect(stale({ read: () => false })).toBe(0);
  expect(stale({ read: () => false, gone: () => true })).toBe(1);
});

test('what cannot be read is never held back', () => {
  const broken = findingAt(TEXT, 'invalid-file', '');
  expect(baselineText([broken])).toBe(baselineText([]));
  const forged = JSON.stringify({
    schema: 'stakes/baseline@1',
    entries: [{ rule: 'invalid-file', file: broken.file, document: 0, pointer: '' }],
  });
  expect(applyBaseline([broken], parsed(forged), looked).kept).toEqual([broken]);
});

test('files are named from the folder of the baseline', () => {
  const pathOf = (file: string) => `sub/${file}`;
  const text = baselineText(findings, pathOf);
  expect(text).toContain('"sub/a.agent.yaml"');
  expect(applyBaseline(findings, parsed(text), { ...looked, pathOf }).kept).toEqual([]);
});

describe('is refused', () => {
  test.each<[what: string, text: string, code: string]>([
    ['no JSON', '{"schema": ', 'not-yaml'],
    ['something else', '{"a": 1}', 'not-a-baseline'],
    ['a list', '[]', 'not-a-baseline'],
    ['a newer version', '{"schema": "stakes/baseline@2", "entries": {}}', 'newer-format'],
    [
      'an entry without a pointer',
      '{"schema": "stakes/baseline@1", "entries": [{"rule": "a", "file": "b", "document": 0}]}',
      'wrong-entry',
    ],
  ])('%s', (_, text, code) => {
    const loaded = parseBaseline('b.json', text);
    expect(loaded.state).toBe('invalid');
    expect(loaded.state === 'ok' ? [] : loaded.problems.map((problem) => problem.code)).toEqual([code]);
  });

  test('one that is not there, and an empty one, are told apart', () => {
    expect(readBaseline('/nowhere/stakes.baseline.json', 'stakes.baseline.json').state).toBe('missing');
    expect(parseBaseline('b.json', '').state).toBe('empty');
  });
});
