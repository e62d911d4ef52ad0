import fc from 'fast-check';
import type { ArgumentSchema, ToolFacts } from '../../src/model/manifest.ts';
import { ACCESSES, EFFECTS, EGRESSES, IMPACTS } from '../../src/model/vocabulary.ts';

const argumentSchema: fc.Arbitrary<ArgumentSchema> = fc.constantFrom<ArgumentSchema[]>(
  { type: 'object' },
  { type: 'object', required: ['amount'], properties: { amount: { type: 'integer', minimum: 0, maximum: 5000 } } },
  {
    type: 'object',
    additionalProperties: false,
    properties: {
      to: { type: 'string', pattern: '^[a-z]+$' },
      tags: { type: 'array', items: { enum: ['a', 'b'] }, maxItems: 3 },
    },
  },
);

const annotations = fc.record(
  {
    readOnlyHint: fc.boolean(),
    destructiveHint: fc.boolean(),
    openWorldHint: fc.boolean(),
    title: fc.constant('A tool'),
  },
  { requiredKeys: [], noNullPrototype: true },
);

/** What no tier depends on, but for bounded tools. */
const paperwork = {
  arguments: argumentSchema,
  scopes: fc.constantFrom<string[][]>(['a:read'], ['a:write', 'b:read']),
  callsPerDay: fc.constantFrom(0, 3, 12, 25),
  maxCallsPerDay: fc.constantFrom(1, 40),
  cost: fc.constantFrom<NonNullable<ToolFacts['cost']>[]>({ usd: 0 }, { argument: '/amount', usdPerUnit: 0.01 }),
  record: fc.constantFrom<string[][]>(['/amount'], []),
  because: fc.constant('somebody thought about it'),
};

const options = { requiredKeys: [] as never[], noNullPrototype: true };

/** Tools that say whatever they like. */
const wild = (data: fc.Arbitrary<string[]>): fc.Arbitrary<ToolFacts> =>
  fc.record(
    {
      effect: fc.constantFrom(...EFFECTS),
      reversible: fc.boolean(),
      impact: fc.constantFrom(...IMPACTS),
      data,
      egress: fc.constantFrom(...EGRESSES),
      arbitrary: fc.boolean(),
      access: fc.constantFrom(...ACCESSES),
      annotations,
      ...paperwork,
    },
    options,
  );

/** Tools with most facts known and mild, so that the lower tiers are met as often as `full`. */
const calm = (data: fc.Arbitrary<string[]>): fc.Arbitrary<ToolFacts> =>
  fc
    .record(
      {
        reversible: fc.constant(true),
        impact: fc.constant('low' as const),
        data,
        egress: fc.constantFrom('none' as const, 'listed' as const),
        access: fc.constantFrom('ask' as const, 'allow' as const),
        ...paperwork,
      },
      options,
    )
    .chain((facts) => fc.constantFrom(...EFFECTS).map((effect) => ({ effect, ...facts })));

const FACTS = ['effect', 'reversible', 'impact', 'egress', 'data', 'access'] as const satisfies (keyof ToolFacts)[];

/** Mild tools with a thing or two left open or turned bad. */
const spoiled = (data: fc.Arbitrary<string[]>): fc.Arbitrary<ToolFacts> =>
  fc
    .tuple(calm(data), fc.subarray([...FACTS], { minLength: 1, maxLength: 2 }), wild(data))
    .map(([facts, fields, other]) => {
      const mild: ToolFacts = { reversible: true, impact: 'low', egress: 'none', ...facts };
      const changed = (field: string) => (fields as string[]).includes(field);
      const kept = Object.entries(mild).filter(([field]) => !changed(field));
      return Object.fromEntries([...kept, ...Object.entries(other).filter(([field]) => changed(field))]);
    });

export interface Temper {
  /** The share of tools that say anything, of ten. */
  wild: number;
}

export function toolFacts(scopes: readonly string[], temper: Temper): fc.Arbitrary<ToolFacts> {
  const data = scopes.length === 0 ? fc.constant<string[]>([]) : fc.subarray([...scopes]);
  return fc.oneof(
    { weight: temper.wild, arbitrary: wild(data) },
    { weight: 10 - temper.wild, arbitrary: calm(data) },
    { weight: 5 - Math.floor(temper.wild / 2), arbitrary: spoiled(data) },
  );
}
