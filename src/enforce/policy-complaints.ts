import type { Problem } from '../model/place.ts';
import type { SchemaError } from './validator.generated.ts';

const MOST_TOLD = 5;
const MOST_SHOWN = 120;

const WORDS: Readonly<Record<string, (params: SchemaError['params']) => string>> = {
  required: ({ missingProperty }) => `has no \`${missingProperty}\``,
  additionalProperties: ({ additionalProperty }) =>
    `has a key that no policy has: \`${cut(String(additionalProperty))}\``,
  type: ({ type }) => `is not of type ${type}`,
  enum: ({ allowedValues }) => `is none of ${list(allowedValues)}`,
  const: ({ allowedValue }) => `is not \`${JSON.stringify(allowedValue)}\``,
  minimum: ({ limit }) => `is less than ${limit}`,
  exclusiveMinimum: ({ limit }) => `is not more than ${limit}`,
  minLength: () => 'is empty',
  minItems: () => 'is empty',
  maxLength: ({ limit }) => `has more than ${limit} characters`,
  pattern: ({ pattern }) => `does not match \`${pattern}\``,
  uniqueItems: () => 'lists something twice',
};

const cut = (text: string) => (text.length > MOST_SHOWN ? `${text.slice(0, MOST_SHOWN)}…` : text);
const list = (values: unknown) =>
  Array.isArray(values) ? values.map((value) => `\`${value}\``).join(', ') : 'the values allowed';

/** The first few errors of the schema as problems. */
export function schemaProblems(errors: readonly SchemaError[], file: string, help: string): Problem[] {
  const told = errors.filter(({ keyword }) => keyword !== 'if');
  const problems = told.slice(0, MOST_TOLD).map(({ keyword, instancePath, params }): Problem => {
    const subject = instancePath === '' ? 'the policy' : `\`${cut(instancePath)}\``;
    return { code: 'wrong-value', message: `${subject} ${WORDS[keyword]?.(params) ?? 'is not valid'}`, file, help };
  });
  const more = told.length - problems.length;
  return more > 0
    ? [...problems, { code: 'more-faults', message: `and ${more} more faults like these`, file }]
    : problems;
}
