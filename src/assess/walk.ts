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
  strangers: (Pair | { untrusted: string })[];
  exits: Pair[];
}

export function walk(reach: Reach, when: Case): Walk {
  const disclosure = disclosureIn(reach, when);
  const exits = new Set(disclosure?.exits);
  const highStakes = new Set(reach.pairs.filter((pair) => dangerous(pair, when) || exits.has(pair)));
  const writes = reach.pairs.some((pair) => pair.writes[when] || readsBeyondPublic(pair, when)) || exits.size > 0;
  const reversible = highStakes.size === 0;
  const autonomous = [...highStakes].some((pair) => lands(pair, when));
  return { tier: tierOf(writes, reversible, autonomous), writes, reversible, autonomous, highStakes, disclosure };
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
export function touches(pair: Pair, least: Classification, when: Case): boolean {
  return pair.scopes.some((scope) => atLeast(scope, least, when));
}

export function atLeast(scope: Scope, least: Classification, when: Case): boolean {
  return CLASSIFICATIONS.indexOf(scope.classification[when]) >= CLASSIFICATIONS.indexOf(least);
}

function readsBeyondPublic(pair: Pair, when: Case): boolean {
  return touches(pair, 'internal', when);
}

export function disclosureIn(reach: Reach, when: Case): Disclosure | undefined {
  const exits = reach.pairs.filter((pair) => pair.exits[when]);
  const readers = reach.pairs.filter((pair) => touches(pair, 'confidential', when) || pair.hidden[when]);
  const strangers = [
    ...reach.untrusted.filter(({ bound }) => bound[when]).map(({ agent }) => ({ untrusted: agent.id })),
    ...reach.pairs.filter((pair) => pair.brings[when]),
  ];
  if (exits.length === 0 || readers.length === 0 || strangers.length === 0) return undefined;
  return { readers, strangers, exits };
}

/** The tier with every open fact at its worst: the tier that stands. */
export function ceilingOf(reach: Reach): Tier {
  return walk(reach, 'worst').tier;
}

export function lower(a: Tier, b: Tier): boolean {
  return compareTiers(a, b) < 0;
}
