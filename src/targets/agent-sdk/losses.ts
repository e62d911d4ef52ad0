import type { Loss, Policy } from '../../model/policy.ts';
import { COUNTED_LIMITS, hasCounts } from '../claude-code/hook/limits.ts';
import type { Plan } from '../claude-code/plan.ts';
import { protectedLosses } from '../claude-code/protected.ts';
import { hostLosses } from '../host-losses.ts';
import { GATE } from '../instead.ts';

/** What the options hold: turns and dollars of a session, and all that the check counts. */
const HELD = [...COUNTED_LIMITS, 'turnsPerSession', 'usdPerSession', 'concurrentSubagents'] as const;

export function lossesOf(policy: Policy, plan: Plan): Loss[] {
  const losses: Loss[] = [];
  const lose = (what: string, message: string, instead: string) => losses.push({ what, message, instead });
  const agents = [plan.root, ...plan.subagents];
  const { limits } = plan.root.policy;
  if (limits.usdPerSession !== null || limits.usdPerDay !== null)
    lose(
      'spend-cap',
      'dollars are counted after a turn: a session may overshoot by one turn and the call in it',
      'leave room for one turn',
    );
  if (agents.some(({ policy: { limits: own } }) => own.sessionMinutes !== null))
    lose(
      'loop-limit',
      '`sessionMinutes` counts from the first call, and refuses calls; the session goes on',
      'limit turns',
    );
  if (agents.some(({ rights }) => rights.some(({ decision }) => decision === 'ask')))
    lose('approvals', 'your program asks, in `approve`: approvers, channel, expiry and single use are up to it', GATE);
  if (hasCounts(policy)) lose('rate-limit', 'calls are counted on one machine, in the state folder of one user', GATE);
  if (agents.some(({ policy: { servers } }) => Object.keys(servers).length > 0))
    lose('server-features', 'prompts that a server offers, and what it asks the user, are not covered', GATE);
  lose(
    'deny-by-default',
    'whoever writes the program can pass other options to the SDK: then none of this holds',
    'pass what `optionsFor` gives as it is, and review the program',
  );
  const shell = agents.some(({ rights }) =>
    rights.some(({ name, decision }) => name === 'Bash' && decision !== 'deny'),
  );
  return [
    ...plan.losses,
    ...hostLosses(policy, { title: 'the SDK', counts: HELD, countsDays: true }),
    ...losses,
    ...protectedLosses(policy.protectedPaths, shell),
  ];
}
