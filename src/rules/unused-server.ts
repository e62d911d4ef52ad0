import { serverOf } from '../manifest/names.ts';
import type { Agent } from '../manifest/tree.ts';
import { pointerOf } from '../source/pointer.ts';
import { defineRule, type Found } from './define.ts';
import { remove, replace } from './parts/change.ts';
import { liveServers } from './parts/live.ts';

export const rule = defineRule({
  id: 'unused-server',
  since: '0.2.0',
  severity: 'warning',
  direction: 'excess',
  title: 'a server is started that no tool of the agent needs',
  why: 'its process, its packages and its environment are there to be attacked, and nothing is lost without them',
  sources: ['OWASP Agentic ASI04'],
  examples: {
    bad: [
      {
        manifest: `
schemaVersion: 1
agent: { id: desk }
mcpServers: { shop: { command: shop-mcp }, mail: { command: mail-mcp }, old: { command: old-mcp } }
servers: { mail: { network: { allowedHosts: [mail.example.com] } } }
tools:
  shop/get_order: read
  old/run: { effect: write, access: deny }
`,
        finds: ['/mcpServers/mail', '/mcpServers/old'],
      },
    ],
    good: [
      `
schemaVersion: 1
agent: { id: desk }
mcpServers: { shop: { command: shop-mcp }, mail: { command: mail-mcp } }
tools:
  shop/*: read
subagents:
  writer:
    manifest:
      agent: { id: writer }
      tools:
        mail/draft: write
`,
    ],
  },
  check: ({ agents }) =>
    agents.flatMap((agent) => {
      const live = liveServers(agent, agents);
      const unused = Object.keys(agent.manifest.mcpServers ?? {}).filter((server) => !live.has(server));
      return unused.map((server) => found(agent, server));
    }),
});

function found(agent: Agent, server: string): Found {
  const denied = Object.keys(agent.manifest.tools).filter((tool) => serverOf(tool) === server);
  return {
    agent,
    pointer: pointerOf('mcpServers', server),
    on: 'key',
    message:
      denied.length > 0
        ? `every tool of \`${server}\` that is listed is denied`
        : `no tool of \`${server}\` is listed, so none can be called`,
    help: 'take the server out, with its `servers` entry and what names it',
    // What was denied by name stays denied unlisted, but somebody wrote it down.
    fix: { kind: denied.length > 0 ? 'unsafe' : 'safe', patch: without(agent, server, denied) },
  };
}

/** The server and every name that would lead to it. */
function without(agent: Agent, server: string, denied: readonly string[]) {
  const { servers, credentials = {} } = agent.manifest;
  return [
    ...denied.map((tool) => remove(agent, pointerOf('tools', tool))),
    ...Object.entries(credentials).flatMap(([name, facts]) =>
      facts.servers?.includes(server)
        ? [
            replace(
              agent,
              pointerOf('credentials', name, 'servers'),
              facts.servers.filter((other) => other !== server),
            ),
          ]
        : [],
    ),
    ...(servers && Object.hasOwn(servers, server) ? [remove(agent, pointerOf('servers', server))] : []),
    remove(agent, pointerOf('mcpServers', server)),
  ];
}
