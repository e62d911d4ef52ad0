import type { ArgumentSchema, ToolFacts } from '../model/manifest.ts';
import { ACCESSES, EFFECTS, EGRESSES, IMPACTS } from '../model/vocabulary.ts';
import { closed, count, flag, type JsonSchema, listOf, oneOf, text } from './json-schema.ts';

const nested: JsonSchema = { $ref: '#/definitions/argumentSchema' };
const bound = (description: string): JsonSchema => ({ type: 'number', description });
const size = (description: string): JsonSchema => ({ type: 'integer', minimum: 0, description });

/** The subset of JSON Schema that Stakes enforces on tool arguments; any other keyword is an error. */
export const argumentSchema: JsonSchema = closed<ArgumentSchema>(
  'A JSON Schema of the subset that Stakes enforces, with its standard meaning. A keyword that is not listed here is an error.',
  {
    type: {
      enum: ['object', 'array', 'string', 'number', 'integer', 'boolean', 'null'],
      description:
        'The type the value must have. Absent: any type, and the other keywords bind only values they apply to.',
    },
    title: { type: 'string', description: 'For people; not enforced.' },
    description: { type: 'string', description: 'For people; not enforced.' },
    properties: {
      type: 'object',
      description:
        'A schema for each named field. A field that is absent from the call is not checked: name it in `required`.',
      additionalProperties: nested,
    },
    required: listOf('Fields that must be there. Absent: none.', { type: 'string' }),
    additionalProperties: {
      description: 'What fields that `properties` does not name may hold. Absent: anything; `false`: no such field.',
      if: { type: 'boolean' },
      else: nested,
    },
    items: { ...nested, description: 'What each element of an array must be. Absent: anything.' },
    enum: { type: 'array', minItems: 1, description: 'The only values allowed.' },
    const: { description: 'The only value allowed.' },
    minimum: bound('The least number allowed.'),
    maximum: bound('The greatest number allowed.'),
    exclusiveMinimum: bound('Numbers must be greater than this.'),
    exclusiveMaximum: bound('Numbers must be less than this.'),
    multipleOf: { type: 'number', exclusiveMinimum: 0, description: 'Numbers must be a whole multiple of this.' },
    minLength: size('The least number of characters of a string.'),
    maxLength: size('The greatest number of characters of a string.'),
    pattern: {
      type: 'string',
      maxLength: 1000,
      description:
        'A regular expression (ECMA-262, Unicode) that a string must match somewhere; anchor it with `^` and `$`. Look-around and back-references are errors: matching takes time in proportion to the text.',
    },
    minItems: size('The least number of elements of an array.'),
    maxItems: size('The greatest number of elements of an array.'),
  },
);

export const cost: JsonSchema = {
  description:
    'What one call spends besides model tokens, in US dollars: `{usd}`, or `{argument, usdPerUnit}` for a numeric argument. Absent: not counted against `limits.toolUsdPerDay`.',
  type: 'object',
  if: { properties: { argument: {} }, required: ['argument'] },
  // biome-ignore lint/suspicious/noThenProperty: a JSON Schema keyword
  then: {
    properties: {
      argument: {
        type: 'string',
        pattern: '^/',
        description: 'JSON Pointer of a numeric argument, such as `/amount`.',
      },
      usdPerUnit: { type: 'number', minimum: 0, description: 'US dollars for one unit of that argument.' },
    },
    required: ['argument', 'usdPerUnit'],
    additionalProperties: false,
  },
  else: {
    properties: { usd: { type: 'number', minimum: 0, description: 'US dollars a call.' } },
    required: ['usd'],
    additionalProperties: false,
  },
};

export const toolFacts: JsonSchema = closed<ToolFacts>(
  'The facts of one tool. `tool: read` and `tool: write` are short for `{effect: …}`.',
  {
    effect: oneOf(
      EFFECTS,
      '`read`: no lasting change outside caches and logs; `write`: anything else. Absent: unknown, at worst a write.',
    ),
    reversible: flag(
      'Can the same caller undo the action? Ignored on a read. Absent on a write: unknown, at worst it cannot be undone.',
    ),
    impact: oneOf(
      IMPACTS,
      '`high`: one wrong call hurts people, money or service. Ignored on a read. Absent on a write: unknown, at worst high.',
    ),
    data: listOf(
      'Names from `data` that the tool can reach. Absent: every scope in the manifest, and without a `data` map one unknown scope. An empty list: none.',
      { type: 'string' },
    ),
    egress: oneOf(
      EGRESSES,
      'Can an argument carry data to a place the caller picks? `listed` holds only for the hosts in `network.allowedHosts`: without them, with a wildcard, or with a host where strangers hold accounts it counts as open. Absent: unknown, at worst open.',
    ),
    arbitrary: flag(
      'Runs code, shell, SQL or raw requests that the caller supplies. `true` means write, irreversible, high and open, but for fields declared together with `because`. Absent: no if `effect` is declared, else unknown, at worst yes.',
    ),
    access: oneOf(
      ACCESSES,
      '`allow`, `ask` (a person approves each call) or `deny`. Absent: from `autonomy.review`; without that, unknown, at worst allow.',
    ),
    arguments: {
      ...argumentSchemaRef(),
      description: 'A call whose arguments are outside this schema is denied. Absent: arguments are not checked.',
    },
    scopes: listOf('OAuth scopes that the call needs. Absent: none are named, so a token cannot be narrowed to it.', {
      type: 'string',
      minLength: 1,
    }),
    callsPerDay: {
      type: 'number',
      minimum: 0,
      description: 'Expected calls a day; used for approval load and cost, never enforced. Absent: unknown.',
    },
    maxCallsPerDay: count('Calls a day that are let through; enforced. Absent: not capped.'),
    cost,
    record: listOf(
      'JSON Pointers of argument fields that may appear in the clear in records. Absent or empty: none, records hold digests.',
      { type: 'string', pattern: '^/' },
    ),
    annotations: {
      type: 'object',
      description:
        "MCP tool annotations, verbatim: the server's own word. They can raise the floor of the tier, never lower its ceiling. Absent: no evidence.",
    },
    because: text(
      'Why a fact is what it says; needed where a fact contradicts what the rest implies. Absent: no reason given.',
    ),
  },
);

function argumentSchemaRef(): JsonSchema {
  return {
    if: { type: 'object', properties: { type: { const: 'object' } }, required: ['type'] },
    // biome-ignore lint/suspicious/noThenProperty: a JSON Schema keyword
    then: nested,
    else: { type: 'object', properties: { type: { const: 'object' } }, required: ['type'] },
  };
}
