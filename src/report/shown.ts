import { spelledOut } from '../source/unseen.ts';

const CLIP = 400;

/** Text from a manifest, made safe to print: what cannot be seen is written as `\u{…}`, and endless text is cut. */
export function shown(text: string, limit = CLIP): string {
  const cut = text.length > limit * 2 ? text.slice(0, limit * 2) : text;
  const safe = spelledOut(cut);
  const chars = [...safe];
  return chars.length > limit ? `${chars.slice(0, limit - 1).join('')}…` : safe;
}
