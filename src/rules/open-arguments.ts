import { defineRule } from './define.ts';
import { argumentParts } from './parts/argument-schemas.ts';

export const rule = defineRule({
  id: 'open-arguments',
  since: '0.2.0',
  severity: 'warning',
  direction: 'under',
  title: 'the argument schema of an ungated high-stakes tool lets in fields that it does not name',
  why: 'a field that nobody thought of, such as a destination or a force flag, goes through unchecked',
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
      required: [amount]
      properties: { amount: { type: integer, maximum: 50 } }
`,
        finds: ['/tools/shop~1refund/arguments/additionalProperties'],
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
      properties: { amount: { type: integer, maximum: 50 } }
      additionalProperties: false
`,
      `
schemaVersion: 1
agent: { id: desk }
autonomy: { initiation: human, review: high-stakes }
data: {}
tools:
  shop/refund:
    effect: write
    reversible: false
    impact: high
    data: []
    egress: none
    arguments: { type: object, properties: { amount: { type: integer } } }
`,
    ],
  },
  check: (subject) =>
    argumentParts(subject)
      .filter(
        ({ schema: { type, properties, additionalProperties: rest } }) =>
          (type === 'object' || properties !== undefined) && (rest === undefined || rest === true),
      )
      .map(({ pair, pointer, name }) => ({
        agent: pair.agent,
        pointer: `${pointer}/additionalProperties`,
        message: `${name === '' ? 'the arguments' : `\`${name}\``} of \`${pair.tool}\` may hold fields that the schema does not name`,
        help: 'set `additionalProperties: false`, and name the fields that it needs',
        fix: {
          kind: 'unsafe',
          patch: [
            {
              agent: pair.agent.id,
              op: 'add',
              path: `${pair.agent.base}${pointer}/additionalProperties`,
              value: false,
            },
          ],
        },
      })),
});
