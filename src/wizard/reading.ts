import type { Case } from '../assess/bound.ts';
import { controlsOf } from '../assess/controls.ts';
import { reachOf } from '../assess/reach.ts';
import { isStagingOnly } from '../assess/stage.ts';
import { answersTo, tallyOf, walk } from '../assess/walk.ts';
import type { Agent } from '../manifest/tree.ts';
import type { Control } from '../model/controls.ts';
import type { Tier } from '../model/tiers.ts';
import { type Alternative, alternativesOf } from './alternatives.ts';

/** The tier at best and at worst. */
export interface Interval {
  floor: Tier;
  ceiling: Tier;
}

/** As much of an assessment as the next question hangs on. */
export interface Reading extends Interval {
  isStaging: boolean;
  required: Control[];
  missing: Control[];
  excessive: Control[];
  /** What would serve better than an engine that asks for each call. */
  alternatives: Alternative[];
}

export function intervalOf(root: Agent): Interval {
  const reach = reachOf(root);
  const tierWhen = (when: Case) => answersTo(tallyOf(reach, when)).tier;
  return { floor: tierWhen('best'), ceiling: tierWhen('worst') };
}

export function readingOf(root: Agent): Reading {
  const reach = reachOf(root);
  const worst = walk(reach, 'worst');
  const isStaging = isStagingOnly(root, reach);
  const { required, missing, excessive } = controlsOf({ root, reach, worst, tier: worst.tier, staging: isStaging });
  const ids = (entries: readonly { id: Control }[]) => entries.map(({ id }) => id);
  const reading = {
    floor: walk(reach, 'best').tier,
    ceiling: worst.tier,
    isStaging,
    required: ids(required),
    missing: ids(missing),
    excessive: ids(excessive),
  };
  return { ...reading, alternatives: alternativesOf(root, worst, reading) };
}

/** Equal where nothing that people are told differs. */
export const fingerprint = (reading: Reading): string => JSON.stringify(reading);
