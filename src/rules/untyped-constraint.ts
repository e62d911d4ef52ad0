import type { ArgumentSchema } from '../model/manifest.ts';
import { defineRule } from './define.ts';
import { argumentParts } from './parts/argument-schemas.ts';

type Type = NonNullable<ArgumentSchema['type']>;

const NUMBERS = ['number', 'integer'] as const;

/** The types that each keyword binds; a value of any other type passes it. */
const BINDS = {
  minimum: NUMBERS,
  maximum: NUMBERS,
  exclusiveMinimum: NUMBERS,
  exclusiveMaximum: NUMBERS,
  multipleOf: NUMBERS,
  minLength: ['string'],
  maxLength: ['string'],
  pattern: ['string'],
  items: ['array'],
  minItems: ['array'],
  maxItems: ['array'],
  properties: ['object'],
  required: ['object'],
} as const satisfies Partial<Record<keyof ArgumentSchema, readonly Type[]>>;

export const rule = defineRule({
  id: 'untyped-constraint',
  since: '0.2.0',
  severity: 'warning',
  direction: 'under',
  title: 'an argument of another type slips past a constraint',
  why: 'JSON Schema binds only values that a keyword applies to: the text "9999" passes `maximum: 50`, and the server may read it as a number',
  sources: ['OWASP Agentic ASI02'],
  examples: {
    bad: [
      {
        manifest: `
schemaVersion: 1
agent: { id: desk }
autonomy: { initiation: event, review: none }
data: {}
tools:
  shop/refund:
    effect: write
    reversible: false
    impact: high
    data: []
    egress: none
    arguments:
      type: object
      required: [amount, order]
      properties:
        amount: { maximum: 50 }
        order: { type: integer, pattern: "^[0-9]+$" }
      additionalProperties: false
`,
        finds: [
          '/tools/shop~1refund/arguments/properties/amount/type',
          '/tools/shop~1refund/arguments/properties/order/type',
        ],
      },
    ],
    good: [
      `
schemaVersion: 1
agent: { id: desk }
autonomy: { initiation: event, review: none }
data: {}
tools:
  shop/refund:
    effect: write
    reversible: false
    impact: high
    data: []
    egress: none
    arguments:
      type: object
      required: [amount, reason]
      properties:
        amount: { type: integer, maximum: 50 }
        reason: { enum: [duplicate, fraud] }
      additionalProperties: false
`,
    ],
  },
  check: (subject) =>
    argumentParts(subject).flatMap(({ pair, schema, pointer, name }) => {
      // Listed values are bound whatever their type.
      const slips = schema.enum === undefined && schema.const === undefined ? slipsPast(schema) : undefined;
      if (slips === undefined) return [];
      const { keyword, types } = slips;
      return [
        {
          agent: pair.agent,
          pointer: `${pointer}/type`,
          message: `${name === '' ? 'the arguments' : `\`${name}\``} of \`${pair.tool}\` ${schema.type === undefined ? 'may be of any type' : `must be of type \`${schema.type}\``}, and \`${keyword}\` binds only ${types.map((type) => `\`${type}\``).join(' and ')}`,
          help: `set \`type: ${types.at(-1)}\``,
          fix: {
            kind: 'unsafe' as const,
            patch: [
              {
                agent: pair.agent.id,
                op: 'add' as const,
                path: `${pair.agent.base}${pointer}/type`,
                value: types.at(-1),
              },
            ],
          },
        },
      ];
    }),
});

function slipsPast(schema: ArgumentSchema): { keyword: string; types: readonly Type[] } | undefined {
  const { type } = schema;
  for (const [keyword, types] of Object.entries(BINDS) as [keyof typeof BINDS, readonly Type[]][]) {
    if (schema[keyword] !== undefined && (type === undefined || !types.includes(type))) return { keyword, types };
  }
  return undefined;
}
