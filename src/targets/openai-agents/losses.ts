import type { Loss, Policy } from '../../model/policy.ts';
import { COUNTED_LIMITS, hasCounts } from '../claude-code/hook/limits.ts';
import { hostLosses } from '../host-losses.ts';
import { GATE } from '../instead.ts';
import type { Plan } from './plan.ts';

export function lossesOf(policy: Policy, { data, losses: own }: Plan): Loss[] {
  const losses: Loss[] = [];
  const lose = (what: string, message: string, instead: string) => losses.push({ what, message, instead });
  const opened = Object.values(data.agents);
  const agents = Object.values(policy.agents);
  if (
    opened.some(({ servers }) =>
      Object.values(servers).some(({ tools }) => Object.values(tools).some(({ decision }) => decision === 'ask')),
    )
  )
    lose(
      'approvals',
      'your program asks, and answers `state.approve`: approvers, channel, expiry and single use are up to it',
      GATE,
    );
  if (opened.some(({ maxTurns }) => maxTurns !== null))
    lose(
      'loop-limit',
      '`maxTurns` counts for each `run`: a program that runs again begins anew',
      'run once for each session',
    );
  if (agents.some(({ limits }) => limits.sessionMinutes !== null))
    lose(
      'loop-limit',
      '`sessionMinutes` counts from the first call, and refuses calls; the run goes on',
      'limit turns',
    );
  if (hasCounts(policy)) lose('rate-limit', 'calls are counted on one machine, in the state folder of one user', GATE);
  for (const [agent, { subagents }] of Object.entries(policy.agents))
    if (Object.keys(subagents).length > 0)
      losses.push({
        what: 'subagents',
        agent,
        message: 'stricter: no subagents are started by themselves; your program opens each one by its id',
        instead: 'hand it to the agent as a tool',
      });
  lose(
    'deny-by-default',
    'whoever writes the program can give the agent other tools: those are not checked',
    'give it what `openAgent` gives, and review the program',
  );
  if (agents.some(({ models }) => models.length > 0))
    lose('models', 'only one model of OpenAI is insisted on; another is up to your program', 'name one model');
  const counts = [...COUNTED_LIMITS, 'turnsPerSession'] as const;
  return [...own, ...hostLosses(policy, { title: 'the SDK', counts, countsDays: true }), ...losses];
}
