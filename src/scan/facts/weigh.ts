import type { Clues } from '../clues.ts';
import type { Deed } from '../signals/deed.ts';
import { reads } from '../verbs/lexicon.ts';
import { finalityOf } from './finality.ts';

/** The deeds that count: the name before the description, and every deed that one argument can choose. */
export function weigh({ named, said, chosen, hints }: Clues): { deeds: Deed[]; firm: boolean } {
  const sureName = named.filter(({ sure }) => sure);
  const sureSaid = said.filter(({ sure }) => sure);
  const base = sureName.length > 0 ? [...sureName, ...sureSaid] : sureSaid.length > 0 ? sureSaid : [...named, ...said];
  const clearest = sureName.length > 0 ? sureName : sureSaid;
  const nameReads = clearest.length > 0 && clearest.every(({ kind }) => reads(kind));
  // After a name that reads, values such as `assigned` or `comment` are filters; a plain `delete` is not.
  const offered = chosen.filter(
    ({ kind, sure, strict }) => !nameReads || (sure && strict && !reads(kind) && hints.readOnly !== true),
  );
  // "Manages labels: creates or deletes them" says more than `manage`; a query is no run of a program.
  const clear = [...base, ...offered].some(({ kind, sure }) => sure && kind !== 'managing' && !reads(kind));
  const deeds = base.filter(
    ({ kind, objects }) =>
      !(clear && kind === 'managing') && !(nameReads && kind === 'running' && objects[0] === 'query'),
  );
  return { deeds: [...deeds, ...offered], firm: sureName.length + sureSaid.length > 0 };
}

const DOCUMENT =
  /\b(?:docs?|documentation|guides?|guidance|guidelines|instructions?|how to|best practices|tutorials?|examples?|reference|recommendations?|plan for|snippets?|dry[- ]run)\b/;

/** A `create_…` that only hands out a text on how to create. */
export function onlyTells(clues: Clues): boolean {
  const { named, said, sentence, hints, chosen } = clues;
  const [first] = said;
  return (
    hints.readOnly !== false &&
    chosen.length === 0 &&
    first !== undefined &&
    said.every(({ kind, sure }) => reads(kind) && sure) &&
    DOCUMENT.test(sentence) &&
    named.every(
      (deed) =>
        reads(deed.kind) ||
        ((deed.kind === 'changing' || deed.kind === 'managing') && finalityOf(deed, clues).final !== true) ||
        (deed.kind === 'releasing' && hints.readOnly === true),
    )
  );
}
