import canonicalize from 'canonicalize';
import { digestOf } from './hash.ts';

/** RFC 8785. Throws where the value is no JSON: a number without end, half of a surrogate pair, a loop. */
export function canonical(value: unknown): string {
  const text = canonicalize(value);
  if (text === undefined) throw new TypeError('there is no JSON for this');
  return text;
}

/** Of the arguments of a call; none count as an empty object. Throws as `canonical` does. */
export function argumentsDigest(values: unknown): string {
  return digestOf(canonical(values === undefined ? {} : values));
}

/** Is `text`, which was read as `value`, its canonical JSON? What Node writes the same way, in order, need not be sorted again. */
export function isCanonical(value: unknown, text: string): boolean {
  const isPlain = !text.includes('\\ud') && JSON.stringify(value) === text && isSorted(value);
  return isPlain || canonical(value) === text;
}

function isSorted(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return true;
  if (Array.isArray(value)) return value.every(isSorted);
  let before: string | undefined;
  for (const [key, inner] of Object.entries(value)) {
    if ((before !== undefined && before >= key) || !isSorted(inner)) return false;
    before = key;
  }
  return true;
}
