import type { Loss, Policy } from '../../model/policy.ts';
import { hostLosses } from '../host-losses.ts';
import { GATE, SANDBOX } from '../instead.ts';
import { protectedRules } from './built-ins.ts';
import type { Plan, PlannedAgent } from './plan.ts';

export function lossesOf(policy: Policy, plan: Plan): Loss[] {
  const agents = [plan.root, ...plan.subagents];
  return [
    ...plan.losses,
    ...hostLosses(policy, { title: 'OpenCode', counts: [] }),
    ...agents.flatMap(agentLosses),
    ...sessionLosses(policy, agents),
  ];
}

function agentLosses({ id, policy, rules }: PlannedAgent): Loss[] {
  const losses: Loss[] = [];
  const lose = (what: string, message: string, instead: string) => losses.push({ what, agent: id, message, instead });
  const { turnsPerSession } = policy.limits;
  if (turnsPerSession !== null)
    lose(
      'loop-limit',
      '`steps` only asks the model to stop: one that calls on is not stopped',
      'use a target that counts turns, such as `claude-code`',
    );
  if (policy.models.length > 1)
    lose('models', 'the model is not held to the list: whoever starts the session chooses', 'name one model');
  if (Object.keys(policy.servers).length > 0)
    lose('server-features', 'prompts that a server offers become commands of the user; no rule covers them', GATE);
  const asksToEdit = rules.edit?.some(([, access]) => access === 'ask') === true;
  if (asksToEdit)
    lose(
      'protectedPaths',
      'a person who answers *always* to a change of a file lets every later change of the session through, of protected paths too',
      'answer *once*, or start `launch.sh` through the `srt` target',
    );
  return losses;
}

function sessionLosses(policy: Policy, agents: readonly PlannedAgent[]): Loss[] {
  const losses: Loss[] = [];
  const lose = (what: string, message: string, instead: string) => losses.push({ what, message, instead });
  const said = (access: string) =>
    agents.some(({ rules }) => Object.values(rules).some((list) => list.some((rule) => rule[1] === access)));
  if (said('ask'))
    lose(
      'approvals',
      'whoever sits at the session approves, once or for the rest of the session: approvers, channel, expiry and single use are not held, and without a person (`run`) a call that asks is refused',
      GATE,
    );
  if (said('allow')) {
    const message = 'file rules see names: a link in the project that leads elsewhere is followed';
    if (agents.some(({ rules }) => rules.read !== undefined || rules.edit !== undefined))
      lose('filesystem', message, SANDBOX);
  }
  const inFolders = ({ rules }: PlannedAgent) =>
    [...(rules.read ?? []), ...(rules.edit ?? [])].some(
      ([pattern, access]) => access !== 'deny' && pattern.includes('/'),
    );
  if (agents.some(inFolders))
    lose(
      'filesystem',
      'stricter: with `/etc/opencode/opencode.json`, folders of a project that is no git repository stay closed',
      'start with `launch.sh`',
    );
  const { lost } = protectedRules(policy.protectedPaths);
  if (lost.length > 0 && agents.some(({ rules }) => rules.edit !== undefined))
    lose(
      'protectedPaths',
      `${lost.map((path) => `\`${path}\``).join(', ')} cannot stand in a rule`,
      'choose a path without brackets and backslashes',
    );
  lose(
    'deny-by-default',
    'in `/etc/opencode/opencode.json` the rules bind the agents of the policy: one that a user defines has rules of its own',
    'start with `launch.sh`',
  );
  return losses;
}
