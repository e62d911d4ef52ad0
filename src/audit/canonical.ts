import canonicalize from 'canonicalize';
import { digestOf } from './hash.ts';

/** RFC 8785. Throws where the value is no JSON: a number without end, half of a surrogate pair, a loop. */
export function canonical(value: unknown): string {
  if (isSorted(value)) {
    const plain = JSON.stringify(value);
    if (!plain.includes('\\ud')) return plain;
  }
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

/** Plain JSON, with its keys in the order that RFC 8785 wants: what Node writes is its canonical form. */
function isSorted(value: unknown): boolean {
  if (typeof value === 'string' || typeof value === 'boolean' || value === null) return true;
  if (typeof value === 'number') return Number.isFinite(value);
  if (typeof value !== 'object') return false;
  if (Array.isArray(value)) return value.every(isSorted);
  if (Object.getPrototypeOf(value) !== Object.prototype) return false;
  let before: string | undefined;
  for (const key of Object.keys(value)) {
    if ((before !== undefined && before >= key) || !isSorted((value as Record<string, unknown>)[key])) return false;
    before = key;
  }
  return true;
}
