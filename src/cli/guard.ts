import { redact } from '../source/secrets.ts';

// Reports escape what a terminal would act on; this also catches JSON, where such characters may stand raw. Of the
// sequences that start with Escape, only the colours that reports are painted in go through.
const ACTED_ON =
  /[\u0000-\u0008\u000b-\u001a\u001c-\u001f\u007f-\u009f\u200e\u200f\u2028-\u202e\u2066-\u2069]|\u001b(?!\[(?:1|2|22|31|32|33|36|39)m)/g;

/** The last guard on everything that is printed: no well-known secret, and nothing that a terminal would act on. */
export function guarded(text: string): string {
  return redact(text).replace(ACTED_ON, (char) => `\\u${(char.codePointAt(0) ?? 0).toString(16).padStart(4, '0')}`);
}
