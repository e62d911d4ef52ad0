import type { Loss, Policy } from '../../model/policy.ts';
import { COUNTED_LIMITS } from '../claude-code/hook/limits.ts';
import { hostLosses } from '../host-losses.ts';
import { GATE } from '../instead.ts';
import type { Plan } from './plan.ts';

export function lossesOf(policy: Policy, plan: Plan): Loss[] {
  const losses: Loss[] = [];
  const lose = (what: string, message: string, instead: string) =>
    losses.push({ what, agent: plan.id, message, instead });
  const { limits, models, servers } = plan.policy;
  if (limits.usdPerDay !== null || limits.usdPerSession !== null)
    lose(
      'spend-cap',
      'Copilot counts credits of its own and no dollars, and only after a response',
      'start with `--max-ai-credits`, or route the model through a proxy with a budget (the `litellm` target)',
    );
  if (limits.sessionMinutes !== null)
    lose('loop-limit', '`sessionMinutes` counts from the first call, and refuses calls; the session goes on', GATE);
  if (models.length > 0)
    lose('models', 'Copilot has names of its own for models: whoever starts the session chooses', 'set `--model`');
  if (Object.keys(servers).length > 0)
    lose('server-features', 'prompts that a server offers, and what it asks the user, are not covered', GATE);
  if ([...plan.granted.values()].some(({ decision }) => decision === 'ask'))
    lose(
      'approvals',
      'whoever sits at the session approves: approvers, channel, expiry and single use are not held, and without a person (`-p`) a call that asks is refused',
      GATE,
    );
  if (plan.policy.attended || limits.callsPerMinute !== null)
    lose('rate-limit', 'calls are counted on one machine, in the state folder of one user', GATE);
  const others = Object.keys(policy.agents).filter((id) => id !== plan.id);
  // What a subagent may not do here it does not lose besides.
  return [
    ...plan.losses,
    ...hostLosses(policy, { title: 'Copilot', counts: COUNTED_LIMITS, countsDays: true }).filter(
      ({ agent }) => agent === undefined || !others.includes(agent),
    ),
    ...losses,
  ];
}
