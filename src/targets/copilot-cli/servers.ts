import type { ServerGrant } from '../../model/policy.ts';
import { byName, inOrder } from '../../source/order.ts';
import type { Plan } from './plan.ts';

/** `mcp.json`: servers of which some tool is granted, and of those no other tools. */
export function serversOf({ policy, aliases, granted }: Plan): Record<string, object> {
  const entries = Object.entries(policy.servers).flatMap(([server, grant]): [string, object][] => {
    const tools = [...granted.values()].flatMap(({ tool }) =>
      tool.startsWith(`${server}/`) ? [tool.slice(server.length + 1)] : [],
    );
    return tools.length === 0 ? [] : [[aliases.get(server) ?? server, { ...entryOf(grant), tools: tools.sort() }]];
  });
  return Object.fromEntries(entries.sort(byName));
}

function entryOf({ transport, command, args, url, env, headers, cwd }: ServerGrant): object {
  if (transport === 'http') {
    return {
      type: 'http',
      url: url ?? '',
      ...(Object.keys(headers).length === 0 ? {} : { headers: inOrder(headers) }),
    };
  }
  const environment = Object.keys(env).length === 0 ? {} : { env: inOrder(env) };
  return { type: 'local', command: command ?? '', args, ...(cwd === null ? {} : { cwd }), ...environment };
}

export function referencedVariables(values: unknown): string[] {
  const names = [...JSON.stringify(values).matchAll(/\$\{([A-Za-z_][A-Za-z0-9_]*)\}/g)].map((match) => match[1] ?? '');
  return [...new Set(names)].sort();
}
