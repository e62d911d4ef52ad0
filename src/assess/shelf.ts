import { CLASSIFICATIONS, type Classification } from '../model/vocabulary.ts';
import type { Pair, Scope } from './reach.ts';

/** A list of scopes that some tools of an agent share, with how many of them stand at each class at worst. */
export interface Shelf {
  counts: Record<Classification, number>;
  tools: string[];
}

/** The shelves that a scope is on, by the pointer of its class; one that is named twice is on one twice. */
export type Shelves = Map<string, { shelf: Shelf; scope: Scope }[]>;

export function shelve(pairs: readonly Pair[]): { shelves: Shelves; shelfOf: Map<string, Shelf> } {
  const byList = new Map<readonly Scope[], Shelf>();
  const shelves: Shelves = new Map();
  const shelfOf = new Map<string, Shelf>();
  for (const { tool, scopes } of pairs) {
    const shelf = byList.get(scopes) ?? {
      counts: { public: 0, internal: 0, confidential: 0, regulated: 0 },
      tools: [],
    };
    if (!byList.has(scopes)) for (const scope of scopes) place(shelf, scope, shelves);
    byList.set(scopes, shelf);
    shelf.tools.push(tool);
    shelfOf.set(tool, shelf);
  }
  return { shelves, shelfOf };
}

function place(shelf: Shelf, scope: Scope, shelves: Shelves): void {
  const { worst, pointer } = scope.classification;
  shelf.counts[worst]++;
  const others = shelves.get(pointer);
  if (others) others.push({ shelf, scope });
  else shelves.set(pointer, [{ shelf, scope }]);
}

/** The tools that reach less, or more again, now that the class of a scope is settled as public or open again. */
export function classify(shelves: Shelves, pointer: string, settled: boolean): string[] {
  return (shelves.get(pointer) ?? []).flatMap(({ shelf, scope }) => {
    const before = highest(shelf);
    shelf.counts[scope.classification.worst] += settled ? -1 : 1;
    shelf.counts.public += settled ? 1 : -1;
    return highest(shelf) === before ? [] : shelf.tools;
  });
}

/** A list that reaches as high as the shelf: no question of the tree asks more of a list than that. */
export function standIn(shelf: Shelf): Scope[] {
  const top = highest(shelf);
  return top === undefined ? [] : STAND_INS[top];
}

function highest({ counts }: Shelf): Classification | undefined {
  return CLASSIFICATIONS.findLast((one) => counts[one] > 0);
}

const standing = (at: Classification): Scope[] => [
  { agent: '', name: '', classification: { best: at, worst: at, pointer: '', provenance: 'default' } },
];

const STAND_INS: Record<Classification, Scope[]> = {
  public: standing('public'),
  internal: standing('internal'),
  confidential: standing('confidential'),
  regulated: standing('regulated'),
};
