import type { Loss, Policy } from '../../model/policy.ts';
import { callLosses, type Uncounted, uncountedLosses } from '../call-losses.ts';
import { GATE, SANDBOX } from '../instead.ts';
import { onlyModel } from './config.ts';
import type { Plan } from './plan.ts';
import { gapsOf, isSayable } from './profile.ts';

/** Codex counts none of these. */
const LIMITS: Uncounted[] = [
  { what: 'rate-limit', fields: ['callsPerMinute'], instead: GATE },
  { what: 'loop-limit', fields: ['repeatsPerCall'], instead: GATE },
  {
    what: 'loop-limit',
    fields: ['turnsPerSession', 'sessionMinutes'],
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
    ...uncountedLosses(id, agent, LIMITS),
    ...serverLosses(plan),
    ...reachLosses(plan),
    ...subagentLosses(policy),
    ...policyLosses(policy, plan),
  ];
}

function serverLosses({ id, agent, servers, asks }: Plan): Loss[] {
  const losses: Loss[] = [];
  const lose = (what: string, message: string, instead: string) => losses.push({ what, agent: id, message, instead });
  const closed = servers
    .filter(({ server }) => agent.tools[`${server}/@resources`]?.decision !== 'allow')
    .map(({ server }) => server);
  if (closed.length > 0) lose('server-features', `resources that ${listed(closed)} offers can be read unasked`, GATE);
  if (asks && servers.length > 0)
    lose('server-features', 'a server that is started may ask the person questions of its own', GATE);
  if (servers.length > 0)
    lose('servers', 'hosts, folders and environment of the server processes are not held', SANDBOX);
  const pinned = servers.filter(({ grant }) => grant.pin !== null).map(({ server }) => server);
  if (pinned.length > 0) lose('pins', `the pins of ${listed(pinned)} are not compared with what runs`, GATE);
  if (Object.keys(agent.credentials).length > 0)
    lose(
      'credentials',
      'a server gets its credentials as they are in the environment: neither scopes nor lives are narrowed',
      'mint short tokens where the servers get theirs',
    );
  return losses;
}

function reachLosses({ id, agent, rights: { own }, protectedPaths }: Plan): Loss[] {
  const losses: Loss[] = [];
  const lose = (what: string, message: string, instead: string) => losses.push({ what, agent: id, message, instead });
  if (!own.shell && !own.edits) return losses;
  const { read, write } = agent.filesystem;
  const left = [...(read ?? []), ...(write ?? [])].filter((path) => !isSayable(path));
  if (left.length > 0)
    lose('filesystem', `stricter: ${listed(left)} is left out: a profile takes no pattern there`, 'name the folder');
  if (read === null) lose('filesystem', 'the policy does not say what may be read: all of the project is', 'list it');
  if (write !== null && write.length > 0) {
    lose('filesystem', 'what may be written may be read too', 'accept it, or write elsewhere');
    const gaps = gapsOf(protectedPaths);
    if (gaps.length > 0)
      lose(
        'protectedPaths',
        `${listed(gaps)}: held at the top of each writable folder where it is a plain name, and not deeper`,
        'keep writable folders apart from the files of the agent',
      );
  }
  if (agent.network.egress === 'listed' && agent.network.allowedHosts.length > 0)
    lose('egress-allowlist', 'stricter: a command reaches no host, listed ones neither', 'reach them by a server');
  return losses;
}

function subagentLosses(policy: Policy): Loss[] {
  const others = Object.keys(policy.agents).filter((id) => id !== policy.root);
  return others.sort().map((agent) => ({
    what: 'subagents',
    agent,
    message: 'stricter: it is not started, because a subagent of Codex has every right of the session',
    instead: 'start it by itself, from a manifest of its own',
  }));
}

function policyLosses(policy: Policy, plan: Plan): Loss[] {
  const losses: Loss[] = [];
  const lose = (what: string, message: string, instead: string) => losses.push({ what, message, instead });
  if (plan.asks)
    lose(
      'approvals',
      'Codex asks whoever sits in front of it: approvers, expiry, single use and a second channel are not held, and `codex exec` refuses what asks',
      GATE,
    );
  if (plan.agent.models.length > 0 && onlyModel(plan.agent) === undefined)
    lose('models', 'whoever starts the session chooses the model', 'name one model of OpenAI');
  if (policy.audit !== 'none')
    lose(
      policy.audit === 'signed' ? 'signed-audit' : 'audit-log',
      policy.audit === 'signed'
        ? 'calls leave no signed record'
        : 'calls leave no record but the session file of Codex',
      GATE,
    );
  if (policy.controls.includes('staging-boundary'))
    lose('staging-boundary', 'Codex cannot tell staging from production', 'keep production out of reach');
  const inFiles = 'in `managed_config.toml` and `requirements.toml`: ';
  if (plan.servers.some(({ rights: { rest } }) => rest === 'ask'))
    lose('approvals', `${inFiles}users can allow tools that no rule names, where the policy asks`, 'list the tools');
  if (plan.rights.own.shell)
    lose('sandbox', `${inFiles}command rules of a user are read too, and not looked at here`, 'start with `launch.sh`');
  return losses;
}

function listed(names: readonly string[]): string {
  return names.map((name) => `\`${name}\``).join(', ');
}
