import { expect } from 'vitest';
import type { Verdict } from '../../src/enforce/call.ts';
import { limitsFor } from '../../src/enforce/limits.ts';
import type { Policy } from '../../src/model/policy.ts';

/** A call that was let through, as somebody with a list and a pencil writes it down. */
export interface Made {
  /** Milliseconds since 1970. */
  at: number;
  agent: string;
  grant: string;
  call: string;
  usd: number;
  session: number;
  /** False: it did not run, and counts nowhere. */
  counts: boolean;
}

export type Asking = Omit<Made, 'counts'>;

const MINUTE = 60_000;
const dayOf = (time: number) => new Date(time).toISOString().slice(0, 10);
const secondOf = (time: number) => Math.floor(time / 1000);

/**
 * Holds a verdict against the list. What was let through passed no cap; what was refused met the very cap that the refusal
 * names. A minute is one of whole seconds: a refusal may be a second late to open, and no call comes a moment too early.
 */
export function fits(policy: Policy, list: readonly Made[], asking: Asking, { decision, rule }: Verdict): void {
  const { at, agent, grant, call, usd, session } = asking;
  const own = policy.agents[agent];
  const capOf = limitsFor(policy, own ?? expect.fail(`no agent ${agent}`));
  const cap = (limit: Parameters<typeof capOf>[0]) => capOf(limit) ?? Number.POSITIVE_INFINITY;
  const counted = list.filter((made) => made.counts);
  const today = counted.filter((made) => dayOf(made.at) === dayOf(at));
  const started = list.find((made) => made.session === session)?.at ?? at;
  const used = {
    'calls-a-minute': counted.filter((made) => made.at > at - MINUTE).length,
    'calls-a-day': today.filter((made) => made.agent === agent && made.grant === grant).length,
    repeats: counted.filter((made) => made.session === session && made.call === call).length,
    'tool-spend': today.reduce((sum, made) => sum + made.usd, 0),
    'session-minutes': (at - started) / MINUTE,
  };
  const caps = {
    'calls-a-minute': cap('callsPerMinute'),
    'calls-a-day': own?.tools[grant]?.maxCallsPerDay ?? Number.POSITIVE_INFINITY,
    repeats: cap('repeatsPerCall'),
    'tool-spend': cap('toolUsdPerDay'),
    'session-minutes': cap('sessionMinutes'),
  };
  if (decision === 'allow') {
    for (const name of ['calls-a-minute', 'calls-a-day', 'repeats', 'session-minutes'] as const)
      expect(used[name], `${name}, let through`).toBeLessThan(caps[name]);
    if (usd > 0) expect(used['tool-spend'] + usd, 'tool-spend, let through').toBeLessThanOrEqual(caps['tool-spend']);
    return;
  }
  expect(Object.keys(caps), 'a rule that counts').toContain(rule);
  const inSeconds = counted.filter((made) => secondOf(made.at) >= secondOf(at) - 60).length;
  if (rule === 'calls-a-minute') expect(inSeconds, rule).toBeGreaterThanOrEqual(caps[rule]);
  else if (rule === 'tool-spend') expect(used[rule] + usd, rule).toBeGreaterThan(caps[rule]);
  else expect(used[rule as keyof typeof used], rule).toBeGreaterThanOrEqual(caps[rule as keyof typeof caps]);
}
