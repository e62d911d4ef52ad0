import type { Control } from '../model/controls.ts';
import type { AgentPolicy, LimitGrants, Loss, Policy } from '../model/policy.ts';
import { GATE, SANDBOX } from './instead.ts';

/** An engine that is asked about one call at a time, and knows nothing but what it is told of it. */
export interface Decider {
  /** For people, as in `Cedar cannot tell`. */
  name: string;
  /** The field of a request that says a person approved, in backticks. */
  approved: string;
}

const article = (name: string) => (/^[aeio]/i.test(name) ? 'an' : 'a');

/** Limits that need a memory, which one decision does not have. */
const LIMITS: { what: Control; fields: (keyof LimitGrants)[]; instead: string }[] = [
  { what: 'rate-limit', fields: ['callsPerMinute'], instead: GATE },
  { what: 'token-budget', fields: ['tokensPerSession'], instead: 'cap tokens in the host that runs the agent' },
  {
    what: 'spend-cap',
    fields: ['usdPerDay', 'usdPerSession', 'toolUsdPerDay'],
    instead: `cap model spend with the \`litellm\` target; for what tools spend, ${GATE}`,
  },
  {
    what: 'loop-limit',
    fields: [
      'turnsPerSession',
      'repeatsPerCall',
      'delegationDepth',
      'subagentsPerSession',
      'concurrentSubagents',
      'sessionMinutes',
    ],
    instead: 'limit turns, subagents and time in the host that runs the agent',
  },
];

export function limitLosses({ name }: Decider, agent: string, { limits }: AgentPolicy): Loss[] {
  return LIMITS.flatMap(({ what, fields, instead }) => {
    const set = fields.filter((field) => limits[field] !== null).map((field) => `\`${field}: ${limits[field]}\``);
    return set.length === 0
      ? []
      : [
          {
            what,
            agent,
            message: `not counted, since ${article(name)} ${name} decision has no memory: ${set.join(', ')}`,
            instead,
          },
        ];
  });
}

export function reachLosses({ name }: Decider, agent: string, grants: AgentPolicy): Loss[] {
  const losses: Loss[] = [];
  const lose = (what: string, message: string, instead: string) => losses.push({ what, agent, message, instead });
  const hosts =
    grants.network.egress === 'listed' ? `only ${grants.network.allowedHosts.join(', ') || 'no host'}` : 'nothing';
  if (grants.network.egress !== 'open')
    lose('egress-allowlist', `${name} holds no connection back; the policy lets out ${hosts}`, SANDBOX);
  lose('filesystem', `${name} sees calls, not files: folders of the agent's own process are not held`, SANDBOX);
  if (Object.keys(grants.servers).length > 0)
    lose('servers', 'hosts, folders and environment of the server processes are not held', SANDBOX);
  const pins = Object.entries(grants.servers).filter(([, server]) => server.pin !== null);
  if (pins.length > 0)
    lose(
      'pins',
      `the pins of ${pins
        .map(([name]) => `\`${name}\``)
        .sort()
        .join(', ')} are not compared with what runs`,
      GATE,
    );
  if (Object.keys(grants.credentials).length > 0)
    lose(
      'credentials',
      `${name} hands out no tokens: scopes and lifetimes are not held`,
      'mint short tokens where the servers get theirs',
    );
  if (grants.models.length > 0)
    lose(
      'models',
      'the choice of model is not a tool call, so it is not decided here',
      'restrict models with the `litellm` target',
    );
  return losses;
}

export function decisionLosses({ name, approved }: Decider, policy: Policy): Loss[] {
  const losses: Loss[] = [];
  const asks = Object.values(policy.agents).some(({ tools }) =>
    Object.values(tools).some(({ decision }) => decision === 'ask'),
  );
  if (asks) {
    const message = `${name} takes ${approved} on trust: who approved, when that expires, single use and the exact arguments are not checked`;
    losses.push({
      what: 'approvals',
      message,
      instead: `${GATE}, or set \`approved\` from your own record of the approval alone`,
    });
  }
  if (policy.audit !== 'none') {
    const message = policy.audit === 'signed' ? 'decisions leave no signed record' : 'decisions leave no record';
    losses.push({
      what: policy.audit === 'signed' ? 'signed-audit' : 'audit-log',
      message,
      instead: `record each decision where it is asked for, or ${GATE}`,
    });
  }
  if (policy.controls.includes('staging-boundary')) {
    losses.push({
      what: 'staging-boundary',
      message: `${name} cannot tell staging from production`,
      instead: 'keep production hosts and credentials out of reach',
    });
  }
  if (policy.protectedPaths.length > 0) {
    losses.push({
      what: 'protectedPaths',
      message: 'a path inside an argument is not resolved, so protected files are not held',
      instead: SANDBOX,
    });
  }
  return losses;
}
