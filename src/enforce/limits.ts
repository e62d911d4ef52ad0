import type { AgentPolicy, LimitGrants, Policy } from '../model/policy.ts';
import type { State, Usage, VerdictRule } from './call.ts';

const USAGES = [
  'callsLastMinute',
  'callsToday',
  'repeats',
  'toolUsdToday',
  'sessionSeconds',
  'subagentsStarted',
] as const satisfies (keyof Usage)[];

/** Counters that can be right; anything else counts as unreadable. */
export function isReadable(state: State): state is Usage {
  return (
    typeof state === 'object' &&
    state !== null &&
    USAGES.every((usage) => state[usage] >= 0 && Number.isFinite(state[usage]))
  );
}

/** The stricter of the session's limits and the agent's own. */
export function limitsFor({ agents, root }: Policy, agent: AgentPolicy): (limit: keyof LimitGrants) => number | null {
  const session = agents[root]?.limits;
  return (limit) => {
    const [one, other] = [session?.[limit] ?? null, agent.limits[limit]];
    return one === null || other === null ? (one ?? other) : Math.min(one, other);
  };
}

export interface Pending {
  tool: string;
  usd: number;
  maxCallsPerDay: number | null;
}

const STARTERS: ReadonlySet<string> = new Set(['Agent', 'Task']);
/** Sums of dollars carry the rounding of their parts. */
const ROUNDING = 1 + 1e-12;
const times = (count: number) => `${count} ${count === 1 ? 'time' : 'times'}`;

/** The first limit that a call would break. A cap of n lets n calls through. */
export function brokenLimit(
  limit: (name: keyof LimitGrants) => number | null,
  { tool, usd, maxCallsPerDay }: Pending,
  usage: Usage,
): { rule: VerdictRule; message: string } | undefined {
  const reached = (used: number, cap: number | null): cap is number => cap !== null && !(used < cap);
  const minutes = limit('sessionMinutes');
  if (minutes !== null && reached(usage.sessionSeconds, minutes * 60)) {
    const message = `the session has lasted the ${minutes} minutes it may; a new session may call \`${tool}\` again`;
    return { rule: 'session-minutes', message };
  }
  const subagents = limit('subagentsPerSession');
  if (STARTERS.has(tool) && reached(usage.subagentsStarted, subagents)) {
    const message = `the session may start ${subagents} ${subagents === 1 ? 'subagent' : 'subagents'}, and has; go on without another one`;
    return { rule: 'subagents', message };
  }
  const perMinute = limit('callsPerMinute');
  if (reached(usage.callsLastMinute, perMinute)) {
    const message = `the session has made the ${perMinute} calls a minute it may; wait a minute and call \`${tool}\` again`;
    return { rule: 'calls-a-minute', message };
  }
  if (reached(usage.callsToday, maxCallsPerDay)) {
    const message = `\`${tool}\` has been called ${times(usage.callsToday)} today, and its cap is ${maxCallsPerDay}; it opens again at midnight UTC`;
    return { rule: 'calls-a-day', message: maxCallsPerDay === 0 ? `\`${tool}\` has a cap of 0 calls a day` : message };
  }
  const repeats = limit('repeatsPerCall');
  if (reached(usage.repeats, repeats)) {
    const message = `this very call of \`${tool}\` may be made ${times(repeats)} a session; call it with other arguments, or not at all`;
    return { rule: 'repeats', message };
  }
  const spend = limit('toolUsdPerDay');
  if (usd > 0 && spend !== null && !(usage.toolUsdToday + usd <= spend * ROUNDING)) {
    const left = Math.max(0, spend - usage.toolUsdToday);
    const message = `tools may spend ${spend} US dollars a day, and ${Math.floor(left * 100) / 100} are left; \`${tool}\` would spend more than that`;
    return { rule: 'tool-spend', message };
  }
  return undefined;
}
