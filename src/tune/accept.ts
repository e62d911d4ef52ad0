import { patchedAgent } from '../manifest/patch.ts';
import type { PatchOperation } from '../model/assessment.ts';
import type { TuneDirection } from '../model/tune.ts';
import { complaintOf, type State, stateOf } from './state.ts';

export interface Change {
  direction: TuneDirection;
  patch: PatchOperation[];
}

export interface Accepted<T extends Change> {
  state: State;
  taken: T[];
  refused: { change: T; reason: string }[];
}

/**
 * Takes over as many changes as can stand together, those that tighten first: so that one that loosens is measured by what is
 * left, and never by what another one made better. All at once where that holds, which it mostly does.
 */
export function acceptAll<T extends Change>(before: State, changes: readonly T[]): Accepted<T> {
  const accepted: Accepted<T> = { state: before, taken: [], refused: [] };
  for (const direction of ['tighten', 'loosen'] as const)
    take(
      accepted,
      changes.filter((change) => change.direction === direction),
      direction,
    );
  return accepted;
}

function take<T extends Change>(accepted: Accepted<T>, changes: readonly T[], direction: TuneDirection): void {
  const [first] = changes;
  if (first === undefined) return;
  const patch = changes.flatMap((change) => change.patch);
  const after = stateOf(accepted.state.roots.map((root) => patchedAgent(root, patch)));
  const reason = complaintOf(accepted.state, after, direction);
  if (reason === undefined) {
    accepted.state = after;
    accepted.taken.push(...changes);
  } else if (changes.length === 1) accepted.refused.push({ change: first, reason });
  else {
    const half = Math.ceil(changes.length / 2);
    take(accepted, changes.slice(0, half), direction);
    take(accepted, changes.slice(half), direction);
  }
}
