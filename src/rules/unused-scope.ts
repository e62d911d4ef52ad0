import { serverOf } from '../manifest/names.ts';
import type { Agent } from '../manifest/tree.ts';
import { pointerOf } from '../source/pointer.ts';
import { defineRule, type Found } from './define.ts';
import { replace } from './parts/change.ts';
import { liveTools } from './parts/live.ts';

export const rule = defineRule({
  id: 'unused-scope',
  since: '0.2.0',
  severity: 'warning',
  direction: 'excess',
  title: 'a credential has a scope that none of its tools needs',
  why: 'whoever gets hold of the token can do what the agent never does',
  sources: ['OWASP Agentic ASI03', 'RFC 9700'],
  examples: {
    bad: [
      {
        manifest: `
schemaVersion: 1
agent: { id: desk }
mcpServers: { shop: { command: shop-mcp } }
tools:
  shop/get_order: { effect: read, scopes: [orders:read] }
credentials:
  SHOP_TOKEN: { servers: [shop], mode: live, scopes: [orders:read, orders:write], ttl: 1h }
`,
        finds: ['/credentials/SHOP_TOKEN/scopes/1'],
      },
    ],
    good: [
      `
schemaVersion: 1
agent: { id: desk }
mcpServers: { shop: { command: shop-mcp } }
tools:
  shop/get_order: { effect: read, scopes: [orders:read] }
  shop/search: read
credentials:
  SHOP_TOKEN: { servers: [shop], mode: live, scopes: [orders:read, orders:write], ttl: 1h }
`,
    ],
  },
  check: ({ agents }) => agents.flatMap(unused),
});

function unused(agent: Agent): Found[] {
  const byServer = new Map<string | undefined, ReturnType<typeof liveTools>>();
  for (const entry of liveTools(agent)) {
    const server = serverOf(entry[0]);
    const others = byServer.get(server);
    if (others) others.push(entry);
    else byServer.set(server, [entry]);
  }
  return Object.entries(agent.manifest.credentials ?? {}).flatMap(([name, { servers = [], scopes = [] }]) => {
    const tools = servers.flatMap((server) => byServer.get(server) ?? []);
    const told = tools.every(([tool, facts]) => facts.scopes !== undefined && !tool.endsWith('/*'));
    // A wildcard is another fault, and a credential of which no tool can be called is idle as a whole.
    if (tools.length === 0 || !told || scopes.some((scope) => scope.includes('*'))) return [];
    const needed = new Set(tools.flatMap(([, facts]) => facts.scopes ?? []));
    const kept = scopes.filter((scope) => needed.has(scope));
    return scopes.flatMap((scope, i) =>
      needed.has(scope)
        ? []
        : [
            {
              agent,
              pointer: pointerOf('credentials', name, 'scopes', i),
              message: `no tool needs \`${scope}\` of \`${name}\``,
              help: 'take the scope out here and where the token is issued',
              ...(kept.length === 0
                ? {}
                : {
                    fix: {
                      kind: 'unsafe' as const,
                      patch: [replace(agent, pointerOf('credentials', name, 'scopes'), kept)],
                    },
                  }),
            },
          ],
    );
  });
}
