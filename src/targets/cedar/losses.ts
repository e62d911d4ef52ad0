import type { Control } from '../../model/controls.ts';
import type { AgentPolicy, Grant, LimitGrants, Loss, Policy } from '../../model/policy.ts';
import { byName } from '../../source/order.ts';
import { callLosses } from '../call-losses.ts';
import { GATE, SANDBOX } from '../instead.ts';
import { type Action, actionsOf } from './grants.ts';
import { unheldNumbers } from './numbers.ts';
import { argumentConditions } from './permits.ts';
import { inputShape, shapeText } from './shape.ts';
import { isSayable } from './text.ts';

/** Limits that need a memory, which a Cedar decision does not have. */
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

export function lossesOf(policy: Policy): Loss[] {
  const actions = actionsOf(policy);
  const agents = Object.entries(policy.agents).sort(byName);
  return [
    ...actions.flatMap(toolLosses),
    ...agents.flatMap(([id, agent]) => [
      ...nameLosses(id, agent),
      ...callLosses(id, agent, (_, grant) => grant.decision !== 'deny'),
      ...limitLosses(id, agent),
      ...reachLosses(id, agent),
    ]),
    ...policyLosses(
      policy,
      agents.map(([, agent]) => agent),
    ),
  ];
}

function toolLosses(action: Action): Loss[] {
  return action.grants.flatMap(({ agent, grant }) => {
    if (grant.decision === 'deny') return [];
    const at = { agent, tool: action.tool };
    const losses: Loss[] = argumentLosses(action, grant).map((loss) => ({ what: 'arguments', ...at, ...loss }));
    if (action.tool.endsWith('/*')) {
      const message =
        'Cedar knows actions by name only: a tool that no agent lists is denied unless it is asked for as this action';
      losses.push({
        what: 'wildcard',
        ...at,
        message,
        instead: 'build requests with `request.mjs`, or list the tools',
      });
    }
    return losses;
  });
}

function argumentLosses(action: Action, grant: Grant): Pick<Loss, 'message' | 'instead'>[] {
  const { lost, closed, open } = argumentConditions(action, grant);
  const losses: Pick<Loss, 'message' | 'instead'>[] = [];
  if (lost.length > 0) {
    const message = `Cedar cannot check ${lost.join(', ')}`;
    losses.push({ message, instead: `${GATE}, which checks the whole schema` });
  }
  if (closed && open) {
    const message =
      'stricter: a field without a place in the Cedar schema is denied, also where the policy lets it through';
    losses.push({ message, instead: 'name the field in the schema' });
  }
  const unheld = unheldNumbers(grant.arguments ?? {});
  if (unheld.length > 0)
    losses.push({
      message: `stricter: denied is ${unheld.join(', and ')}`,
      instead: 'bound the field, in whole units',
    });
  if (shapeText(inputShape(grant.arguments), '') !== shapeText(action.input, '')) {
    const message = 'stricter: an argument must also have the type that another agent declares for the same tool';
    losses.push({ message, instead: 'declare the same arguments for both agents' });
  }
  return losses;
}

function nameLosses(agent: string, { tools }: AgentPolicy): Loss[] {
  const instead = 'rename it; until then it is denied';
  if (!isSayable(agent))
    return [{ what: 'name', agent, message: 'the id is not valid Unicode, so no policy names it', instead }];
  const lost = Object.keys(tools).filter((tool) => !isSayable(tool));
  return lost.map((tool) => ({
    what: 'name',
    agent,
    tool,
    message: 'the name is not valid Unicode, so no policy names it',
    instead,
  }));
}

function limitLosses(agent: string, { limits }: AgentPolicy): Loss[] {
  return LIMITS.flatMap(({ what, fields, instead }) => {
    const set = fields.filter((field) => limits[field] !== null).map((field) => `\`${field}: ${limits[field]}\``);
    return set.length === 0
      ? []
      : [{ what, agent, message: `not counted, since a Cedar decision has no memory: ${set.join(', ')}`, instead }];
  });
}

function reachLosses(agent: string, grants: AgentPolicy): Loss[] {
  const losses: Loss[] = [];
  const lose = (what: string, message: string, instead: string) => losses.push({ what, agent, message, instead });
  const hosts =
    grants.network.egress === 'listed' ? `only ${grants.network.allowedHosts.join(', ') || 'no host'}` : 'nothing';
  if (grants.network.egress !== 'open')
    lose('egress-allowlist', `Cedar holds no connection back; the policy lets out ${hosts}`, SANDBOX);
  lose('filesystem', "Cedar sees calls, not files: folders of the agent's own process are not held", SANDBOX);
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
      'Cedar hands out no tokens: scopes and lifetimes are not held',
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

function policyLosses(policy: Policy, agents: AgentPolicy[]): Loss[] {
  const losses: Loss[] = [];
  const asks = agents.some(({ tools }) => Object.values(tools).some(({ decision }) => decision === 'ask'));
  if (asks) {
    const message =
      'Cedar takes `context.approved` on trust: who approved, when that expires, single use and the exact arguments are not checked';
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
      message: 'Cedar cannot tell staging from production',
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
