import type { Bound } from '../assess/bound.ts';
import type { Pair, Reach } from '../assess/reach.ts';
import { touches, type Walk } from '../assess/walk.ts';
import { secondsOf } from '../manifest/duration.ts';
import type { RoiFacts } from '../model/roi.ts';
import { callsOfPairs, MOST_CALLS, mostUsd } from './calls.ts';

/** An agent as the cost model sees it: its tools by what can go wrong with them. */
export interface Reading {
  reach: Reach;
  best: Walk;
  worst: Walk;
  /** High-stakes writes that do not run what the caller supplies, and those that do. */
  actions: Pair[];
  commands: Pair[];
  undoable: Pair[];
  staged: boolean;
}

export function readingOf(reach: Reach, walks: { best: Walk; worst: Walk }, staged: boolean): Reading {
  const writes = reach.pairs.filter((pair) => pair.writes.worst);
  const highStakes = writes.filter((pair) => walks.worst.highStakes.has(pair));
  return {
    reach,
    ...walks,
    actions: highStakes.filter((pair) => !pair.arbitrary.worst),
    commands: highStakes.filter((pair) => pair.arbitrary.worst),
    undoable: writes.filter((pair) => !walks.worst.highStakes.has(pair)),
    staged,
  };
}

export function factsOf(reading: Reading): RoiFacts {
  const { reach, best, worst, actions, commands, undoable, staged } = reading;
  const { limits = {} } = reach.agents[0]?.manifest ?? {};
  const costs = reach.pairs.map(({ facts }) => ({
    usd: mostUsd(facts),
    cap: facts.maxCallsPerDay === undefined ? null : Math.min(MOST_CALLS, facts.maxCallsPerDay),
  }));
  const paid = costs.filter(({ usd }) => usd !== 0);
  return {
    actions: callsOfPairs(actions, (pair) => best.highStakes.has(pair) && pair.writes.best),
    commands: callsOfPairs(commands, (pair) => pair.arbitrary.best && pair.writes.best),
    undoable: callsOfPairs(undoable, (pair) => pair.writes.best),
    hijack: steered(reading),
    disclosure: best.disclosure ? 'yes' : worst.disclosure ? 'maybe' : 'no',
    disclosed: reach.pairs.some((pair) => touches(pair, 'regulated', 'worst')) ? 'regulated' : 'confidential',
    longLived: longLived(reach),
    actionCap: actionCap(actions),
    callUsd: paid.some(({ usd }) => usd === null) ? null : Math.max(0, ...paid.map(({ usd }) => usd ?? 0)),
    callCap: paid.length > 0 && paid.every(({ cap }) => cap !== null) ? sum(paid.map(({ cap }) => cap ?? 0)) : null,
    usdPerDay: limits.usdPerDay ?? null,
    toolUsdPerDay: limits.toolUsdPerDay ?? null,
    staged,
  };
}

/** Can strangers' text steer it to a high-stakes call? */
function steered({ reach, best, actions, commands }: Reading): RoiFacts['hijack'] {
  const dangerous = [...actions, ...commands];
  const strangers = (when: keyof Bound & ('best' | 'worst')) =>
    reach.untrusted.some(({ bound }) => bound[when]) || reach.pairs.some((pair) => pair.brings[when]);
  if (dangerous.length === 0 || !strangers('worst')) return 'no';
  return strangers('best') && dangerous.some((pair) => best.highStakes.has(pair)) ? 'yes' : 'maybe';
}

const HOUR = 3600;

/** Credentials by name: two agents that hold the same one have to rotate it once. */
function longLived({ agents }: Reach): RoiFacts['longLived'] {
  const found = new Map<string, boolean>();
  for (const { manifest } of agents) {
    for (const [name, { mode, ttl }] of Object.entries(manifest.credentials ?? {})) {
      if (mode === 'test' || (ttl !== undefined && secondsOf(ttl) <= HOUR)) continue;
      found.set(name, found.get(name) === true || (mode === 'live' && ttl !== undefined));
    }
  }
  const surely = [...found.values()].filter(Boolean).length;
  return { surely, maybe: found.size - surely };
}

/** Only where every one of them moves money and nothing else: whatever else is high-stakes has no price in the manifest. */
function actionCap(actions: readonly Pair[]): number | null {
  const caps = actions.map((pair) => {
    const [usd, calls] = [mostUsd(pair.facts), pair.facts.maxCallsPerDay];
    const onlyMoney = usd !== null && usd > 0 && !touches(pair, 'confidential', 'worst');
    return onlyMoney && calls !== undefined ? usd * Math.min(MOST_CALLS, calls) : null;
  });
  return caps.length === 0 || caps.includes(null) ? null : sum(caps.map((cap) => cap ?? 0));
}

const sum = (numbers: readonly number[]) => numbers.reduce((total, number) => total + number, 0);
