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
