import type { Policy } from '../../model/policy.ts';
import { byName } from '../../source/order.ts';
import { quoted } from '../claude-code/quoted.ts';
import { boxesOf, mcpPath } from '../container/boxes.ts';
import { CEILINGS } from '../container/ceilings.ts';
import { mcpFile } from '../container/mcp.ts';
import { npxLines } from '../container/usage.ts';
import { defineTarget, type EmittedFile } from '../define.ts';
import { variablesOf } from '../kubernetes/pod.ts';
import { stdioServers } from '../srt/mcp.ts';
import { lossesOf } from './losses.ts';
import { servicePath, socketPath, stateFolder, unitName } from './names.ts';
import { serviceFile, socketFile } from './unit.ts';

export const target = defineTarget({
  id: 'systemd',
  title: 'systemd',
  summary: 'a hardened unit for each process, and a socket for each server that a client connects to',
  revision: 1,
  installs: [{ way: 'in-place', id: 'in-place' }],
  enforces: ['sandbox', 'egress-allowlist'],
  proof: 'engine',
  usage,
  emit: (policy) => ({ files: filesOf(policy), losses: lossesOf(policy) }),
});

function filesOf(policy: Policy): EmittedFile[] {
  const boxes = boxesOf(policy);
  const units = boxes.flatMap((box) => [
    { path: servicePath(policy, box), content: serviceFile(policy, box) },
    ...(box.server === null ? [] : [{ path: `${unitName(policy, box)}.socket`, content: socketFile(policy, box) }]),
  ]);
  const lists = Object.entries(policy.agents)
    .sort(byName)
    .filter(([, agent]) => stdioServers(agent).length > 0)
    .map(([id, agent]) => ({
      path: mcpPath(policy, id),
      content: mcpFile(agent, (name) => {
        const box = boxes.find((one) => one.agent === id && one.server === agent.servers[name]);
        const path = box === undefined ? '' : socketPath(policy, box);
        return { command: 'socat', args: ['STDIO', `UNIX-CONNECT:${path}`], env: {} };
      }),
    }));
  return [...units, ...lists].sort((a, b) => (a.path < b.path ? -1 : 1));
}

function usage(policy: Policy): string {
  const folder = `.stakes/${policy.root}/systemd`;
  const state = stateFolder(policy);
  const boxes = boxesOf(policy);
  const sockets = boxes.filter(({ server }) => server !== null).map((box) => `${unitName(policy, box)}.socket`);
  const secrets = [...new Set(boxes.flatMap(variablesOf))].sort();
  return [
    'For a machine whose system manager is systemd 250 or later. From the folder of the project:',
    '',
    '```sh',
    `sudo install -d -m 755 ${state} ${state}/root && sudo install -d -m 700 ${state}/credentials`,
    `sudo ln -sfn "$PWD" ${state}/project && sudo ln -sfn "$HOME" ${state}/home`,
    `sudo install -m 644 ${quoted(folder)}/stakes-* /etc/systemd/system/ && sudo systemctl daemon-reload`,
    '```',
    '',
    ...(secrets.length > 0
      ? [
          `- **Credentials:** put each into a file of root's, with nothing else in it: ${secrets.map((name) => `\`${state}/credentials/${name}\``).join(', ')}. A unit gets its own and no others; one that is missing keeps it from starting. They are not in \`Environment=\`, which everybody on the machine can read.`,
        ]
      : []),
    ...(sockets.length > 0
      ? [
          `- **Servers:** say who may connect, by \`SocketUser=\` in a drop-in (\`sudo systemctl edit ${sockets[0]}\`); until then it is root alone. Then \`sudo systemctl enable --now ${sockets.join(' ')}\`, and give your MCP client \`${folder}/mcp.json\` in place of its own list (it takes \`socat\`).`,
        ]
      : []),
    `- **Agent:** install a program that starts it as \`${state}/agent\`, then \`sudo systemctl start ${boxes[0] ? servicePath(policy, boxes[0]) : ''}\`. It has no network, not even to itself, and no terminal: it is for an agent that needs neither.`,
    `- Inside, everything but the system's own programs and the folders that are listed is gone; the home folder is empty and lives in memory. At most ${CEILINGS.processes} processes and threads, ${CEILINGS.memoryMiB} MiB and ${CEILINGS.cpus} processors.`,
    '- Each process is a user of its own, that systemd makes up: it reads what everybody may read and writes where everybody may. To run it as somebody, say so by `User=` in a drop-in.',
    ...npxLines(policy),
    '- Programs must be installed for everybody, below `/usr` or `/opt`. A folder that may be written must be there, or the unit does not start.',
    '- Only the system manager holds all of it: the manager of a user (`systemctl --user`) leaves much of it out. Check what holds on your machine with `stakes prove` as root.',
  ].join('\n');
}
