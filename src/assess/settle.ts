import type { Agent } from '../manifest/tree.ts';
import type { Tier } from '../model/tiers.ts';
import type { Bound } from './bound.ts';
import { type Pair, pairOf, type Reach } from './reach.ts';
import { classify, type Shelf, type Shelves, shelve, standIn } from './shelf.ts';
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
  shelves: Shelves;
}

interface Seat {
  pair: Pair;
  /** With the answers but those about classes, which only move its shelf. */
  own: Pair;
  now: Pair;
  answers: Set<Unknown>;
  shelf: Shelf | undefined;
}

export function settling(reach: Reach): Settled {
  const tally = tallyOf(reach, 'worst');
  const parts = new Map(reach.agents.map((agent) => [agent, partOf(agent, reach)]));

  function change(unknowns: readonly Unknown[], settled: boolean): void {
    const changed = new Map<Seat, { part: Part; own: boolean }>();
    for (const unknown of unknowns) {
      const part = parts.get(unknown.agent);
      if (!part) continue;
      const seat = part.tools.get(unknown.tool ?? '');
      const { answers } = seat ?? part;
      if (answers.has(unknown) === settled) continue;
      if (settled) answers.add(unknown);
      else answers.delete(unknown);
      if (unknown.scope !== undefined) {
        for (const tool of classify(part.shelves, unknown.scope, settled)) {
          const other = part.tools.get(tool);
          if (other && !changed.has(other)) changed.set(other, { part, own: false });
        }
        continue;
      }
      if (!seat) {
        tally.strangers -= strangersOf(part.now);
        part.now = answered(part);
        tally.strangers += strangersOf(part.now);
      }
      for (const one of seat ? [seat] : part.tools.values()) changed.set(one, { part, own: true });
    }
    for (const [seat, { part, own }] of changed) {
      count(tally, seat.now, 'worst', -1);
      if (own) seat.own = resolved(part.now, seat);
      seat.now = shelved(seat);
      count(tally, seat.now, 'worst', 1);
    }
  }

  return {
    settle: (unknowns) => change(unknowns, true),
    reopen: (unknowns) => change(unknowns, false),
    ceiling: () => answersTo(tally).tier,
  };
}

function partOf(agent: Agent, { pairs }: Reach): Part {
  const mine = pairs.filter((pair) => pair.agent === agent);
  // Without a map of data one answer settles every scope at once, so that the tools are resolved again.
  const { shelves, shelfOf } = shelve(agent.manifest.data === undefined ? [] : mine);
  const tools = mine.map((pair): [string, Seat] => [
    pair.tool,
    { pair, own: pair, now: pair, answers: new Set(), shelf: shelfOf.get(pair.tool) },
  ]);
  return { agent, now: agent, answers: new Set(), tools: new Map(tools), shelves };
}

const strangersOf = ({ manifest }: Agent): number => Number(manifest.inputs?.untrusted ?? true);

function answered({ agent, answers }: Part): Agent {
  if (answers.size === 0) return agent;
  let { manifest } = agent;
  for (const { scope, manifest: answer } of answers) {
    if (scope === undefined) manifest = answer?.(manifest) ?? manifest;
  }
  return { ...agent, manifest };
}

function resolved(agent: Agent, { pair, answers }: Seat): Pair {
  let stated = pair.facts;
  for (const answer of answers) stated = answer.facts?.(stated) ?? stated;
  const now = pairOf(agent, pair.tool, stated);
  return pair.wildcard && answers.size > 0 ? atBest(now) : now;
}

function shelved({ pair, own, answers, shelf }: Seat): Pair {
  if (!shelf || (pair.wildcard && answers.size > 0)) return own;
  return { ...own, scopes: standIn(shelf) };
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
