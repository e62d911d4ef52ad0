import { describe, expect, test } from 'vitest';
import { parseRoiFile } from '../../src/roi/file/load.ts';

const FILE = 'stakes.roi.yaml';

function problemsOf(text: string) {
  const parsed = parseRoiFile(FILE, text);
  if (parsed.state === 'ok') throw new Error('it was taken');
  return parsed.problems.map(({ code, message, help, place }) => ({ code, message, help, line: place?.line }));
}

function givenIn(text: string, agent = 'desk') {
  const parsed = parseRoiFile(FILE, text);
  if (parsed.state !== 'ok') throw new Error(JSON.stringify(parsed.problems));
  return parsed.value.given(agent);
}

describe('what somebody knows', () => {
  test('a range with its source, a number for all three, and what is different for one agent', () => {
    const text = `
inputs:
  reviewSeconds: { low: 10, likely: 20, high: 60, unit: seconds, source: inbox, date: "2026-10" }
  reviewers: 3
agents:
  desk: { reviewers: 1 }
`;
    expect(givenIn(text, 'other').inputs).toEqual({
      reviewSeconds: { low: 10, likely: 20, high: 60, source: 'stakes.roi.yaml: inbox', date: '2026-10' },
      reviewers: { low: 3, likely: 3, high: 3, source: 'stakes.roi.yaml: names no source', date: '' },
    });
    expect(givenIn(text).inputs.reviewers?.likely).toBe(1);
    expect(givenIn(text).inputs.reviewSeconds?.likely).toBe(20);
  });

  test.each(['', '# nothing yet\n', 'schemaVersion: 1\ninputs:\n  # reviewers: 3\n', 'agents:\nprices:\n'])(
    'a file that says nothing is one: %j',
    (text) => {
      expect(givenIn(text)).toEqual({ inputs: {}, prices: [] });
    },
  );

  test('a price stands before those of the lists', () => {
    const { prices } = givenIn('prices: { acme/big-1: { input: 2, output: 8, smaller: small-1, asOf: "2026-11-01" } }');
    expect(prices).toEqual([
      {
        provider: 'acme',
        asOf: '2026-11-01',
        source: 'stakes.roi.yaml: names no source',
        models: { 'big-1': { input: 2, output: 8, smaller: 'small-1' } },
      },
    ]);
  });
});

describe('what cannot be', () => {
  test.each([
    [
      'inputs: { reviewSecond: 3 }',
      'unknown-input',
      'there is no input `reviewSecond`',
      'did you mean `reviewSeconds`?',
    ],
    ['input: {}', 'unknown-key', '`input` is not a key that the file can have', 'did you mean `inputs`?'],
    [
      'agents: { desk: { catchrate: 1 } }',
      'unknown-input',
      'there is no input `catchrate`',
      'did you mean `catchRate`?',
    ],
    [
      'inputs: { reviewSeconds: { low: 1, likely: 2, hig: 3 } }',
      'unknown-key',
      '`hig` is not a key that `reviewSeconds` can have',
      'did you mean `high`?',
    ],
    [
      'inputs: { reviewSeconds: { low: 1, likely: 2 } }',
      'missing-key',
      '`reviewSeconds` needs `high`',
      'a range has `low`, `likely` and `high`; one number stands for all three',
    ],
    [
      'inputs: { reviewSeconds: { low: 9, likely: 2, high: 10 } }',
      'wrong-range',
      '`reviewSeconds` has a `low` of 9 above its `likely` of 2',
      '`low` ≤ `likely` ≤ `high`',
    ],
    [
      'agents: { desk: { reviewSeconds: { low: 1, likely: 20, high: 10 } } }',
      'wrong-range',
      '`reviewSeconds` has a `likely` of 20 above its `high` of 10',
      '`low` ≤ `likely` ≤ `high`',
    ],
    [
      'inputs: { reviewSeconds: { low: 1, likely: 2, high: 3, unit: minutes } }',
      'wrong-unit',
      '`reviewSeconds` is in `seconds`, not in `minutes`',
      'convert the figures',
    ],
    [
      'inputs: { catchRate: 60 }',
      'wrong-value',
      '`catchRate` must be at most 1',
      'a share goes from 0 to 1: 5% is 0.05',
    ],
    ['inputs: { reviewers: -1 }', 'wrong-value', '`reviewers` must be at least 0', undefined],
    ['inputs: { actionLoss: { low: -5, likely: 2, high: 3 } }', 'wrong-value', '`low` must be at least 0', undefined],
    [
      'inputs: { actionLoss: .nan }',
      'wrong-type',
      '`actionLoss` must be a number, or a map with `low`, `likely` and `high`, not `NaN`',
      undefined,
    ],
    [
      'inputs: { actionLoss: { low: 1, likely: 2, high: .inf } }',
      'wrong-type',
      '`high` must be a number, not `Infinity`',
      undefined,
    ],
    ['inputs: { actionLoss: 1e300 }', 'wrong-value', '`actionLoss` must be at most 10000000000', undefined],
    [
      'inputs: { reviewers: "3" }',
      'wrong-type',
      '`reviewers` must be a number, or a map with `low`, `likely` and `high`, not text',
      'remove the quotes',
    ],
    [
      'inputs: []',
      'wrong-type',
      '`inputs` must be a map, not a list',
      'write each entry as `name: …` instead of `- …`',
    ],
    [
      '- inputs',
      'wrong-type',
      'the file must be a map of keys to values',
      'write each entry as `name: …` instead of `- …`',
    ],
    ['schemaVersion: 2', 'wrong-value', '`schemaVersion` must be `1`', undefined],
    [
      'inputs: { reviewSeconds: { low: 1, likely: 2, high: 3, date: yesterday } }',
      'wrong-value',
      '`date` must be a day, a month or a year, such as `2026-10-31`',
      'put it in quotes',
    ],
    [
      'prices: { acme: { input: 1, output: 2 } }',
      'wrong-value',
      '`acme` is not the name of a model',
      'write `provider/id`, as manifests do',
    ],
    ['prices: { acme/x: { input: 1 } }', 'missing-key', '`acme/x` needs `output`', undefined],
  ])('%s', (text, code, message, help) => {
    expect(problemsOf(text)).toContainEqual({ code, message, help, line: 1 });
  });

  test('several documents, text that is no YAML, and keys that are written twice', () => {
    expect(problemsOf('inputs: {}\n---\ninputs: {}\n')[0]?.code).toBe('too-many-documents');
    expect(problemsOf('inputs: {')).not.toEqual([]);
    expect(problemsOf('inputs: { reviewers: 1, reviewers: 2 }')).not.toEqual([]);
  });

  test('a name of a prototype is no input', () => {
    expect(problemsOf('inputs: { constructor: 3 }')[0]?.code).toBe('unknown-input');
    expect(problemsOf('inputs: { "__proto__": 3 }')[0]?.code).toBeDefined();
    expect(givenIn('agents: { "constructor": { reviewers: 1 } }', 'toString').inputs).toEqual({});
  });
});
