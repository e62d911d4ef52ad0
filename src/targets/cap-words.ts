import type { AgentPolicy, LimitGrants, Policy } from '../model/policy.ts';

/** What is counted call by call; the engine tests measure that nothing runs beyond. */
const CALL_CAPS = ['callsPerMinute', 'repeatsPerCall', 'toolUsdPerDay'] as const satisfies (keyof LimitGrants)[];

/** For a README: how far calls go beyond the caps of a policy where something counts each before it runs; nothing where it has none. */
export function callCapWords(policy: Policy): string[] {
  const agents = Object.values(policy.agents);
  const set = [
    ...CALL_CAPS.filter((cap) => agents.some(({ limits }) => limits[cap] !== null)),
    ...(agents.some(hasDailyCap) ? ['maxCallsPerDay'] : []),
  ].map((cap) => `\`${cap}\``);
  if (set.length === 0) return [];
  const [caps, are] = set.length === 1 ? ['cap', 'is'] : ['caps', 'are'];
  return [
    `The ${caps} ${set.join(', ')} ${are} held to the call: the call that would go beyond is refused, and none runs beyond it.`,
  ];
}

function hasDailyCap({ tools }: AgentPolicy): boolean {
  return Object.values(tools).some(({ maxCallsPerDay }) => maxCallsPerDay !== null);
}
