import { resolve } from 'node:path';
import { stateIn } from '../apply/state.ts';
import { proposeUndo } from '../apply/undo.ts';
import type { Agent } from '../manifest/tree.ts';
import type { Problem } from '../model/place.ts';
import type { ApplyResult } from '../report/apply-report.ts';
import type { ApplyOptions } from './apply-options.ts';
import { detailsOf, itemOf, type Planned, staleness, type Work } from './applying.ts';
import { prepare } from './bundles.ts';
import { holdsOf, type Known, knownIn, lockOf, type Site, siteOf } from './installing.ts';
import type { Io } from './io.ts';

/** Asks nothing of the bundle but its lock: a file must come out again however the rest stands. */
export function planUndo(roots: readonly Agent[], options: ApplyOptions, io: Io): Planned {
  const planned: Planned = { works: [], problems: [] };
  for (const root of roots) {
    const site = siteOf(root, options.out, io.cwd);
    if (site.state !== 'ok') {
      planned.problems.push(...site.problems);
      continue;
    }
    const to = options.to === undefined ? undefined : resolve(io.cwd, options.to);
    const { known, problems } = knownIn(lockOf(site.value), site.value, { to });
    planned.problems.push(...problems);
    const work: Work = { site: site.value, result: emptyResult(root, site.value), changes: [] };
    for (const item of known.filter((each) => isAsked(each, options))) {
      planned.problems.push(...addUndo(work, item, stateIn(io.env)));
    }
    planned.works.push(work);
  }
  return planned;
}

function addUndo(
  work: Work,
  { key, installed, installation, destination, target }: Known,
  state: string | undefined,
): Problem[] {
  const proposed = proposeUndo({ key, destination, previous: installed, state }, installation.way);
  if (proposed.state !== 'ok') return proposed.problems;
  const change = proposed.value;
  const item = {
    ...itemOf({ target, installation }, 'pending', destination.shown),
    ...detailsOf(change),
    undo: change.way,
  };
  work.result.items.push(item);
  work.changes.push({ item, change });
  return [];
}

/** Whether every installed file still holds what it should. */
export function planCheck(roots: readonly Agent[], options: ApplyOptions, io: Io): Planned {
  const planned: Planned = { works: [], problems: [] };
  for (const root of roots) {
    const site = siteOf(root, options.out, io.cwd);
    const made = prepare(root, { only: undefined, allows: options.allows, out: options.out, cwd: io.cwd });
    if (site.state !== 'ok' || made.state !== 'ok') {
      planned.problems.push(
        ...(site.state !== 'ok' ? site.problems : []),
        ...(made.state !== 'ok' ? made.problems : []),
      );
      continue;
    }
    const { holds, problems } = holdsOf(made.value, io.cwd);
    planned.problems.push(...problems);
    const result = { ...emptyResult(root, site.value), tier: made.value.plan.policy.tier };
    const asked = holds.filter((each) => isAsked(each, options));
    for (const { target, installation, destination, state, gone } of asked) {
      result.items.push({ ...itemOf({ target, installation }, state, destination.shown), gone });
    }
    // Where nothing is installed, how the bundle stands is for `generate --check`.
    const stale = asked.length > 0 ? staleness(made.value, options.where) : undefined;
    if (stale) planned.problems.push(stale);
    planned.works.push({ site: site.value, result, changes: [] });
  }
  return planned;
}

function isAsked({ target, installation }: Known, { only, as }: ApplyOptions): boolean {
  return (only?.some(({ id }) => id === target.id) ?? true) && (as === undefined || as === installation.id);
}

function emptyResult(root: Agent, site: Site): ApplyResult {
  return { file: root.file, agent: root.id, folder: site.shown, tier: null, notes: [], items: [] };
}
