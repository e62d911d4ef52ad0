import type { Policy } from '../../model/policy.ts';
import { byName, inOrder } from '../../source/order.ts';
import { quoted } from '../claude-code/quoted.ts';
import { boxesOf, mcpPath } from '../container/boxes.ts';
import { CEILINGS } from '../container/ceilings.ts';
import { mcpFile } from '../container/mcp.ts';
import { npxLines } from '../container/usage.ts';
import { defineTarget, type EmittedFile } from '../define.ts';
import { stdioServers } from '../srt/mcp.ts';
import { lossesOf } from './losses.ts';
import { script } from './script.ts';

export const target = defineTarget({
  id: 'bubblewrap',
  title: 'bubblewrap',
  summary:
    'a script for each process that runs it in a sandbox of the Linux kernel, without a network and without Node',
  revision: 1,
  installs: [{ way: 'in-place', id: 'in-place' }],
  enforces: ['sandbox', 'egress-allowlist'],
  proof: 'engine',
  usage,
  emit: (policy) => ({ files: filesOf(policy), losses: lossesOf(policy) }),
});

function filesOf(policy: Policy): EmittedFile[] {
  const boxes = boxesOf(policy);
  const scripts = boxes.map((box) => ({ path: `${box.path}.sh`, content: script(policy, box), executable: true }));
  const lists = Object.entries(policy.agents)
    .sort(byName)
    .filter(([, agent]) => stdioServers(agent).length > 0)
    .map(([id, agent]) => ({
      path: mcpPath(policy, id),
      content: mcpFile(agent, (name, server) => {
        const box = boxes.find((one) => one.agent === id && one.server === agent.servers[name]);
        return {
          command: `${folderOf(policy)}/${box?.path ?? ''}.sh`,
          args: [server.command ?? '', ...server.args],
          env: inOrder(server.env),
        };
      }),
    }));
  return [...scripts, ...lists].sort((a, b) => (a.path < b.path ? -1 : 1));
}

/** Where `stakes generate` puts the target's folder, seen from the project. */
function folderOf({ root }: Policy): string {
  return `.stakes/${root}/bubblewrap`;
}

function usage(policy: Policy): string {
  const folder = folderOf(policy);
  const hasServers = Object.values(policy.agents).some((agent) => stdioServers(agent).length > 0);
  const mcp = quoted(`${folder}/mcp.json`);
  return [
    'Install it once: `apt-get install bubblewrap` (0.8 or later; `find`, `prlimit`, `setpriv` and `timeout` are part of every large Linux). Start everything from the folder of the project.',
    '',
    ...(hasServers
      ? [
          `- **Servers:** give your MCP client \`${folder}/mcp.json\` in place of its own list (for Claude Code: \`claude --strict-mcp-config --mcp-config ${mcp}\`). Each server then runs in its own sandbox.`,
        ]
      : []),
    `- **Agent:** \`${quoted(`${folder}/agent.sh`)} <the agent's command>\`. It has no network at all, so it is for an agent whose model is on this machine, and for single commands; with a model elsewhere, use the \`srt\` target.`,
    '- Inside are the programs of the machine, the folders that are listed, and an empty home folder that is gone afterwards. Of the environment only the usual variables and the credentials of that process are handed in.',
    `- ${CEILINGS.processes} processes and threads at once is the most; bubblewrap limits neither memory nor processor. The limit does not bind what root starts.`,
    ...npxLines(policy),
    '- A folder that may be written must be there, or the sandbox does not start. A program that lives in a home folder is not readable: name its folder in `filesystem.read`.',
    '- Linux only.',
  ].join('\n');
}
