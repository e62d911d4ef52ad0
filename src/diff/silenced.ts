import type { Finding } from '../model/finding.ts';
import type { Side } from './side.ts';
import type { Subjects } from './subjects.ts';

/** What the lint shows of the head by the configuration, baseline and ignores of either side. */
export interface Showings {
  byBase: readonly Finding[];
  /** The same if every file stood where it did. */
  byPast: readonly Finding[];
  byHead: readonly Finding[];
  /** Nothing that the head says holds anything back. */
  isTrusted: boolean;
}

/** What is said of ignores, the baseline and the configuration themselves: whoever changes those changes it too. */
const OF_HOLDS: ReadonlySet<string> = new Set([
  'unused-ignore',
  'expired-ignore',
  'stale-baseline',
  'ignore-without-reason',
  'unknown-ignored-rule',
]);

export const isOfHolds = ({ rule }: Pick<Finding, 'rule'>) => OF_HOLDS.has(rule);

const counts = (finding: Finding) => finding.severity !== 'note' && !isOfHolds(finding);

/** What the head hides that the base would show, and what the base showed that is still there and shown no more. */
export function silencedBy(base: Side, head: Side, showings: Showings, { keyOf }: Subjects): Finding[] {
  const { byBase, byPast, byHead } = showings;
  const shown = new Set(byHead.map((finding) => keyOf(finding, 'head')));
  const held = new Set(base.heldBack.map((finding) => keyOf(finding, 'base')));
  const would = new Set([
    // What is held back in one place or by one comment is not found anew in another.
    ...[...byBase, ...byPast].map((finding) => keyOf(finding, 'head')).filter((key) => !held.has(key)),
    ...base.shown.map((finding) => keyOf(finding, 'base')),
  ]);
  const found = new Map([...head.raw, ...byBase, ...byPast].map((finding) => [keyOf(finding, 'head'), finding]));
  return [...found].flatMap(([key, finding]) =>
    counts(finding) && would.has(key) && !shown.has(key) ? [finding] : [],
  );
}

/** What is new, and held back by what was said of another agent that stood in its place. */
export function inherited(base: Side, head: Side, { keyOf }: Subjects): Finding[] {
  const placeOf = ({ rule, file, document, pointer }: Finding, { known }: Side) =>
    JSON.stringify([rule, known(file), document, pointer]);
  const before = new Set(base.raw.map((finding) => keyOf(finding, 'base')));
  const held = new Set(base.heldBack.map((finding) => placeOf(finding, base)));
  return head.heldBack.filter(
    (finding) => counts(finding) && held.has(placeOf(finding, head)) && !before.has(keyOf(finding, 'head')),
  );
}
