import type { Place } from '../model/place.ts';
import type { ProblemItem, RelatedItem } from '../report/problem-item.ts';
import { closed, type JsonSchema, text, whole } from './json-schema.ts';

const position = (description: string): JsonSchema => ({ type: 'integer', minimum: 1, description });

export const placeKeys: { [K in keyof Required<Place>]: JsonSchema } = {
  file: text('Path, with `/`.'),
  document: { type: 'integer', minimum: 0, description: 'Which YAML document of the file, from 0.' },
  pointer: { type: 'string', description: 'JSON Pointer (RFC 6901) in that document; empty: the document itself.' },
  line: position('Line where it starts, from 1.'),
  column: position('Column where it starts, from 1, in characters.'),
  endLine: position('Line where it ends.'),
  endColumn: position('Column just after its end.'),
};

const related = whole<RelatedItem>('A place that explains another.', { message: text('What is there.'), ...placeKeys });

/** One entry of `errors` in every JSON report. */
export const problem = closed<ProblemItem>(
  'What is wrong with an input. A key of the place is absent where the problem has none.',
  {
    code: text('Stable, kebab-case.'),
    message: text('What is wrong.'),
    help: text('What to do.'),
    ...placeKeys,
    related: { type: 'array', items: related, description: 'Places that explain it.' },
  },
  ['code', 'message'],
);
