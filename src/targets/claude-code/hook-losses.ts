import type { Loss, Policy } from '../../model/policy.ts';
import { COUNTED_LIMITS, hasCounts } from './hook/limits.ts';
import type { Plan } from './plan.ts';

const LAUNCHER = 'start with `launch.sh`, or install `managed-settings.json`';

/** What the hook cannot hold, of all that only it can. */
export function hookLosses(policy: Policy, plan: Plan): Loss[] {
  const losses: Loss[] = [];
  const lose = (what: string, message: string, instead: string) => losses.push({ what, message, instead });
  const agents = [plan.root, ...plan.subagents];
  const organisation =
    'settings that an organisation serves from afar can keep the hook of `launch.sh` from running (`allowManagedHooksOnly`): arguments are not checked then, and calls not counted';
  if (hasArguments(policy) || hasCounts(policy)) lose('hooks', organisation, 'install `managed-settings.json`');
  if (!hasCounts(policy)) return losses;
  const where = 'calls are counted on one machine, in the state folder of one user';
  lose('rate-limit', where, 'put an MCP gate in front of the servers');
  if (agents.some(({ policy: { limits } }) => limits.sessionMinutes !== null)) {
    const message = '`sessionMinutes` counts from the first call, and refuses calls; the session itself goes on';
    lose('loop-limit', message, 'limit turns too');
  }
  const ownTools = agents.some(({ policy: { limits, tools }, rights }) =>
    rights.some(
      ({ tool, decision }) =>
        decision !== 'deny' &&
        !tool.includes('/') &&
        (tools[tool]?.maxCallsPerDay !== null || COUNTED_LIMITS.some((limit) => limits[limit] !== null)),
    ),
  );
  if (ownTools) lose('rate-limit', 'in `settings.json`, calls of built-ins are not counted', LAUNCHER);
  return losses;
}

function hasArguments({ agents }: Policy): boolean {
  return Object.values(agents).some(({ tools }) => Object.values(tools).some((grant) => grant.arguments !== null));
}
