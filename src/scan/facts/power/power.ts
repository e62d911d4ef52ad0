import type { Clue } from '../../../model/scan.ts';
import type { Clues } from '../../clues.ts';
import type { Field } from '../../signals/fields.ts';

/** What a caller supplies that the tool then runs. `reading`: a language that cannot change anything. `payload`: code that runs
 * later; `start`: what says which code runs later. */
export const POWERS = ['shell', 'code', 'sql', 'query', 'reading', 'request', 'payload', 'start'] as const;
export interface Power {
  what: (typeof POWERS)[number];
  clue: Clue;
  why: string;
}

/** The caller can write anything into it: no list of values, no number, no switch. */
const free = ({ values, type }: Field) => values.length === 0 && /^(?:string|array|object|)$/.test(type);

export const freeField = (clues: Clues, names: RegExp, depth = 1): Field | undefined =>
  clues.fields.find((field) => field.depth <= depth && names.test(field.name) && free(field));

/** The words of the name and the first sentence. */
export const aboutOf = ({ words, sentence }: Clues): string => `${words.join(' ')} ${sentence}`;

export const takes = (what: Power['what'], field: Field, taken: string): Power => ({
  what,
  clue: 'schema',
  why: `\`${field.name}\` takes ${taken}`,
});
