import type { Policy } from '../../model/policy.ts';
import { defineTarget } from '../define.ts';
import { configText } from './config.ts';
import { lossesOf } from './losses.ts';
import { LISTEN, placesOf } from './places.ts';

export const target = defineTarget({
  id: 'nginx',
  title: 'nginx',
  summary: 'a limit of requests a minute for each agent, in front of MCP servers that have a URL',
  revision: 1,
  installs: [{ way: 'in-place', id: 'in-place' }],
  // A rate limit only of servers at a URL, which many agents have none of.
  enforces: [],
  seesToolsOf: 'servers',
  proof: 'engine',
  usage,
  emit: (policy) => ({
    files: [{ path: 'stakes.conf', content: configText(policy) }],
    losses: lossesOf(policy),
  }),
});

function usage(policy: Policy): string {
  const places = placesOf(policy);
  if (places.length === 0)
    return 'No server of this policy has a URL: there is nothing for nginx to stand in front of, and the file answers every request with 404. Use the `gate` target, which counts calls of servers that are started as processes, too.';
  return [
    `Include the file in the \`http\` block of nginx.conf (\`include <project>/.stakes/${policy.root}/nginx/stakes.conf;\`), or copy it to \`/etc/nginx/conf.d\`; then \`nginx -t && nginx -s reload\`. nginx looks the servers' names up when it starts.`,
    '',
    'Give the client these addresses in place of those of the servers:',
    '',
    ...places.map(({ server, agent, path }) => `- \`${server}\` of \`${agent}\`: \`http://${LISTEN}${path}\``),
    '',
    'A request above the limit is answered with 429, and no minute has more than the cap. Credentials travel in the headers of the client, as before. An agent that can reach the servers past nginx is not limited: close that way with a sandbox.',
  ].join('\n');
}
