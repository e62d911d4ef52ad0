import type { AgentPolicy, ServerGrant } from '../../model/policy.ts';
import { byName } from '../../source/order.ts';
import type { Plan } from './plan.ts';

/** Gemini CLI fills these in wherever they stand in its settings. */
const REFERENCE = /\$\{([A-Za-z_][A-Za-z0-9_]*)\}/g;

/** Settings of the system, which count over those of the user and of the project. */
export function settingsFile({ agent, servers }: Plan): string {
  const model = onlyModel(agent);
  const { turnsPerSession } = agent.limits;
  const settings = {
    general: { defaultApprovalMode: 'default' },
    security: { disableYoloMode: true, disableAlwaysAllow: true },
    experimental: { enableAgents: false },
    ...(model === undefined && turnsPerSession === null
      ? {}
      : {
          model: {
            ...(model === undefined ? {} : { name: model }),
            ...(turnsPerSession === null ? {} : { maxSessionTurns: Math.max(1, Math.floor(turnsPerSession)) }),
          },
        }),
    mcp: { allowed: servers.map(({ alias }) => alias) },
    mcpServers: Object.fromEntries(servers.map(({ alias, grant }) => [alias, entryOf(grant)])),
  };
  return `${JSON.stringify(settings, null, 2)}\n`;
}

function entryOf(grant: ServerGrant): object {
  const { command, args, env, cwd, url, headers } = grant;
  // Trust from another file would answer in place of the person.
  if (grant.transport === 'http') return { httpUrl: url ?? '', ...filled('headers', headers), trust: false };
  return { command: command ?? '', args, ...filled('env', env), ...(cwd === null ? {} : { cwd }), trust: false };
}

function filled(key: string, map: Record<string, string>): object {
  const entries = Object.entries(map).sort(byName);
  return entries.length === 0 ? {} : { [key]: Object.fromEntries(entries) };
}

/** Why a server cannot be written down; undefined: it can. */
export function reasonAgainst(grant: ServerGrant): string | undefined {
  const texts = JSON.stringify([grant.command, grant.args, grant.env, grant.cwd, grant.url, grant.headers]);
  // What is left of them would be filled in too, and nothing escapes it.
  if (/\$[\w{]/.test(texts.replaceAll(REFERENCE, ''))) return 'Gemini CLI takes a `$` in its settings for a variable';
  return undefined;
}

/** Names of variables that the servers' settings refer to. */
export function variablesOf(grants: readonly ServerGrant[]): string[] {
  const texts = grants.map(({ command, args, env, cwd, url, headers }) =>
    JSON.stringify([command, args, env, cwd, url, headers]),
  );
  return [...new Set(texts.flatMap((text) => [...text.matchAll(REFERENCE)].map((match) => match[1] ?? '')))].sort();
}

/** A model to insist on; where the policy names several, or none of Google's, whoever starts the session chooses. */
export function onlyModel({ models }: AgentPolicy): string | undefined {
  const ids = [
    ...new Set(models.filter(({ provider }) => /^(?:google|gemini|vertex)/.test(provider)).map(({ id }) => id)),
  ];
  return ids.length === 1 ? ids[0] : undefined;
}
