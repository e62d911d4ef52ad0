import type { ArgumentSchema } from '../model/manifest.ts';
import { defineRule } from './define.ts';
import { argumentParts } from './parts/argument-schemas.ts';

export const rule = defineRule({
  id: 'optional-bound',
  since: '0.2.0',
  severity: 'warning',
  direction: 'under',
  title: 'a call slips past a bound on an argument by leaving the argument out',
  why: 'a refund without an amount is often a refund of everything: the bound binds only those who name it',
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
      required: [order]
      properties:
        order: { type: string, pattern: "^[0-9]+$" }
        amount: { type: integer, maximum: 50 }
      additionalProperties: false
`,
        finds: ['/tools/shop~1refund/arguments/properties/amount'],
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
      required: [amount]
      properties:
        amount: { type: integer, maximum: 50 }
        note: { type: string, maxLength: 200 }
      additionalProperties: false
`,
    ],
  },
  check: (subject) =>
    argumentParts(subject).flatMap(({ pair, schema, pointer, name, field }) => {
      const bound = boundOf(schema);
      if (!field || !bound || field.of.required?.includes(field.name)) return [];
      const required = `${pair.agent.base}${field.at}/required`;
      return [
        {
          agent: pair.agent,
          pointer,
          on: 'key' as const,
          message: `a call of \`${pair.tool}\` without \`${name}\` slips past its \`${bound}\``,
          label: 'not required',
          help: `add \`${field.name}\` to \`required\``,
          fix: {
            kind: 'unsafe' as const,
            // An entry is added to a list that is there, so that several fields can be mended at once.
            patch: [
              field.of.required
                ? { agent: pair.agent.id, op: 'add' as const, path: `${required}/-`, value: field.name }
                : { agent: pair.agent.id, op: 'add' as const, path: required, value: [field.name] },
            ],
          },
        },
      ];
    }),
});

/** Keywords that keep a value in bounds; a text that is left out is in no danger of being too long. */
const BOUNDS = ['maximum', 'exclusiveMaximum', 'enum', 'const', 'pattern'] as const satisfies (keyof ArgumentSchema)[];

const boundOf = (schema: ArgumentSchema) => BOUNDS.find((keyword) => schema[keyword] !== undefined);
