import type { Agent } from '../manifest/tree.ts';
import { compareTiers, type Tier } from '../model/tiers.ts';
import { CLASSIFICATIONS, type Classification } from '../model/vocabulary.ts';
import type { Case } from './bound.ts';
import type { Pair, Reach, Scope } from './reach.ts';

/** The tree, walked with every open fact at its best or at its worst. */
export interface Walk {
  tier: Tier;
  /** Question 1: it writes, or reads something that is not public. */
  writes: boolean;
  /** Question 2: nothing in reach is high-stakes. */
  reversible: boolean;
  /** Question 3: a high-stakes action lands without a person's approval. */
  autonomous: boolean;
  highStakes: ReadonlySet<Pair>;
  disclosure: Disclosure | undefined;
}

/** The three legs of a disclosure path: who can read, how strangers' text comes in, and where data can leave. */
export interface Disclosure {
  readers: Pair[];
  strangers: (Pair | { untrusted: Agent })[];
  exits: Pair[];
}

/** How many pairs bear on each question. The answers follow from these numbers alone. */
export interface Tally {
  /** Write, or read something that is not public. */
  notable: number;
  dangerous: number;
  dangerousLanding: number;
  exits: number;
  exitsLanding: number;
  readers: number;
  strangers: number;
}

export function walk(reach: Reach, when: Case): Walk {
  const disclosure = disclosureIn(reach, when);
  const exits = new Set(disclosure?.exits);
  const highStakes = new Set(reach.pairs.filter((pair) => dangerous(pair, when) || exits.has(pair)));
  return { ...answersTo(tallyOf(reach, when)), highStakes, disclosure };
}

export function tallyOf({ pairs, untrusted }: Reach, when: Case): Tally {
  const strangers = untrusted.filter(({ bound }) => bound[when]).length;
  const tally = { notable: 0, dangerous: 0, dangerousLanding: 0, exits: 0, exitsLanding: 0, readers: 0, strangers };
  for (const pair of pairs) count(tally, pair, when, 1);
  return tally;
}

/** Adds a pair to a tally, or takes it out again. */
export function count(tally: Tally, pair: Pair, when: Case, times: 1 | -1): void {
  const landing = lands(pair, when) ? times : 0;
  if (pair.writes[when] || touches(pair, 'internal', when)) tally.notable += times;
  if (dangerous(pair, when)) {
    tally.dangerous += times;
    tally.dangerousLanding += landing;
  }
  if (pair.exits[when]) {
    tally.exits += times;
    tally.exitsLanding += landing;
  }
  if (reads(pair, when)) tally.readers += times;
  if (pair.brings[when]) tally.strangers += times;
}

export function answersTo(tally: Tally): Pick<Walk, 'tier' | 'writes' | 'reversible' | 'autonomous'> {
  const disclosure = tally.exits > 0 && tally.readers > 0 && tally.strangers > 0;
  const writes = tally.notable > 0 || disclosure;
  const reversible = tally.dangerous === 0 && !disclosure;
  const autonomous = tally.dangerousLanding > 0 || (disclosure && tally.exitsLanding > 0);
  return { tier: tierOf(writes, reversible, autonomous), writes, reversible, autonomous };
}

function tierOf(writes: boolean, reversible: boolean, autonomous: boolean): Tier {
  if (!writes) return 'light';
  if (reversible) return 'medium';
  return autonomous ? 'full' : 'medium-plus';
}

/** High-stakes by itself: irreversible, high-impact, or on regulated data. */
export function dangerous(pair: Pair, when: Case): boolean {
  return pair.irreversible[when] || pair.highImpact[when] || touches(pair, 'regulated', when);
}

/** For a high-stakes pair: does it run without a person saying yes? A review of any kind asks for high-stakes tools. */
export function lands(pair: Pair, when: Case): boolean {
  if (pair.access !== undefined) return pair.access === 'allow';
  if (pair.review !== undefined) return pair.review === 'none';
  return when === 'worst';
}

/** Does it reach data of at least this class? */
export function touches({ scopes }: Pair, least: Classification, when: Case): boolean {
  if (scopes.length < MANY) return scopes.some((scope) => atLeast(scope, least, when));
  return highestOf(scopes)[when] >= CLASSIFICATIONS.indexOf(least);
}

/** From this many scopes on, remembering the highest class is cheaper than looking again. */
const MANY = 8;

const highest = new WeakMap<readonly Scope[], Record<Case, number>>();

/** Many pairs share one list of scopes, and each is asked about it many times. */
function highestOf(scopes: readonly Scope[]): Record<Case, number> {
  const known = highest.get(scopes);
  if (known) return known;
  const found = { best: -1, worst: -1 };
  for (const { classification } of scopes) {
    found.best = Math.max(found.best, CLASSIFICATIONS.indexOf(classification.best));
    found.worst = Math.max(found.worst, CLASSIFICATIONS.indexOf(classification.worst));
  }
  highest.set(scopes, found);
  return found;
}

export function atLeast(scope: Scope, least: Classification, when: Case): boolean {
  return CLASSIFICATIONS.indexOf(scope.classification[when]) >= CLASSIFICATIONS.indexOf(least);
}

/** Does it reach what a disclosure path could carry out? */
export function reads(pair: Pair, when: Case): boolean {
  return touches(pair, 'confidential', when) || pair.hidden[when];
}

export function disclosureIn(reach: Reach, when: Case): Disclosure | undefined {
  const exits = reach.pairs.filter((pair) => pair.exits[when]);
  const readers = reach.pairs.filter((pair) => reads(pair, when));
  const strangers = [
    ...reach.untrusted.filter(({ bound }) => bound[when]).map(({ agent }) => ({ untrusted: agent })),
    ...reach.pairs.filter((pair) => pair.brings[when]),
  ];
  if (exits.length === 0 || readers.length === 0 || strangers.length === 0) return undefined;
  return { readers, strangers, exits };
}

export function lower(a: Tier, b: Tier): boolean {
  return compareTiers(a, b) < 0;
}
