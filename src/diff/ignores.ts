import type { Layer } from '../config/parse.ts';
import type { ReadBaseline } from '../lint/baseline.ts';
import { type Ignore, ignoresIn } from '../lint/ignore/parse.ts';
import type { Trusts } from '../lint/ignore.ts';
import type { IgnoreChange, IgnoreSource } from '../model/diff.ts';
import type { Place } from '../model/place.ts';

/** One rule that somebody decided not to hear of in one place. */
export interface Held {
  source: IgnoreSource;
  rule: string;
  reason: string;
  /** The manifest that it is about, by the name that findings call it; empty: any. */
  file: string;
  /** Of a comment: the agent that it stands in. */
  agent: string;
  document: number;
  pointer: string;
  /** `line`: what starts there; `below`: all below it; `anywhere`: every place of the file. */
  reach: 'line' | 'below' | 'anywhere';
  /** What else bounds it; it is wider where this is another. */
  bounds: string;
  place: Place;
}

/** Comments in manifests: `texts` by the name that findings call them. */
export function heldByComments(texts: ReadonlyMap<string, string>): Held[] {
  return [...texts].flatMap(([file, text]) =>
    file.endsWith('.json')
      ? []
      : (ignoresIn(file, text) ?? []).flatMap((ignore) =>
          ignore.reason === '' ? [] : ignore.rules.flatMap((rule) => heldByComment(ignore, rule)),
        ),
  );
}

/** One for each entry that starts on the line: several may share it. */
function heldByComment({ reason, below, starts, place, agent }: Ignore, rule: string): Held[] {
  const { file, document } = place;
  const all = starts.length > 0 ? starts : [{ document, pointer: '' }];
  return all.map((start) => ({
    source: 'comment',
    rule,
    reason,
    file,
    agent,
    document: start.document,
    pointer: start.pointer,
    reach: start === below ? 'below' : 'line',
    bounds: '',
    place,
  }));
}

/** `fileOf`: from a path as the configuration has it to the name that findings call the file. */
export function heldByConfig(layers: readonly Layer[], fileOf: (path: string) => string): Held[] {
  return layers.flatMap(({ config, place }) =>
    (config.ignore ?? []).map(({ rule, at, file, reason, until }, index): Held => {
      const exact = file !== undefined && !/[*?[{]/.test(file) ? fileOf(file) : '';
      return {
        source: 'configuration',
        rule,
        reason,
        file: exact,
        agent: '',
        document: 0,
        pointer: at ?? '',
        reach: at === undefined ? 'anywhere' : 'below',
        bounds: JSON.stringify([exact === '' ? file : '', until]),
        place: place(`/ignore/${index}`),
      };
    }),
  );
}

export function heldByBaseline(baseline: ReadBaseline | undefined, fileOf: (path: string) => string): Held[] {
  return (baseline?.entries ?? []).map(({ entry, place }) => ({
    source: 'baseline',
    rule: entry.rule,
    reason: '',
    file: fileOf(entry.file),
    agent: '',
    document: entry.document,
    pointer: entry.pointer,
    reach: 'line',
    bounds: '',
    place,
  }));
}

/** What holds back more than it did. A file's name counts for nothing: `subject` says which agent it is about. */
export function ignoreChanges(
  base: readonly Held[],
  head: readonly Held[],
  subject: (held: Held) => string,
): { held: Held; wider: boolean }[] {
  const exact = new Set(base.map((held) => exactly(held, subject)));
  const alike = new Map<string, Held[]>();
  for (const held of base) alike.set(kindOf(held), [...(alike.get(kindOf(held)) ?? []), held]);
  return head
    .filter((held) => !exact.has(exactly(held, subject)))
    .flatMap((held) => {
      const before = alike.get(kindOf(held)) ?? [];
      if (before.some((other) => covers(other, held, subject))) return [];
      return [{ held, wider: before.some((other) => covers(held, other, subject)) }];
    });
}

const kindOf = ({ source, rule }: Held) => `${source} ${rule}`;

function exactly(held: Held, subject: (held: Held) => string): string {
  const { source, rule, document, pointer, reach, bounds } = held;
  return JSON.stringify([source, rule, subject(held), document, pointer, reach, bounds]);
}

/** Which comments the base vouches for: its own, in the same agent, as long as that one has not been copied to another file. */
export function trustsOf(base: readonly Held[], isGone: (file: string) => boolean): Trusts {
  const vouches = (held: Held): boolean =>
    base.some(
      (other) =>
        other.source === 'comment' &&
        other.rule === held.rule &&
        other.agent === held.agent &&
        (other.file === held.file || isGone(other.file)) &&
        covers(other, held, () => ''),
    );
  // What else shares its line would be held back too.
  return (ignore, rule) => heldByComment(ignore, rule).every(vouches);
}

/** Does one hold back all that the other does, as far as its own words show? */
function covers(wide: Held, narrow: Held, subject: (held: Held) => string): boolean {
  if (wide.bounds !== narrow.bounds) return false;
  if (wide.file !== '' && subject(wide) !== subject(narrow)) return false;
  if (wide.reach === 'anywhere') return true;
  if (wide.reach === 'line') return narrow.reach === 'line' && wide.pointer === narrow.pointer;
  return narrow.reach !== 'anywhere' && `${narrow.pointer}/`.startsWith(`${wide.pointer}/`);
}

export function ignoreChangeOf({ source, rule, reason, file, pointer, place }: Held): IgnoreChange {
  return { source, rules: [rule], reason, file: file === '' ? place.file : file, pointer, place };
}
