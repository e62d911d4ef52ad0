import type { ArgumentSchema } from '../../model/manifest.ts';
import { lengthOf } from '../arguments/text.ts';
import { exampleOf } from '../example.ts';
import { matches } from '../pattern.ts';

/** Characters that a made-up text may have. */
export const MOST_CHARACTERS = 20_000;

/** Texts that may fit a schema, the plainest first. */
export function* textsFor({ minLength = 0, maxLength, pattern }: ArgumentSchema): Generator<string> {
  if (minLength > MOST_CHARACTERS) return;
  if (pattern !== undefined) {
    const example = exampleOf(pattern, minLength);
    if (example !== undefined) yield example;
    return;
  }
  const length = Math.min(Math.max(minLength, 6), maxLength ?? Number.POSITIVE_INFINITY);
  yield 'sample'.padEnd(length, 'a').slice(0, length);
}

/** Numbers that may fit a schema: inside its bounds, on them, and the multiples beside them. */
export function* numbersFor(schema: ArgumentSchema): Generator<number> {
  const { minimum, maximum, exclusiveMinimum, exclusiveMaximum, multipleOf } = schema;
  const least = Math.max(minimum ?? Number.NEGATIVE_INFINITY, exclusiveMinimum ?? Number.NEGATIVE_INFINITY);
  const most = Math.min(maximum ?? Number.POSITIVE_INFINITY, exclusiveMaximum ?? Number.POSITIVE_INFINITY);
  yield* [1, 0];
  const bounds = [least, most].filter(Number.isFinite);
  yield* bounds;
  if (bounds.length === 2) yield least / 2 + most / 2;
  for (const bound of bounds) yield* [Math.ceil(bound), Math.floor(bound), bound + 1, bound - 1];
  if (multipleOf === undefined) return;
  for (const bound of [...bounds, 0]) {
    const factor = Math.floor(bound / multipleOf);
    // Twelve digits give back the decimal that the product stands for.
    for (const shift of [0, 1, -1, 2]) yield Number(((factor + shift) * multipleOf).toPrecision(12));
  }
}

/** Texts that may be outside a schema in one way each. */
export function* wrongTexts(schema: ArgumentSchema, right: string): Generator<string> {
  const { minLength, maxLength, pattern } = schema;
  const characters = [...right];
  if (minLength !== undefined && minLength > 0) yield characters.slice(0, minLength - 1).join('');
  if (maxLength !== undefined && maxLength < MOST_CHARACTERS)
    yield right + (characters.at(-1) ?? 'a').repeat(maxLength + 1 - lengthOf(right));
  if (pattern !== undefined) {
    const others = [`${right}\n`, ` ${right}`, `${right}!`, '', '~', 'a', '0', ' ', '日本'];
    const wrong = others.find((text) => misses(schema, text));
    if (wrong !== undefined) yield wrong;
  }
}

/** Right but for the pattern, as far as length goes. */
function misses({ minLength = 0, maxLength = MOST_CHARACTERS, pattern = '' }: ArgumentSchema, text: string): boolean {
  const length = lengthOf(text);
  return length >= minLength && length <= maxLength && !matches(pattern, text);
}

/** Numbers that may be outside a schema in one way each. */
export function* wrongNumbers(schema: ArgumentSchema, right: number): Generator<number> {
  const { minimum, maximum, exclusiveMinimum, exclusiveMaximum, multipleOf, type } = schema;
  const step = Math.max(1, multipleOf ?? 1);
  if (minimum !== undefined) yield minimum - step;
  if (maximum !== undefined) yield maximum + step;
  if (exclusiveMinimum !== undefined) yield exclusiveMinimum;
  if (exclusiveMaximum !== undefined) yield exclusiveMaximum;
  if (multipleOf !== undefined) yield right + multipleOf / 2;
  if (type === 'integer') yield right + 0.5;
}
