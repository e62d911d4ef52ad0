import type { MetricDefinition } from '../../model/audit-metrics.ts';

/** Refusals that say that the call was outside of the grants; the others say that there was too much of something, or a fault. */
export const SCOPE_RULES: ReadonlySet<string> = new Set(['unlisted-agent', 'unlisted-tool', 'denied', 'arguments']);

export const DEFINITIONS: readonly MetricDefinition[] = [
  {
    id: 'scoped-denial-rate',
    title: 'Scoped-denial rate',
    unit: 'share of calls',
    counts:
      'Calls that the policy refused because the tool, the agent or an argument was outside of what is granted, divided by all calls that were decided. What a cap, a budget, a fault or a person refused is not in it.',
    tells:
      'A healthy one is small and not zero: at zero nobody knows whether the limits hold anything back. Where it is high, the scope is wrong or somebody tries something.',
  },
  {
    id: 'mean-time-to-audit',
    title: 'Mean time to audit',
    unit: 'seconds',
    counts:
      'From asking the records of this machine a question to its answer, for every command that reads them. Questions that ended with an error are counted apart. What was asked and answered is not kept.',
    tells: 'It is what a question about the records costs: seconds are good, and days are a project.',
  },
  {
    id: 'manual-review-hours',
    title: 'Manual-review hours',
    unit: 'hours for each agent',
    counts:
      'Waiting: from asking a person to the answer, or to the end of the time for it. Deciding: what of that the person who answered can have spent on it at most, from the question, or from the answer of the same person before it, to the answer. Who answers for two logs at once counts in both. A call counts in the week of its answer.',
    tells:
      'Waiting is what review costs the agent, deciding is what it costs people. Where nothing is ever denied, the review may be worth neither.',
  },
];
