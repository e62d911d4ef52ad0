import type { ServerGrant } from '../../model/policy.ts';
import { byName, inOrder } from '../../source/order.ts';
import { isOneOf } from './built-ins.ts';
import { split } from './names.ts';
import type { Plan, PlannedAgent } from './plan.ts';

/** Variables that `launch.sh` hands to the servers' start. */
export const PROJECT_VARIABLE = 'STAKES_PROJECT';

/** Servers of which an agent may call some tool; a subagent gets its own copy under a name of its own. */
export function mcpServersOf(plan: Plan): Record<string, object> {
  const entries = [plan.root, ...plan.subagents].flatMap((agent) =>
    Object.entries(agent.policy.servers)
      .filter(([server]) => isUsed(agent, server))
      .map(([server, grant]): [string, object] => [
        agent.serverNames.get(server) ?? server,
        entryOf(grant, plan.folder),
      ]),
  );
  return Object.fromEntries(entries.sort(byName));
}

function isUsed({ rights }: PlannedAgent, server: string): boolean {
  return rights.some(
    ({ tool, decision }) => decision !== 'deny' && tool.includes('/') && split(tool).server === server,
  );
}

function entryOf(grant: ServerGrant, folder: string): object {
  if (grant.transport === 'http') {
    const headers = Object.keys(grant.headers).length === 0 ? {} : { headers: inOrder(grant.headers) };
    return { type: 'http', url: grant.url ?? '', ...headers };
  }
  const env = Object.keys(grant.env).length === 0 ? {} : { env: inOrder(grant.env) };
  return { type: 'stdio', ...commandOf(grant, folder), ...env };
}

/** Claude Code ignores `cwd` and starts servers where the session works, which may be a folder of the project. */
function commandOf({ command, args, cwd }: ServerGrant, folder: string): { command: string; args: string[] } {
  const program = command ?? '';
  if (cwd === null && folder === '.') return { command: program, args };
  // Without braces, so that Claude Code leaves the variable to the shell.
  const start = `{ [ -z "$${PROJECT_VARIABLE}" ] || cd -- "$${PROJECT_VARIABLE}"; } && cd -- "$0" && exec "$@"`;
  return { command: '/bin/sh', args: ['-c', start, cwd ?? '.', program, ...args] };
}

/** Names that the servers' configuration refers to: left unset, Claude Code passes on the reference itself. */
export function referencedVariables(servers: Record<string, object>): string[] {
  const names = [...JSON.stringify(servers).matchAll(/\$\{([A-Za-z_][A-Za-z0-9_]*)\}/g)].map((match) => match[1] ?? '');
  return [...new Set(names)].filter((name) => !isOneOf([PROJECT_VARIABLE, ''], name)).sort();
}
