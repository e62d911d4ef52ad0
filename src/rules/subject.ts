import { controlsOf } from '../assess/controls.ts';
import type { ControlInput } from '../assess/evidence.ts';
import { type Reach, reachOf } from '../assess/reach.ts';
import { isStagingOnly } from '../assess/stage.ts';
import { type Walk, walk } from '../assess/walk.ts';
import type { Agent } from '../manifest/tree.ts';
import type { Controls } from '../model/assessment.ts';
import type { Tier } from '../model/tiers.ts';

/** One agent with its subagents, as rules see it. What costs time is worked out when a rule first asks. */
export interface Subject {
  root: Agent;
  /** The root and every subagent, each once. */
  agents: Agent[];
  reach: Reach;
  worst: Walk;
  best: Walk;
  tier: Tier;
  staging: boolean;
  input: ControlInput;
  controls: Controls;
}

export function subjectOf(root: Agent): Subject {
  const reach = reachOf(root);
  const worst = walk(reach, 'worst');
  const later = <T>(make: () => T): (() => T) => {
    let made: { value: T } | undefined;
    return () => {
      made ??= { value: make() };
      return made.value;
    };
  };
  const best = later(() => walk(reach, 'best'));
  const staging = later(() => isStagingOnly(root, reach));
  const input = later((): ControlInput => ({ root, reach, worst, tier: worst.tier, staging: staging() }));
  const controls = later(() => controlsOf(input()));
  return {
    root,
    agents: reach.agents,
    reach,
    worst,
    tier: worst.tier,
    get best() {
      return best();
    },
    get staging() {
      return staging();
    },
    get input() {
      return input();
    },
    get controls() {
      return controls();
    },
  };
}
