import type { Agent } from '../manifest/tree.ts';
import type { Tier } from '../model/tiers.ts';
import type { Bound } from './bound.ts';
import { type Pair, pairOf, type Reach } from './reach.ts';
import type { Unknown } from './unknowns.ts';
import { answersTo, count, tallyOf } from './walk.ts';

/** A reach with some of its open facts settled. To settle one costs only the pairs that it is about. */
export interface Settled {
  settle(unknowns: readonly Unknown[]): void;
  reopen(unknowns: readonly Unknown[]): void;
  ceiling(): Tier;
}

/** An agent as it is with the answers about it, and its tools with the answers about each. */
interface Part {
  agent: Agent;
  now: Agent;
  answers: Set<Unknown>;
  tools: Map<string, Seat>;
}

interface Seat {
  pair: Pair;
  now: Pair;
  answers: Set<Unknown>;
}

export function settling(reach: Reach): Settled {
  const tally = tallyOf(reach, 'worst');
  const parts = new Map(
    reach.agents.map((agent): [Agent, Part] => [agent, { agent, now: agent, answers: new Set(), tools: new Map() }]),
  );
  for (const pair of reach.pairs) parts.get(pair.agent)?.tools.set(pair.tool, { pair, now: pair, answers: new Set() });

  function change(unknowns: readonly Unknown[], keep: (answers: Set<Unknown>, unknown: Unknown) => void): void {
    const changed = new Map<Seat, Part>();
    for (const unknown of unknowns) {
      const part = parts.get(unknown.agent);
      if (!part) continue;
      if (unknown.tool === undefined) {
        keep(part.answers, unknown);
        tally.strangers -= strangersOf(part.now);
        part.now = answered(part);
        tally.strangers += strangersOf(part.now);
      }
      const seat = part.tools.get(unknown.tool ?? '');
      if (seat) keep(seat.answers, unknown);
      for (const one of seat ? [seat] : part.tools.values()) changed.set(one, part);
    }
    for (const [seat, part] of changed) {
      count(tally, seat.now, 'worst', -1);
      seat.now = resolved(part.now, seat);
      count(tally, seat.now, 'worst', 1);
    }
  }

  return {
    settle: (unknowns) => change(unknowns, (answers, unknown) => answers.add(unknown)),
    reopen: (unknowns) => change(unknowns, (answers, unknown) => answers.delete(unknown)),
    ceiling: () => answersTo(tally).tier,
  };
}

const strangersOf = ({ manifest }: Agent): number => Number(manifest.inputs?.untrusted ?? true);

function answered({ agent, answers }: Part): Agent {
  if (answers.size === 0) return agent;
  let { manifest } = agent;
  for (const answer of answers) manifest = answer.manifest?.(manifest) ?? manifest;
  return { ...agent, manifest };
}

function resolved(agent: Agent, { pair, answers }: Seat): Pair {
  let stated = pair.facts;
  for (const answer of answers) stated = answer.facts?.(stated) ?? stated;
  const now = pairOf(agent, pair.tool, stated);
  return pair.wildcard && answers.size > 0 ? atBest(now) : now;
}

/** A wildcard once its tools are listed, each as harmless as what is said of the wildcard allows. */
function atBest(pair: Pair): Pair {
  const safest = <T>(bound: Bound<T>): Bound<T> => ({ ...bound, worst: bound.best });
  return {
    ...pair,
    writes: safest(pair.writes),
    irreversible: safest(pair.irreversible),
    highImpact: safest(pair.highImpact),
    arbitrary: safest(pair.arbitrary),
    exits: safest(pair.exits),
    brings: safest(pair.brings),
    hidden: safest(pair.hidden),
    scopes: pair.scopes.map((scope) => ({ ...scope, classification: safest(scope.classification) })),
  };
}
