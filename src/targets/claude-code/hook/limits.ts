import type { LimitGrants, Policy } from '../../../model/policy.ts';

/** Limits that need to know what came before; the hook counts these, and calls a day. */
export const COUNTED_LIMITS = [
  'callsPerMinute',
  'repeatsPerCall',
  'sessionMinutes',
  'subagentsPerSession',
  'toolUsdPerDay',
] as const satisfies (keyof LimitGrants)[];

/** False where nothing needs the counters, so that a machine without a place for them still works. */
export function hasCounts({ agents }: Policy): boolean {
  return Object.values(agents).some(
    ({ limits, tools }) =>
      COUNTED_LIMITS.some((limit) => limits[limit] !== null) ||
      Object.values(tools).some(({ maxCallsPerDay }) => maxCallsPerDay !== null),
  );
}
