import type { Agent } from '../manifest/tree.ts';
import { pointerOf } from '../source/pointer.ts';
import { defineRule, type Found } from './define.ts';
import { replace } from './parts/change.ts';

export const rule = defineRule({
  id: 'duplicate-host',
  since: '0.2.0',
  severity: 'note',
  direction: 'excess',
  title: 'a host stands in a list twice',
  why: 'who takes one of the two out believes that the host is closed',
  examples: {
    bad: [
      {
        manifest: `
schemaVersion: 1
agent: { id: desk }
mcpServers: { shop: { command: shop-mcp } }
servers: { shop: { network: { allowedHosts: [api.example.com, API.example.com] } } }
tools:
  shop/get_order: read
`,
        finds: ['/servers/shop/network/allowedHosts/1'],
      },
    ],
    good: [
      `
schemaVersion: 1
agent: { id: desk }
tools:
  shop/get_order: read
network: { egress: listed, allowedHosts: [api.example.com, "api.example.com:8443"] }
`,
    ],
  },
  check: ({ agents }) =>
    agents.flatMap((agent) => [
      ...twice(agent, '/network/allowedHosts', agent.manifest.network?.allowedHosts),
      ...Object.entries(agent.manifest.servers ?? {}).flatMap(([server, { network }]) =>
        twice(agent, pointerOf('servers', server, 'network', 'allowedHosts'), network?.allowedHosts),
      ),
    ]),
});

function twice(agent: Agent, pointer: string, hosts: readonly string[] = []): Found[] {
  const seen = new Set<string>();
  const again = hosts.flatMap((host, i) => {
    const known = seen.has(host.toLowerCase());
    seen.add(host.toLowerCase());
    return known ? [i] : [];
  });
  const patch = [
    replace(
      agent,
      pointer,
      hosts.filter((_, i) => !again.includes(i)),
    ),
  ];
  return again.map((i) => ({
    agent,
    pointer: `${pointer}/${i}`,
    message: `\`${hosts[i]}\` is in the list already: the case of a host does not count`,
    help: 'take one of them out',
    fix: { kind: 'safe', patch },
  }));
}
