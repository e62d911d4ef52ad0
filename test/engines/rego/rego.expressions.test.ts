import fc from 'fast-check';
import { expect, test } from 'vitest';
import { violationOf } from '../../../src/enforce/arguments.ts';
import { matches } from '../../../src/enforce/pattern.ts';
import type { ArgumentSchema } from '../../../src/model/manifest.ts';
import { agent, grant, policy } from '../../../src/model/policy.fixture.ts';
import { target } from '../../../src/targets/rego/target.ts';
import { decisions } from './wasm.mjs';

const ATOMS = [
  ...[
    'a',
    'b',
    '-',
    '\\.',
    '\\/',
    '.',
    ' ',
    '"',
    '\\\\',
    'é',
    '日',
    '\\u{1f600}',
    '\\u00e9',
    '\\x41',
    '\\t',
    '\\cJ',
    '\\0',
  ],
  ...[
    '\\d',
    '\\D',
    '\\w',
    '\\W',
    '\\s',
    '\\S',
    '[a-c]',
    '[^a-c]',
    '[\\d_.-]',
    '[^\\s]',
    '[\\s\\S]',
    '[]',
    '[^]',
    '[\\b]',
    '[\\]^]',
  ],
];
const atom = fc.constantFrom(...ATOMS);
const repeated = fc.tuple(atom, fc.constantFrom('', '', '', '*', '+', '?', '{2}', '{1,}', '{0,2}', '+?'));
const piece = fc.oneof(
  { weight: 8, arbitrary: repeated.map((parts) => parts.join('')) },
  { weight: 1, arbitrary: fc.constantFrom('^', '$', '\\b', '\\B') },
  { weight: 1, arbitrary: fc.tuple(atom, atom).map(([one, other]) => `(${one}|${other})`) },
  { weight: 1, arbitrary: fc.tuple(atom, atom).map(([one, other]) => `(?<n>${one}${other})`) },
);
const pattern = fc
  .tuple(fc.constantFrom('', '^'), fc.uniqueArray(piece, { minLength: 1, maxLength: 4 }), fc.constantFrom('', '$'))
  .map(([start, pieces, end]) => start + pieces.join('') + end)
  .filter((text) => (text.match(/<n>/g) ?? []).length < 2);
const char = fc.constantFrom(...'abcA1_.-/\\" \t\n\r\v\f\b\0é日😀^]', '\u00a0', '\u2028', '\u3000', '\ufeff', '\u0085');
const text = fc.array(char, { maxLength: 5 }).map((chars) => chars.join(''));

const policyOf = (schemas: readonly ArgumentSchema[]) => {
  const tools = schemas.map((one, at) => [`s/t${at}`, grant('allow', { arguments: one })] as const);
  const made = policy([agent('a', { tools: Object.fromEntries(tools) })]);
  return target.emit(made);
};

test('an expression finds in OPA what it finds here', async () => {
  const patterns = fc.sample(pattern, { seed: 7, numRuns: 60 });
  const texts = fc.sample(text, { seed: 8, numRuns: 40 });
  const { files, losses } = policyOf(patterns.map((one) => ({ type: 'object', properties: { x: { pattern: one } } })));
  expect(losses.filter(({ what }) => what === 'arguments')).toEqual([]);
  const calls = patterns.flatMap((_, at) => texts.map((x) => ({ agent: 'a', tool: `s/t${at}`, arguments: { x } })));
  const made = await decisions(files[0]?.content ?? '', calls);
  const wrong = calls.filter(({ tool, arguments: { x } }, at) => {
    const own = patterns[Number(tool.slice(3))] ?? '';
    return (made[at]?.decision === 'allow') !== matches(own, x);
  });
  expect(wrong.map(({ tool, arguments: { x } }) => [patterns[Number(tool.slice(3))], x])).toEqual([]);
  expect(made.filter((one) => one?.decision === 'allow').length).toBeGreaterThan(200);
});

test('a number is a multiple, or whole, or within its bounds in OPA where it is here', async () => {
  const values = [
    0,
    -0,
    1,
    -1,
    2.5,
    0.3,
    0.1 + 0.2,
    0.07,
    1.1,
    19.99,
    -19.99,
    100,
    1e6,
    4.35,
    435,
    2 ** 53,
    1e20,
    1e21,
    5e-7,
    1e-6,
  ];
  const schemas: ArgumentSchema[] = [
    ...[1, 5, 0.01, 0.1, 0.07, 2.5, 1e-6, 1e20].map((multipleOf): ArgumentSchema => ({ type: 'number', multipleOf })),
    { type: 'integer' },
    { type: 'integer', maximum: 1e20, exclusiveMinimum: -1 },
    { type: 'number', maximum: 0.3 },
    { type: 'number', minimum: 0.30000000000000004 },
    { type: 'number', exclusiveMaximum: 1e21 },
    { enum: [1, 0.3, '1', null, [1], { a: 1 }] },
    { const: 1e20 },
  ];
  const inObject = schemas.map((x): ArgumentSchema => ({ type: 'object', properties: { x } }));
  const { files } = policyOf(inObject);
  const calls = inObject.flatMap((_, at) =>
    [...values, '1', null, true, [1], { a: 1 }].map((x) => ({ agent: 'a', tool: `s/t${at}`, arguments: { x } })),
  );
  const made = await decisions(files[0]?.content ?? '', calls);
  const wrong = calls.filter(({ tool, arguments: input }, at) => {
    const schema = inObject[Number(tool.slice(3))] ?? {};
    // The loss that every `multipleOf` has.
    if (schema.properties?.x?.multipleOf !== undefined && /e/.test(String(input.x)))
      return made[at]?.decision !== 'deny';
    return (made[at]?.decision === 'allow') !== (violationOf(schema, input) === undefined);
  });
  expect(wrong.map(({ tool, arguments: input }) => [inObject[Number(tool.slice(3))]?.properties?.x, input.x])).toEqual(
    [],
  );
});
