import { compare } from '../diff/diff.ts';
import type { Held } from '../diff/ignores.ts';
import { trustsOf } from '../diff/ignores.ts';
import { loosenedSettings } from '../diff/loosened.ts';
import { isOfHolds } from '../diff/silenced.ts';
import { ENGINE_RULES } from '../lint/meta.ts';
import { DIFF_SCHEMA, type DiffReport } from '../model/diff.ts';
import type { Loaded } from '../model/place.ts';
import { rules } from '../rules/registry.generated.ts';
import { asBefore, movedFiles } from './as-before.ts';
import type { Invocation } from './command.ts';
import { sidesOf } from './comparing.ts';
import type { Io } from './io.ts';
import { textOf } from './options.ts';
import { type Look, lookAt, type Seen, type Ways, waysOf } from './side.ts';
import { inSide, trustedBy } from './trusting.ts';

export interface Comparison {
  report: DiffReport;
  /** For code frames. */
  texts: ReadonlyMap<string, string>;
  /** The head cannot be read whole. */
  isBroken: boolean;
}

/** Both sides looked at, each by its own settings or both by those of the revision that is trusted. */
export async function comparisonOf(
  names: readonly [base: string, head: string | undefined],
  options: Invocation['options'],
  io: Io,
): Promise<Loaded<Comparison>> {
  const sides = sidesOf(...names, options, io);
  if (sides.state !== 'ok') return sides;
  const { base, head } = sides.value;
  const trust = textOf(options.trust);
  const trusted = trust === undefined ? undefined : await trustedBy(trust, options, io);
  if (trusted && trusted.state !== 'ok') return trusted;

  const [baseWays, headWays] = [await waysOf(base), await waysOf(head)];
  // A base that is broken does not keep anybody from mending it; nothing of it is believed.
  const before = trusted?.value.ways ?? (baseWays.state === 'ok' ? baseWays.value : NO_WAYS);
  if (headWays.state !== 'ok' && !trusted) return headWays;
  const after = headWays.state === 'ok' ? headWays.value : NO_WAYS;

  const seenBase = lookAt(base, before);
  const byHead = lookAt(head, after);
  const isGone = (file: string) => !byHead.collected.texts.has(file);
  const trusts = trusted?.value.trusts(isGone) ?? trustsOf(seenBase.held, isGone);
  const byBase = isSame(before, after) && !byHead.held.some(isComment) ? byHead : lookAt(head, { ...before, trusts });
  const moved = movedFiles(seenBase, byHead);
  const byPast = moved.size > 0 ? lookAt(head, { ...asBefore(before, moved, io.cwd), trusts }) : byBase;
  const shown = trusted ? byBase : byHead;
  const errors = [
    ...(baseWays.state === 'ok' ? [] : baseWays.problems).map((problem) => inSide(problem, base.name)),
    ...[...seenBase.collected.problems, ...unreadOf(base)].map((problem) => inSide(problem, base.name)),
    ...(headWays.state === 'ok' ? [] : headWays.problems),
    ...shown.collected.problems,
    ...unreadOf(head),
  ];
  const report: DiffReport = {
    schema: DIFF_SCHEMA,
    base: base.name,
    head: head.name,
    trusted: trust ?? null,
    ...compare(seenBase, trusted ? asTrusted(byBase, byHead) : byHead, {
      byBase: byBase.shown,
      byPast: byPast.shown,
      byHead: byHead.shown,
      isTrusted: trusted !== undefined,
    }),
    loosened: headWays.state === 'ok' ? loosened(before, after, byHead) : [],
    errors,
  };
  const isUnread = shown.collected.problems.length > 0 || (head.unread ?? []).some(({ isBroken }) => isBroken);
  const isBroken = headWays.state !== 'ok' || isUnread;
  return { state: 'ok', value: { report, isBroken, texts: new Map([...after.texts, ...shown.collected.texts]) } };
}

/** By the rules of the one, with what the other would hold back; what it says of its own is for it to mend. */
function asTrusted(byBase: Seen, byHead: Seen): Seen {
  const own = new Set(byHead.shown.map(({ fingerprint }) => fingerprint));
  const shown = byBase.shown.filter((finding) => !isOfHolds(finding) || own.has(finding.fingerprint));
  return { ...byBase, shown, held: byHead.held };
}

const isComment = ({ source }: Held) => source === 'comment';

/** The same words in the same files: most changes leave them alone. */
function isSame({ texts }: Ways, other: Ways): boolean {
  return texts.size === other.texts.size && [...texts].every(([file, text]) => other.texts.get(file) === text);
}

const unreadOf = ({ unread = [] }: Look) => unread.map(({ problem }) => problem);

const NO_WAYS: Ways = { config: undefined, baseline: undefined, base: '.', texts: new Map() };

function loosened(before: Ways, after: Ways, head: Seen): DiffReport['loosened'] {
  const [base, own] = [before, after].map(({ config }) => config?.organisation.layers ?? []);
  const pathIn = after.config?.organisation.pathIn ?? before.config?.organisation.pathIn ?? ((file: string) => file);
  const paths = [...head.collected.texts.keys()].map(pathIn);
  return loosenedSettings(base ?? [], own ?? [], [...rules, ...ENGINE_RULES], paths);
}
