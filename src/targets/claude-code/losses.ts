import type { AgentPolicy, LimitGrants, Loss, Policy } from '../../model/policy.ts';
import { GATE } from '../instead.ts';
import { hookLosses } from './hook-losses.ts';
import { normalise } from './names.ts';
import type { Plan, PlannedAgent } from './plan.ts';
import { protectedLosses } from './protected.ts';

const SANDBOX = 'start `launch.sh` in a container, or through the `srt` target';

type Field = keyof LimitGrants;

/** Limits that neither Claude Code nor the hook counts; of a subagent, dollars of the session too. */
const UNCOUNTED: { what: string; fields: Field[]; instead: string }[] = [
  { what: 'token-budget', fields: ['tokensPerSession'], instead: 'set `usdPerSession`, or use the `litellm` target' },
  { what: 'spend-cap', fields: ['usdPerDay'], instead: 'use the `litellm` target' },
];

export function policyLosses(policy: Policy, plan: Plan): Loss[] {
  const agents = [plan.root, ...plan.subagents];
  const shell = agents.some(({ rights }) =>
    rights.some(({ name, decision }) => name === 'Bash' && decision !== 'deny'),
  );
  return [
    ...agents.flatMap((agent) => agentLosses(agent, agent === plan.root)),
    ...capLosses(plan),
    ...hookLosses(policy, plan),
    ...sessionLosses(policy, agents),
    ...protectedLosses(policy.protectedPaths, shell),
  ];
}

function agentLosses({ id, policy, rights }: PlannedAgent, isRoot: boolean): Loss[] {
  const losses: Loss[] = [];
  const lose = (what: string, message: string, instead: string) => losses.push({ what, agent: id, message, instead });
  const names = (pick: (grant: AgentPolicy['tools'][string]) => boolean) =>
    rights.flatMap(({ tool, decision }) => {
      const grant = policy.tools[tool];
      return decision !== 'deny' && grant !== undefined && pick(grant) ? [`\`${tool}\``] : [];
    });
  for (const { what, fields, instead } of UNCOUNTED) {
    const own: Field[] = what === 'spend-cap' && !isRoot ? [...fields, 'usdPerSession'] : fields;
    const set = own
      .filter((field) => policy.limits[field] !== null)
      .map((field) => `\`${field}: ${policy.limits[field]}\``);
    if (set.length > 0) lose(what, `${set.join(', ')} is not counted`, instead);
  }
  const scoped = names(({ scopes }) => scopes.length > 0);
  if (scoped.length > 0)
    lose('scoped-tokens', `scopes bind no token: ${scoped.join(', ')}`, 'give the server a token with these scopes');
  if (Object.keys(policy.credentials).length > 0) {
    const message = 'every server process gets the whole environment that Claude Code was started with';
    lose('credentials', message, 'start `launch.sh` with the variables of its servers and no others');
  }
  if (Object.keys(policy.servers).length > 0) {
    lose('servers', 'server processes run outside of any sandbox: their hosts and folders are not held', SANDBOX);
    lose('server-features', 'prompts that a server offers, and what it asks the user, are not covered by rules', GATE);
  }
  const odd = Object.keys(policy.servers).filter((name) => normalise(name) !== name);
  if (isRoot && odd.length > 0) {
    const message = `\`managed-settings.json\` cannot name ${odd.map((name) => `\`${name}\``).join(', ')}, so it lets any server start; tools that no rule allows stay refused`;
    lose('servers', message, 'use letters, digits, `-` and `_` in server names');
  }
  const pins = Object.entries(policy.servers).flatMap(([name, { pin }]) => (pin === null ? [] : [`\`${name}\``]));
  if (pins.length > 0) lose('pins', `pins are not compared with what runs: ${pins.sort().join(', ')}`, GATE);
  if (policy.models.length > 1)
    lose('models', 'the model is not held to the list: whoever starts the session chooses', 'name one model');
  return losses;
}

function capLosses({ root }: Plan): Loss[] {
  const { usdPerSession, usdPerDay, turnsPerSession } = root.policy.limits;
  const losses: Loss[] = [];
  if (usdPerSession !== null || usdPerDay !== null) {
    const message = 'dollars are counted after a turn: a session may overshoot by one turn and the call in it';
    losses.push({ what: 'spend-cap', agent: root.id, message, instead: 'leave room for one turn' });
  }
  if (usdPerSession !== null || usdPerDay !== null || turnsPerSession !== null) {
    const message = 'caps on turns and dollars hold with `launch.sh -p` only; an interactive session has none';
    losses.push({ what: 'loop-limit', agent: root.id, message, instead: 'start unattended sessions with `-p`' });
  }
  return losses;
}

function sessionLosses(policy: Policy, agents: readonly PlannedAgent[]): Loss[] {
  const losses: Loss[] = [];
  const lose = (what: string, message: string, instead: string) => losses.push({ what, message, instead });
  if (agents.some(({ rights }) => rights.some(({ decision }) => decision === 'ask'))) {
    const message =
      'whoever sits at the session approves: approvers, channel, expiry and single use are not held, and without a person (`-p`) a call that asks is refused';
    lose('approvals', message, GATE);
  }
  if (policy.audit !== 'none') {
    const what = policy.audit === 'signed' ? 'signed-audit' : 'audit-log';
    lose(what, `calls leave no ${policy.audit === 'signed' ? 'signed ' : ''}record`, GATE);
  }
  if (agents.some(({ policy: { network } }) => network.egress !== 'open')) {
    lose('egress-allowlist', 'hosts bind `WebFetch` and the shell only, not the client or the servers', SANDBOX);
  }
  if (policy.controls.includes('staging-boundary')) {
    lose('staging-boundary', 'Claude Code cannot tell staging from production', 'keep production out of reach');
  }
  lose(
    'deny-by-default',
    'in `settings.json`, built-ins are denied by name: a later version of Claude Code may bring another one',
    'start with `launch.sh`, or install `managed-settings.json`: there the hook refuses what is not listed',
  );
  lose(
    'protectedPaths',
    '`settings.json` is read in the folder where a session starts and not in those above: below the root of the project nothing of it binds',
    'start with `launch.sh`, or install `managed-settings.json`',
  );
  lose(
    'deny-by-default',
    'with `settings.json` alone, whoever starts Claude Code can switch the hook off (`disableAllHooks`, `--bare`): what it checks and counts, and MCP tools that the manifest does not list, are open then',
    'start with `launch.sh`, or install `managed-settings.json`',
  );
  return losses;
}
