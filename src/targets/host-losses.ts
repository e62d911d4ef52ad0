import type { Control } from '../model/controls.ts';
import type { AgentPolicy, LimitGrants, Loss, Policy } from '../model/policy.ts';
import { byName } from '../source/order.ts';
import { callLosses } from './call-losses.ts';
import { GATE, SANDBOX } from './instead.ts';

type Limit = keyof LimitGrants;

/** A program that runs agents, and what it can do besides deciding about calls. */
export interface Host {
  /** Its name for people. */
  title: string;
  /** Limits that it, or what we generate for it, holds. */
  counts: readonly Limit[];
  /** Does something count calls a day? */
  countsDays?: true;
}

/** What a limit that a host does not count is lost as, and who else counts it. */
const LIMITS: { what: Control; limits: readonly Limit[]; instead: string }[] = [
  { what: 'rate-limit', limits: ['callsPerMinute'], instead: GATE },
  {
    what: 'token-budget',
    limits: ['tokensPerSession'],
    instead: 'route the model through a proxy with a budget (the `litellm` target)',
  },
  {
    what: 'spend-cap',
    limits: ['usdPerDay', 'usdPerSession'],
    instead: 'route the model through a proxy with a budget (the `litellm` target)',
  },
  { what: 'spend-cap', limits: ['toolUsdPerDay'], instead: GATE },
  { what: 'loop-limit', limits: ['repeatsPerCall'], instead: GATE },
  {
    what: 'loop-limit',
    limits: ['turnsPerSession', 'delegationDepth', 'subagentsPerSession', 'concurrentSubagents', 'sessionMinutes'],
    instead: 'use a target that counts turns, such as `claude-code`, or stop the process from outside',
  },
];

/** What every host of this kind loses alike: it starts servers as they are, keeps no records, and hands out no tokens. */
export function hostLosses(policy: Policy, host: Host): Loss[] {
  const agents = Object.entries(policy.agents).sort(byName);
  return [
    ...agents.flatMap(([id, agent]) => [
      ...limitLosses(id, agent, host),
      ...callLosses(id, agent, (_, { decision }) => decision !== 'deny').filter(
        ({ what }) => what !== 'maxCallsPerDay' || host.countsDays !== true,
      ),
      ...reachLosses(id, agent, host),
    ]),
    ...policyLosses(policy, host),
  ];
}

function limitLosses(agent: string, { limits }: AgentPolicy, { title, counts }: Host): Loss[] {
  return LIMITS.flatMap(({ what, limits: kinds, instead }) => {
    const set = kinds.filter((kind) => limits[kind] !== null && !counts.includes(kind));
    const words = set.map((kind) => `\`${kind}: ${limits[kind]}\``).join(', ');
    return set.length === 0 ? [] : [{ what, agent, message: `not counted by ${title}: ${words}`, instead }];
  });
}

function reachLosses(agent: string, { servers, credentials }: AgentPolicy, { title }: Host): Loss[] {
  const losses: Loss[] = [];
  const lose = (what: string, message: string, instead: string) => losses.push({ what, agent, message, instead });
  if (Object.keys(servers).length > 0)
    lose('servers', 'server processes run outside of any sandbox: their hosts and folders are not held', SANDBOX);
  const pinned = Object.entries(servers).flatMap(([name, { pin }]) => (pin === null ? [] : [`\`${name}\``]));
  if (pinned.length > 0) lose('pins', `pins are not compared with what runs: ${pinned.sort().join(', ')}`, GATE);
  if (Object.keys(credentials).length > 0) {
    const message = `scopes and lifetimes of credentials are not held, and whatever ${title} was started with is in its environment`;
    lose('credentials', message, 'start it with the variables of its servers and no others');
  }
  return losses;
}

function policyLosses(policy: Policy, { title }: Host): Loss[] {
  const losses: Loss[] = [];
  const lose = (what: string, message: string, instead: string) => losses.push({ what, message, instead });
  const agents = Object.values(policy.agents);
  if (policy.audit !== 'none') {
    const signed = policy.audit === 'signed';
    lose(signed ? 'signed-audit' : 'audit-log', `calls leave no ${signed ? 'signed ' : ''}record`, GATE);
  }
  if (agents.some(({ network }) => network.egress !== 'open'))
    lose('egress-allowlist', `${title} and the servers it starts may connect anywhere`, SANDBOX);
  if (policy.controls.includes('staging-boundary'))
    lose('staging-boundary', `${title} cannot tell staging from production`, 'keep production out of reach');
  return losses;
}
