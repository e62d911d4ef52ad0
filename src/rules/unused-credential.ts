import type { Agent } from '../manifest/tree.ts';
import { pointerOf } from '../source/pointer.ts';
import { defineRule } from './define.ts';
import { remove } from './parts/change.ts';
import { liveServers, variablesOf } from './parts/live.ts';
import type { Subject } from './subject.ts';

export const rule = defineRule({
  id: 'unused-credential',
  since: '0.2.0',
  severity: 'warning',
  direction: 'excess',
  title: 'a credential is within reach that no tool of the agent needs',
  why: 'a secret that is not there cannot leak, and this one is there for nothing',
  sources: ['OWASP Agentic ASI03'],
  examples: {
    bad: [
      {
        manifest: `
schemaVersion: 1
agent: { id: desk }
mcpServers: { shop: { command: shop-mcp }, mail: { command: mail-mcp } }
tools:
  shop/get_order: read
  mail/send: { effect: write, access: deny }
credentials:
  MAIL_TOKEN: { servers: [mail], mode: live, scopes: [mail:send], ttl: 1h }
  OLD_TOKEN: { servers: [], mode: live }
`,
        finds: ['/credentials/MAIL_TOKEN', '/credentials/OLD_TOKEN'],
      },
    ],
    good: [
      `
schemaVersion: 1
agent: { id: desk }
mcpServers: { shop: { command: shop-mcp, env: { SHOP_TOKEN: "\${SHOP_TOKEN}" } } }
tools:
  shop/get_order: read
credentials:
  SHOP_TOKEN: { servers: [shop], mode: live, scopes: [orders:read], ttl: 1h }
  MODEL_KEY: { mode: live }
`,
      `
schemaVersion: 1
agent: { id: desk }
tools:
  Bash: { arbitrary: true }
credentials:
  DEPLOY_TOKEN: { servers: [], mode: live }
`,
    ],
  },
  check: (subject) =>
    subject.agents.flatMap((agent) =>
      unused(agent, subject).map(({ name, named }) => {
        const pointer = pointerOf('credentials', name);
        return {
          agent,
          pointer,
          on: 'key',
          message: named
            ? `\`${name}\` is for ${named}, of which no tool can be called`
            : `\`${name}\` is given to no server`,
          help: 'take it out, and revoke it if nothing else uses it',
          fix: { kind: 'safe', patch: [remove(agent, pointer)] },
        };
      }),
    ),
});

/** Arbitrary code uses whatever is there, and a credential without `servers` may be anybody's. */
function unused(agent: Agent, { agents, reach }: Subject): { name: string; named: string }[] {
  if (reach.pairs.some((pair) => pair.agent === agent && pair.arbitrary.worst)) return [];
  const live = liveServers(agent, agents);
  const used = new Set([...live].flatMap((server) => [...variablesOf(agent, server)]));
  return Object.entries(agent.manifest.credentials ?? {}).flatMap(([name, { servers }]) =>
    servers === undefined || used.has(name) || servers.some((server) => live.has(server))
      ? []
      : [{ name, named: servers.map((server) => `\`${server}\``).join(', ') }],
  );
}
