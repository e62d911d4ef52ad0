import type { AgentPolicy, LimitGrants, Loss, Policy } from '../../model/policy.ts';
import { GATE } from '../instead.ts';

/** What a sandbox holds of a session besides files and hosts. */
export interface Held {
  /** Its name for people. */
  by?: string;
  /** It ends the process after `sessionMinutes`. */
  minutes?: true;
}

/** Everything that is about calls, which a sandbox around a process never sees. */
export function unseenLosses(policy: Policy, agents: AgentPolicy[], { by = 'srt', minutes }: Held = {}): Loss[] {
  const losses: Loss[] = [];
  const lose = (when: boolean, what: string, message: string, instead: string) => {
    if (when) losses.push({ what, message, instead });
  };
  const grants = agents.flatMap(({ tools }) => Object.values(tools));
  const limited = (...fields: (keyof LimitGrants)[]) =>
    agents.some(({ limits }) => fields.some((field) => limits[field] !== null));
  const callers = 'add the target of the host that runs the agent, or `cedar`';
  lose(
    true,
    'deny-by-default',
    'a sandbox sees files and hosts, not tool calls: tools that are not listed, and denied ones, are not refused',
    callers,
  );
  lose(
    grants.some((g) => g.decision === 'ask'),
    'approval-gates',
    'nobody is asked before a call',
    callers,
  );
  lose(
    grants.some((g) => g.arguments !== null),
    'arguments',
    'arguments of calls are not checked',
    callers,
  );
  lose(
    grants.some((g) => g.maxCallsPerDay !== null),
    'maxCallsPerDay',
    'calls are not counted',
    GATE,
  );
  lose(limited('callsPerMinute'), 'rate-limit', 'calls are not counted', GATE);
  lose(
    limited('tokensPerSession'),
    'token-budget',
    'model tokens are not counted',
    'cap tokens in the host that runs the agent',
  );
  lose(
    limited('usdPerDay', 'usdPerSession', 'toolUsdPerDay'),
    'spend-cap',
    'money is not counted',
    'add the `litellm` target',
  );
  lose(
    limited(
      'turnsPerSession',
      'repeatsPerCall',
      'delegationDepth',
      'subagentsPerSession',
      'concurrentSubagents',
      ...(minutes ? [] : (['sessionMinutes'] as const)),
    ),
    'loop-limit',
    `turns, repeats${minutes ? ' and subagents' : ', subagents and minutes'} are not counted`,
    'limit them in the host that runs the agent',
  );
  lose(
    agents.some(({ credentials }) => Object.keys(credentials).length > 0),
    'scoped-tokens',
    'a process sees only its own credentials, but their scopes and lifetimes are not held',
    'mint short tokens with these scopes',
  );
  lose(
    agents.some(({ models }) => models.length > 0),
    'models',
    'the choice of model is not held',
    'add the `litellm` target',
  );
  lose(
    policy.audit !== 'none',
    policy.audit === 'signed' ? 'signed-audit' : 'audit-log',
    'calls leave no record',
    GATE,
  );
  lose(
    policy.controls.includes('staging-boundary'),
    'staging-boundary',
    `${by} cannot tell staging from production`,
    'keep production hosts and credentials out of the lists',
  );
  return losses;
}
