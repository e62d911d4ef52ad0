import type { AgentPolicy, LimitGrants, Loss, Policy } from '../../model/policy.ts';
import { callLosses } from '../call-losses.ts';
import { GATE, SANDBOX } from '../instead.ts';
import { agentsOf, bucketOf, upstreamOf } from './places.ts';

export function lossesOf(policy: Policy): Loss[] {
  return [
    ...agentsOf(policy).flatMap(([id, agent]) => [
      ...serverLosses(id, agent),
      ...rateLosses(id, agent),
      ...toolLosses(id, agent),
      ...callLosses(id, agent, (_, { decision }) => decision !== 'deny'),
      ...otherLimits(id, agent),
    ]),
    { what: 'sandbox', message: 'files and connections of processes are not held', instead: SANDBOX },
    { what: 'audit-log', message: 'the access log names addresses, not tools', instead: GATE },
    { what: 'protectedPaths', message: 'files that agents must not write are not held', instead: SANDBOX },
    ...(policy.controls.includes('staging-boundary')
      ? [
          {
            what: 'staging-boundary',
            message: 'nginx cannot tell staging from production',
            instead: 'keep production out of reach',
          },
        ]
      : []),
  ];
}

function serverLosses(agent: string, { servers }: AgentPolicy): Loss[] {
  const names = (isOf: (name: string) => boolean) => Object.keys(servers).filter(isOf).sort().map(quoted).join(', ');
  const isStdio = (name: string) => servers[name]?.transport === 'stdio';
  const isUnsaid = (name: string) => {
    const grant = servers[name];
    return grant !== undefined && grant.transport === 'http' && upstreamOf(grant) === undefined;
  };
  const started = names(isStdio);
  const unsaid = names(isUnsaid);
  return [
    ...(started === ''
      ? []
      : [
          {
            what: 'rate-limit',
            agent,
            message: `${started}: started as processes, which no proxy sees`,
            instead: GATE,
          },
        ]),
    ...(unsaid === ''
      ? []
      : [
          {
            what: 'servers',
            agent,
            message: `stricter: ${unsaid}: the address has a user, a query or a character that nginx reads otherwise, so there is no way to it`,
            instead: 'give it an address of its own',
          },
        ]),
  ];
}

function rateLosses(agent: string, { limits, servers }: AgentPolicy): Loss[] {
  const cap = limits.callsPerMinute;
  if (cap === null || cap === 0 || !Object.values(servers).some((grant) => upstreamOf(grant) !== undefined)) return [];
  const { rate, burst } = bucketOf(cap);
  const message = `stricter: every request counts, also \`initialize\` and \`tools/list\`; ${burst + 1} at once and ${rate} a minute from then on, so that no minute has more than ${cap}`;
  return [{ what: 'rate-limit', agent, message, instead: 'raise `callsPerMinute`, or use the `gate` target' }];
}

function toolLosses(agent: string, { tools, approvals }: AgentPolicy): Loss[] {
  const losses: Loss[] = [
    {
      what: 'deny-by-default',
      agent,
      message: 'nginx counts requests and does not read them: tools and arguments are not told apart',
      instead: GATE,
    },
  ];
  if (approvals !== null || Object.values(tools).some(({ decision }) => decision === 'ask'))
    losses.push({ what: 'approval-gates', agent, message: 'nobody is asked before a call', instead: GATE });
  return losses;
}

const OTHERS: readonly (keyof LimitGrants)[] = [
  'usdPerDay',
  'usdPerSession',
  'toolUsdPerDay',
  'turnsPerSession',
  'tokensPerSession',
  'repeatsPerCall',
  'delegationDepth',
  'subagentsPerSession',
  'concurrentSubagents',
  'sessionMinutes',
];

function otherLimits(agent: string, { limits }: AgentPolicy): Loss[] {
  const set = OTHERS.filter((name) => limits[name] !== null);
  if (set.length === 0) return [];
  const message = `not counted: ${set.map(quoted).join(', ')}`;
  return [
    { what: 'limits', agent, message, instead: 'add the target of the host that runs the agent, or the `gate` target' },
  ];
}

const quoted = (name: string) => `\`${name}\``;
