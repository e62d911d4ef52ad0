import type { ArgumentSchema } from '../../model/manifest.ts';
import { compilePattern } from '../pattern.ts';

const SHOWN = 200;
const counted = (count: number) => `${count} ${count === 1 ? 'character' : 'characters'}`;

/** What a text must be and is not. */
export function textFault({ minLength, maxLength, pattern }: ArgumentSchema, value: string): string | undefined {
  // A character takes one or two units, so most texts need not be counted.
  if (
    minLength !== undefined &&
    (value.length < minLength || (value.length < 2 * minLength && lengthOf(value) < minLength))
  )
    return `must have at least ${counted(minLength)}`;
  if (
    maxLength !== undefined &&
    (value.length > 2 * maxLength || (value.length > maxLength && lengthOf(value) > maxLength))
  )
    return `must have at most ${counted(maxLength)}`;
  if (pattern === undefined) return undefined;
  const compiled = compilePattern(pattern);
  if (!compiled.ok) return 'cannot be let through: the pattern of its schema is not enforceable';
  if (compiled.search(value)) return undefined;
  return pattern.length > SHOWN ? 'must match the pattern of its schema' : `must match \`${pattern}\``;
}

/** Characters, as code points. */
export function lengthOf(text: string): number {
  let length = 0;
  for (const _ of text) length++;
  return length;
}
