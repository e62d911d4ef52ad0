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

/** Is `text`, which was read as `value`, its canonical JSON? */
export function isCanonical(value: unknown, text: string): boolean {
  // Writing a record takes as long as reading it. Without escapes no token of a plain text is shorter than its canonical form,
  // so that a text of the same length has all of them, in their order, once each and with nothing between them.
  if (!text.includes('\\') && text.isWellFormed() && plainLength(value) === text.length) return true;
  return canonical(value) === text;
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

/**
 * Characters of the canonical JSON. NaN: the length alone does not say it, because keys are not in order, a number can be
 * written in as few characters in another way (`1e2`), or keys that are numbers were read in another order than they stand in.
 */
function plainLength(value: unknown): number {
  if (typeof value === 'string') return value.length + 2;
  if (typeof value === 'number')
    return Number.isSafeInteger(value) && (value % 100 !== 0 || value === 0) ? String(value).length : Number.NaN;
  if (value === null || value === true) return 4;
  if (value === false) return 5;
  if (Array.isArray(value)) return value.reduce((sum, each) => sum + plainLength(each) + 1, value.length === 0 ? 2 : 1);
  let length = 1;
  let before = '';
  for (const key in value as object) {
    const first = key.charCodeAt(0);
    if (!(key > before) || (first >= 48 && first <= 57)) return Number.NaN;
    before = key;
    length += key.length + 4 + plainLength((value as Record<string, unknown>)[key]);
  }
  return length === 1 ? 2 : length;
}
