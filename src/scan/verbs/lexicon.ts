import { CHANGING } from './changing.ts';
import {
  DESTROYING,
  GRANTING,
  MANAGING,
  OVERWRITING,
  RELEASING,
  REMOVING,
  RUNNING,
  SENDING,
  SPENDING,
  TOUCHING,
} from './lasting.ts';
import { COMPUTING, LOOKING } from './looking.ts';

/** What a verb does to the world, from least to most at stake. */
export const KINDS = [
  'looking',
  'computing',
  'changing',
  'managing',
  'removing',
  'touching',
  'overwriting',
  'running',
  'releasing',
  'granting',
  'sending',
  'spending',
  'destroying',
] as const;
export type Kind = (typeof KINDS)[number];

const LISTS: Record<Kind, readonly string[]> = {
  looking: LOOKING,
  computing: COMPUTING,
  changing: CHANGING,
  managing: MANAGING,
  removing: REMOVING,
  touching: TOUCHING,
  overwriting: OVERWRITING,
  running: RUNNING,
  releasing: RELEASING,
  granting: GRANTING,
  sending: SENDING,
  spending: SPENDING,
  destroying: DESTROYING,
};

/** A word in several lists is at its worst. */
const LEXICON: ReadonlyMap<string, Kind> = new Map(KINDS.flatMap((kind) => LISTS[kind].map((word) => [word, kind])));

/** `unprotect` takes back what `protect` did, `reship` ships once more, `bulkdelete` deletes many. */
function derived(word: string): Kind | undefined {
  const [, before = '', rest = ''] = /^(un|re|batch|bulk|multi|mass)(\w{4,})$/.exec(word) ?? [];
  const kind = LEXICON.get(rest);
  if (kind === undefined || LEFT_OUT.has(word)) return undefined;
  if (before === 'un') return kind === 'looking' || kind === 'computing' ? undefined : 'changing';
  return kind;
}

const LEFT_OUT: ReadonlySet<string> = new Set(
  'retail retails represent represents region resource resources reuse reused unit units union massage'.split(' '),
);

export const kindOf = (word: string): Kind | undefined =>
  LEXICON.get(word) ?? (word.endsWith('thinking') ? 'computing' : derived(word));
export const reads = (kind: Kind): boolean => kind === 'looking' || kind === 'computing';
export const worse = (one: Kind, other: Kind): boolean => KINDS.indexOf(one) > KINDS.indexOf(other);

function stems(word: string): string[] {
  if (word.endsWith('ing')) {
    const stem = word.slice(0, -3);
    return [stem, `${stem}e`, stem.replace(/(.)\1$/, '$1')];
  }
  if (word.endsWith('ies')) return [`${word.slice(0, -3)}y`];
  return word.endsWith('es') ? [word.slice(0, -1), word.slice(0, -2)] : word.endsWith('s') ? [word.slice(0, -1)] : [];
}

/** The verb that a word of a sentence is a form of: `deletes` and `deleting` are `delete`, `deleted` is not a deed. */
export function verbOf(word: string): string | undefined {
  if (kindOf(word)) return word;
  return word.length > 3 ? stems(word).find((stem) => kindOf(stem)) : undefined;
}
