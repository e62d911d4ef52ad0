import type { AgentPolicy, Loss, Policy } from '../../model/policy.ts';
import { callLosses, type Uncounted, uncountedLosses } from '../call-losses.ts';
import { GATE, SANDBOX } from '../instead.ts';
import { EDITORS, isGranted } from './built-ins.ts';
import type { Plan } from './plan.ts';
import { isSayable } from './policy-file.ts';
import { onlyModel } from './settings.ts';

/** Gemini CLI counts turns of a session, and nothing else. */
const LIMITS: Uncounted[] = [
  { what: 'rate-limit', fields: ['callsPerMinute'], instead: GATE },
  { what: 'loop-limit', fields: ['repeatsPerCall'], instead: GATE },
  {
    what: 'loop-limit',
    fields: ['sessionMinutes'],
    instead: 'start `launch.sh` under a time limit (`timeout 30m sh launch.sh …`)',
  },
  { what: 'token-budget', fields: ['tokensPerSession'], instead: 'use the `litellm` target' },
  { what: 'spend-cap', fields: ['usdPerDay', 'usdPerSession'], instead: 'use the `litellm` target' },
  { what: 'spend-cap', fields: ['toolUsdPerDay'], instead: GATE },
];

export function lossesOf(policy: Policy, plan: Plan): Loss[] {
  const { agent, id } = plan;
  return [
    ...plan.losses,
    ...callLosses(id, agent, (_, grant) => grant.decision !== 'deny'),
    ...limitLosses(id, agent),
    ...serverLosses(plan),
    ...protectedLosses(plan, policy.protectedPaths),
    ...subagentLosses(policy),
    ...policyLosses(policy, plan),
  ];
}

function limitLosses(agent: string, own: AgentPolicy): Loss[] {
  const losses = uncountedLosses(agent, own, LIMITS);
  if (own.limits.turnsPerSession === 0)
    losses.push({
      what: 'loop-limit',
      agent,
      message: 'one turn is let through, where none should be',
      instead: 'do not start it',
    });
  return losses;
}

function serverLosses({ id, agent, servers }: Plan): Loss[] {
  const losses: Loss[] = [];
  const lose = (what: string, message: string, instead: string) => losses.push({ what, agent: id, message, instead });
  if (servers.length > 0)
    lose('servers', 'hosts, folders and environment of the server processes are not held', SANDBOX);
  const pinned = servers.filter(({ grant }) => grant.pin !== null).map(({ server }) => `\`${server}\``);
  if (pinned.length > 0) lose('pins', `the pins of ${pinned.join(', ')} are not compared with what runs`, GATE);
  if (Object.keys(agent.credentials).length > 0)
    lose(
      'credentials',
      'a server gets its credentials as they are in the environment: neither scopes nor lives are narrowed',
      'mint short tokens where the servers get theirs',
    );
  return losses;
}

function protectedLosses({ id, rules }: Plan, paths: readonly string[]): Loss[] {
  const edits = EDITORS.some((tool) => isGranted(rules, tool));
  if (!edits) return [];
  const unsayable = paths.filter((path) => !isSayable(path)).map((path) => `\`${path}\``);
  const loss = (message: string, instead: string): Loss => ({ what: 'protectedPaths', agent: id, message, instead });
  return [
    loss(
      'where a protected path is a symbolic link, what it leads to can be written under its own name',
      'keep plain files there',
    ),
    ...(unsayable.length === 0 ? [] : [loss(`${unsayable.join(', ')} cannot stand in a rule`, 'choose another path')]),
  ];
}

function subagentLosses(policy: Policy): Loss[] {
  const others = Object.keys(policy.agents).filter((id) => id !== policy.root);
  return others.sort().map((agent) => ({
    what: 'subagents',
    agent,
    message: 'stricter: it is not started: these files are for the agent that a session starts with',
    instead: 'start it by itself, from a manifest of its own',
  }));
}

function policyLosses(policy: Policy, { agent, rules }: Plan): Loss[] {
  const losses: Loss[] = [];
  const lose = (what: string, message: string, instead: string) => losses.push({ what, message, instead });
  if (rules.some(({ decision }) => decision === 'ask_user'))
    lose(
      'approvals',
      'Gemini CLI asks whoever sits in front of it: approvers, expiry and a second channel are not held, and a run with `-p` refuses what asks',
      GATE,
    );
  if (agent.models.length > 0 && onlyModel(agent) === undefined)
    lose('models', 'whoever starts the session chooses the model', 'name one model of Google');
  if (policy.audit !== 'none')
    lose(
      policy.audit === 'signed' ? 'signed-audit' : 'audit-log',
      policy.audit === 'signed'
        ? 'calls leave no signed record'
        : 'calls leave no record but the session file of Gemini CLI',
      GATE,
    );
  if (policy.controls.includes('staging-boundary'))
    lose('staging-boundary', 'Gemini CLI cannot tell staging from production', 'keep production out of reach');
  lose(
    'deny-by-default',
    'in `policy.toml` and `settings.json` of a machine: hooks and extensions of a user are no tools, and run as they are',
    'start with `launch.sh`',
  );
  return losses;
}
