import type { Agent } from '../manifest/tree.ts';
import type { Tier } from '../model/tiers.ts';
import type { Bound } from './bound.ts';
import { type Pair, pairOf, type Reach } from './reach.ts';
import type { Unknown } from './unknowns.ts';
import { answersTo, count, tallyOf } from './walk.ts';

/** A reach with some of its open facts settled. To settle one costs only the pairs that it is about. */
export interface Settled {
  settle(unknown: Unknown): void;
  reopen(unknown: Unknown): void;
  ceiling(): Tier;
}

/** An agent as it is with the answers about it, and its tools with the answers about each. */
interface Part {
  now: Agent;
  answers: Set<Unknown>;
  tools: Map<string, { pair: Pair; now: Pair; answers: Set<Unknown> }>;
}

export function settling(reach: Reach): Settled {
  const tally = tallyOf(reach, 'worst');
  const parts = new Map(
    reach.agents.map((agent): [Agent, Part] => [agent, { now: agent, answers: new Set(), tools: new Map() }]),
  );
  for (const pair of reach.pairs) parts.get(pair.agent)?.tools.set(pair.tool, { pair, now: pair, answers: new Set() });

  function change(unknown: Unknown, keep: (answers: Set<Unknown>) => void): void {
    const part = parts.get(unknown.agent);
    if (!part) return;
    if (unknown.tool === undefined) {
      keep(part.answers);
      tally.strangers -= strangersOf(part.now);
      part.now = answered(unknown.agent, part.answers);
      tally.strangers += strangersOf(part.now);
    }
    for (const entry of unknown.tool === undefined ? part.tools.values() : [part.tools.get(unknown.tool)]) {
      if (!entry) continue;
      if (unknown.tool !== undefined) keep(entry.answers);
      count(tally, entry.now, 'worst', -1);
      entry.now = resolved(part.now, entry.pair, entry.answers);
      count(tally, entry.now, 'worst', 1);
    }
  }

  return {
    settle: (unknown) => change(unknown, (answers) => answers.add(unknown)),
    reopen: (unknown) => change(unknown, (answers) => answers.delete(unknown)),
    ceiling: () => answersTo(tally).tier,
  };
}

const strangersOf = ({ manifest }: Agent): number => Number(manifest.inputs?.untrusted ?? true);

function answered(agent: Agent, answers: ReadonlySet<Unknown>): Agent {
  let { manifest } = agent;
  for (const answer of answers) manifest = answer.manifest?.(manifest) ?? manifest;
  return { ...agent, manifest };
}

function resolved(agent: Agent, { tool, facts, wildcard }: Pair, answers: ReadonlySet<Unknown>): Pair {
  let stated = facts;
  for (const answer of answers) stated = answer.facts?.(stated) ?? stated;
  const pair = pairOf(agent, tool, stated);
  return wildcard && answers.size > 0 ? atBest(pair) : pair;
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
