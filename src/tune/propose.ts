import { subjectTier } from '../lint/effect.ts';
import { patchedAgent } from '../manifest/patch.ts';
import { type Agent, agentsOf } from '../manifest/tree.ts';
import type { PatchOperation } from '../model/assessment.ts';
import type { TuneDirection, TuneHeld, TuneNet, TuneProposal, TuneReport, TuneTrust } from '../model/tune.ts';
import { acceptAll } from './accept.ts';
import type { AgentView, Candidate } from './define.ts';
import { kinds } from './kinds.generated.ts';
import { type State, stateOf } from './state.ts';
import { isForeign, type Known, viewsOf } from './views.ts';

/** More are never needed: each makes what the next one finds. */
const MOST_ROUNDS = 10;

export interface Wanted extends Known {
  /** What the records about an agent are worth. */
  trustOf: (agent: string) => TuneTrust;
  directions: readonly TuneDirection[];
  /** Only these; empty: all. */
  ids: readonly string[];
  /** Why a change cannot be written into the text that it belongs to; undefined: it can. */
  obstacle: (patch: readonly PatchOperation[]) => string | undefined;
  /** What it is worth that a tree becomes another one. Absent: nobody asks. */
  worth?: (before: Agent, after: Agent) => TuneNet;
}

export interface Proposed {
  /** The manifests with all proposals applied. */
  roots: readonly Agent[];
  proposals: TuneProposal[];
  held: TuneHeld[];
  tiers: TuneReport['tiers'];
}

type Item = Omit<TuneProposal, 'tier'> & { held: string | undefined };

/**
 * All that the records speak for and the tier allows, together. Until nothing more can be taken over, so that once all is applied
 * the same records ask for nothing else.
 */
export function propose(roots: readonly Agent[], wanted: Wanted): Proposed {
  const begun = stateOf(roots);
  let state = begun;
  const taken = new Map<string, Item>();
  let held: TuneHeld[] = [];
  for (let round = 0; round < MOST_ROUNDS; round++) {
    const items = itemsOf(state.roots, wanted).filter(({ id }) => !taken.has(id));
    const open = items.filter((item) => item.held === undefined);
    const accepted = acceptAll(state, open);
    state = accepted.state;
    for (const item of accepted.taken) taken.set(item.id, item);
    held = [
      ...items.flatMap((item) => (item.held === undefined ? [] : [heldOf(item, item.held)])),
      ...accepted.refused.map(({ change, reason }) => heldOf(change, reason)),
    ];
    if (accepted.taken.length === 0) break;
  }
  const proposals = [...taken.values()].map((item) => withEffect(item, begun, wanted));
  return {
    roots: state.roots,
    proposals: proposals.sort((a, b) => order(a.direction) - order(b.direction)),
    held,
    tiers: tiersOf(begun, state),
  };
}

const order = (direction: TuneDirection): number => (direction === 'tighten' ? 0 : 1);

function itemsOf(roots: readonly Agent[], wanted: Wanted): Item[] {
  const { directions, ids, trustOf, obstacle } = wanted;
  return viewsOf(roots, wanted).flatMap((view) => {
    const trust = trustOf(view.agent.id);
    return kinds.flatMap((kind) =>
      kind
        .propose(view)
        .map((candidate) => itemOf(kind.id, view, candidate, distrusted(candidate, trust)))
        .filter(({ id, direction }) => directions.includes(direction) && (ids.length === 0 || ids.includes(id)))
        .map((item) => {
          if (item.held !== undefined) return item;
          if (isForeign(item.patch, roots)) return { ...item, held: 'the organisation says what stands there' };
          return { ...item, held: obstacle(item.patch) };
        }),
    );
  });
}

/** Whoever forged records could open a gate with them; all that he could do by closing one would show at once. */
function distrusted({ direction }: Candidate, trust: TuneTrust): string | undefined {
  if (trust === 'broken') return 'a log with calls of the agent is not as it was written';
  if (trust === 'unproven' && direction === 'loosen')
    return 'no trusted key proves the records, and nothing is loosened on the word of whoever can write them';
  return undefined;
}

function itemOf(kind: string, { agent }: AgentView, candidate: Candidate, distrust: string | undefined): Item {
  const { direction, subject, pointer, text, because, evidence, unknown = [], approvalsPerDay = 0, patch } = candidate;
  return {
    id: `${kind}:${agent.id}:${subject}`,
    kind,
    direction,
    agent: agent.id,
    file: agent.file,
    document: agent.document,
    pointer: `${agent.base}${pointer}`,
    text,
    because,
    evidence,
    unknown: [...unknown],
    approvalsPerDay,
    patch,
    held: candidate.held ?? distrust,
  };
}

function heldOf(item: Item, reason: string): TuneHeld {
  const { unknown: _, approvalsPerDay: __, patch: ___, held: ____, net: _____, ...rest } = item;
  return { ...rest, reason };
}

/** On the tree whose tier the change moves, else on the first one that has the agent. */
function withEffect({ held: _, ...item }: Item, begun: State, { worth }: Wanted): TuneProposal {
  const after = begun.roots.map((root) => patchedAgent(root, item.patch));
  const tiers = after.map(subjectTier);
  const moved = begun.trees.findIndex(({ tier }, i) => tiers[i] !== tier);
  const own = begun.roots.findIndex((root) => agentsOf(root).some(({ id }) => id === item.agent));
  const at = moved >= 0 ? moved : Math.max(own, 0);
  const [before, changed] = [begun.roots[at], after[at]];
  return {
    ...item,
    tier: { from: begun.trees[at]?.tier ?? 'full', to: tiers[at] ?? 'full' },
    ...(worth && before && changed ? { net: worth(before, changed) } : {}),
  };
}

function tiersOf(before: State, after: State): TuneReport['tiers'] {
  return before.roots.map(({ id, file, document }, i) => ({
    agent: id,
    file,
    document,
    from: before.trees[i]?.tier ?? 'full',
    to: after.trees[i]?.tier ?? 'full',
  }));
}
