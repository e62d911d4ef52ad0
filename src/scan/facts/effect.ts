import type { Clues } from '../clues.ts';
import type { Deed } from '../signals/deed.ts';
import { SOFT } from '../verbs/changing.ts';
import { reads } from '../verbs/lexicon.ts';
import type { Power } from './arbitrary.ts';
import { finalityOf } from './finality.ts';
import { type Judged, read, reason } from './judged.ts';
import { looking } from './reading.ts';
import { onlyTells, weigh } from './weigh.ts';
import { caution, writing } from './writing.ts';

/** Whether a tool changes anything and whether that can be undone. In doubt between a read and harm it is a write. */
export function effectOf(clues: Clues, power: Power | undefined): Judged {
  const { hints } = clues;
  if (power && !powerReads(clues, power)) return powerful(power);
  const { deeds: weighed, firm } = weigh(clues);
  // To run a query that only reads is to read.
  const deeds = power ? weighed.filter(({ kind }) => kind !== 'running') : weighed;
  const named = clues.named.some(({ kind, sure }) => sure && !reads(kind) && kind !== 'running');
  if (power?.what === 'reading' && !named && hints.readOnly !== false)
    return read(deeds, power.clue, `${power.why}, and it can only read`);
  // A bare `query` reads in one language and writes in another.
  const bare = deeds.every(({ verb, sure, clue }) => verb === 'query' && !sure && clue === 'name');
  if (bare) return undecided(clues);
  const writes = deeds.filter(({ kind }) => !reads(kind));
  if (writes.length === 0) return looking(clues, deeds, firm);
  if (onlyTells(clues)) return read(deeds, 'description', 'the description says that it returns a text about it');
  const soft =
    writes.every((deed) => (SOFT.has(deed.verb) && !deed.strict) || !deed.sure || merelySaid(deed, clues)) &&
    caution(clues.text) === undefined;
  if (hints.readOnly === true && soft)
    return read(deeds, 'annotation', 'the server says `readOnlyHint: true`, and no verb says otherwise');
  return writing(clues, deeds, writes);
}

/** A description may use a word of change for what it finds ("expands from a paper"); a name hardly does. */
const merelySaid = (deed: Deed, clues: Clues): boolean =>
  deed.clue === 'description' &&
  (deed.kind === 'changing' ||
    (clues.named.length > 0 && clues.named.every(({ kind, sure }) => sure && reads(kind)))) &&
  finalityOf(deed, clues).final === false;

function powerReads({ named, words, hints, text }: Clues, { what }: Power): boolean {
  if (what === 'reading') return true;
  const only = words.some((word) =>
    /^(?:read|select|readonly|get|logs?|metrics|traces|events|explain|search)$/.test(word),
  );
  if (what === 'request') return named.length > 0 && named.every(({ kind }) => reads(kind));
  if (what === 'shell') return hints.readOnly === true && only;
  if (what === 'sql')
    return only && (hints.readOnly === true || (hints.readOnly === undefined && /read[- ]only|\bselect\b/.test(text)));
  const reading = hints.readOnly === true || (hints.readOnly === undefined && words[0] === 'read');
  return what === 'query' && reading && !words.some((word) => /^aggregat/.test(word));
}

const powerful = ({ clue, why }: Power): Judged => ({
  effect: 'write',
  reversible: false,
  clue,
  finalClue: clue,
  because: [reason('effect', why), reason('reversible', why)],
  deeds: [],
});

function undecided({ hints, name }: Clues): Judged {
  // A name in letters that nobody here can read is no reason to believe a hint.
  if (hints.readOnly === true && /^[\x20-\x7e]*$/.test(name))
    return read([], 'annotation', 'the server says `readOnlyHint: true`, and nothing says otherwise');
  const effect = hints.readOnly === false ? 'write' : 'unknown';
  const clue = effect === 'write' ? 'annotation' : 'default';
  const why =
    effect === 'write'
      ? 'the server says `readOnlyHint: false`'
      : 'neither name nor description has a verb that is known';
  const reversible = effect === 'write' && hints.destructive === false ? true : 'unknown';
  return { effect, reversible, clue, finalClue: clue, because: [reason('effect', why)], deeds: [] };
}
