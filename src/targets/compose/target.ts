import type { Policy, ServerGrant } from '../../model/policy.ts';
import { byName, inOrder } from '../../source/order.ts';
import { quoted } from '../claude-code/quoted.ts';
import { type Box, boxesOf, mcpPath } from '../container/boxes.ts';
import { CEILINGS } from '../container/ceilings.ts';
import { mcpFile, type Start } from '../container/mcp.ts';
import { npxLines } from '../container/usage.ts';
import { defineTarget, type EmittedFile } from '../define.ts';
import { profileFile } from '../seccomp/profile.ts';
import { stdioServers } from '../srt/mcp.ts';
import { composeFile } from './file.ts';
import { lossesOf } from './losses.ts';
import { imageOf, serviceOf } from './services.ts';
import { isProxyHost, squidConf } from './squid.ts';

export const target = defineTarget({
  id: 'compose',
  title: 'Docker Compose',
  summary: 'a hardened container for each process, and a proxy that lets through only the hosts that are listed',
  revision: 1,
  installs: [{ way: 'in-place', id: 'in-place' }],
  enforces: ['sandbox', 'egress-allowlist'],
  proof: 'engine',
  usage,
  emit: (policy) => ({ files: filesOf(policy), losses: lossesOf(policy) }),
});

function filesOf(policy: Policy): EmittedFile[] {
  const boxes = boxesOf(policy);
  const online = boxes.filter(({ hosts }) => hosts.some(isProxyHost));
  const lists = Object.entries(policy.agents)
    .sort(byName)
    .filter(([, agent]) => stdioServers(agent).length > 0)
    .map(([id, agent]) => ({
      path: mcpPath(policy, id),
      content: mcpFile(agent, (name, server) => {
        const box = boxes.find((one) => one.agent === id && one.server === agent.servers[name]);
        return box === undefined ? { command: 'false', args: [], env: {} } : startOf(policy, box, server);
      }),
    }));
  return [
    { path: 'compose.yaml', content: composeFile(policy) },
    { path: 'seccomp.json', content: profileFile() },
    ...online.map((box) => ({ path: `egress/${serviceOf(box)}.conf`, content: squidConf(box.hosts) })),
    ...lists,
  ].sort((a, b) => (a.path < b.path ? -1 : 1));
}

function startOf(policy: Policy, box: Box, { args, env }: ServerGrant): Start {
  const service = serviceOf(box);
  const images = [imageOf(service), ...(box.hosts.some(isProxyHost) ? ['STAKES_IMAGE_SQUID'] : [])];
  const named = [...args, ...Object.values(env)].flatMap((text) =>
    [...text.matchAll(/\$\{([A-Za-z_][A-Za-z0-9_]*)\}/g)].map(([, name = '']) => name),
  );
  const handed = [...images, ...box.env.filter((name) => env[name] === undefined), ...named];
  return {
    command: 'docker',
    args: ['compose', '-f', `${folderOf(policy)}/compose.yaml`, 'run', '--rm', '-T', service],
    env: inOrder(Object.fromEntries(handed.map((name) => [name, `\${${name}}`]))),
  };
}

/** Where `stakes generate` puts the target's folder, seen from the project. */
function folderOf({ root }: Policy): string {
  return `.stakes/${root}/compose`;
}

function usage(policy: Policy): string {
  const folder = folderOf(policy);
  const boxes = boxesOf(policy);
  const hasServers = boxes.some(({ server }) => server !== null);
  const images = boxes.map((box) => `export ${imageOf(serviceOf(box))}=…`);
  const isOnline = boxes.some(({ hosts }) => hosts.some(isProxyHost));
  return [
    'Name an image for each process, with what it runs (`npx` servers need one with Node), by its digest:',
    '',
    '```sh',
    ...images,
    ...(isOnline ? ['export STAKES_IMAGE_SQUID=…'] : []),
    'export STAKES_UID=$(id -u) STAKES_GID=$(id -g)',
    '```',
    '',
    ...(hasServers
      ? [
          `- **Servers:** from that shell, give your MCP client \`${folder}/mcp.json\` in place of its own list (for Claude Code: \`claude --strict-mcp-config --mcp-config ${quoted(`${folder}/mcp.json`)}\`). Each server then runs in its own container.`,
        ]
      : []),
    `- **Agent:** \`docker compose -f ${quoted(`${folder}/compose.yaml`)} run --rm agent <the agent's command>\`; without a command, what its image starts.`,
    `- Inside, the project is \`/project\` and the home folder \`/home/agent\`; both are empty but for the folders that are listed, and all else is read-only. At most ${CEILINGS.processes} processes, ${CEILINGS.memoryMiB} MiB and ${CEILINGS.cpus} processors. The agent's own variables are handed in, and no others.`,
    ...(isOnline
      ? [
          '- A process with hosts has a network of its own, without a way out but squid in a container beside it: `STAKES_IMAGE_SQUID` is any image with `squid` on its PATH. `docker compose -f … down` ends the proxies.',
        ]
      : []),
    ...npxLines(policy),
    '- Without `STAKES_UID` processes are nobody and write only where everybody may.',
    '- Proven with docker-compose and podman on Linux; Docker itself reads the same file.',
  ].join('\n');
}
