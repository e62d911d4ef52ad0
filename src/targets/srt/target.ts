import type { Policy } from '../../model/policy.ts';
import { byName } from '../../source/order.ts';
import { defineTarget, type EmittedFile } from '../define.ts';
import { fileNameOf } from './file-name.ts';
import { lossesOf } from './losses.ts';
import { bundleFolder, mcpFile, settingsPath, stdioServers } from './mcp.ts';
import { agentSettings, serverSettings } from './settings.ts';

/** The version that the engine tests prove. */
const SRT = '@anthropic-ai/sandbox-runtime@0.0.78';

export const target = defineTarget({
  id: 'srt',
  title: 'Sandbox runtime (srt)',
  summary: "sandboxes for the agent's own process and for each MCP server that it starts",
  standard: true,
  revision: 1,
  installs: [{ way: 'in-place', id: 'in-place' }],
  enforces: ['sandbox', 'egress-allowlist'],
  proof: 'engine',
  usage,
  emit: (policy) => ({ files: filesOf(policy), losses: lossesOf(policy) }),
});

function filesOf(policy: Policy): EmittedFile[] {
  const root = policy.agents[policy.root];
  const agents = Object.entries(policy.agents).sort(byName);
  return [
    ...(root ? [{ path: 'agent.json', content: json(agentSettings(policy, root)) }] : []),
    ...agents.flatMap(([id, agent]) => {
      const servers = stdioServers(agent);
      if (servers.length === 0) return [];
      const mcp = id === policy.root ? 'mcp.json' : `mcp/${fileNameOf(id)}.json`;
      return [
        { path: mcp, content: mcpFile(policy, id, agent) },
        ...servers.map(([name, server]) => ({
          path: settingsPath(policy, id, name),
          content: json(serverSettings(policy, name, server)),
        })),
      ];
    }),
  ];
}

function usage(policy: Policy): string {
  const folder = bundleFolder(policy);
  const agents = Object.values(policy.agents);
  const packages = agents.flatMap((agent) => stdioServers(agent).flatMap(([, server]) => npxPackage(server)));
  const hasServers = agents.some((agent) => stdioServers(agent).length > 0);
  return [
    `Install the sandbox once: \`npm install -g ${SRT}\`, and on Linux also \`bubblewrap\`, \`socat\` and \`ripgrep\`. Run everything from the project's folder: paths in these files are relative to it.`,
    '',
    ...(hasServers
      ? [
          `- **Servers:** give your MCP client \`${folder}/mcp.json\` in place of its own list (for Claude Code: \`claude --strict-mcp-config --mcp-config ${quoted(`${folder}/mcp.json`)}\`). Each server then runs in its own sandbox.`,
        ]
      : []),
    `- **Agent:** \`srt --settings ${quoted(`${folder}/agent.json`)} -- <the agent's command>\`. The \`--\` matters: without it srt takes options meant for the command.${hasServers ? ' An agent started like this cannot start the servers of `mcp.json`; choose one of the two.' : ''}`,
    ...(packages.length > 0
      ? [
          '- `npx` fetches a server when it starts, which the sandbox refuses. Install the servers in the project first; `npx` then starts those:',
          '',
          '  ```sh',
          `  npm install --save-exact ${[...new Set(packages)].sort().map(quoted).join(' ')}`,
          '  ```',
          '',
        ]
      : []),
    '- A program that lives in a home folder is not readable: name its folder in `filesystem.read`. With a `TMPDIR` other than `/tmp`, no host is reached.',
    '- A server reaches its hosts only if it obeys `HTTPS_PROXY`. Node does from 22.21 on; `mcp.json` turns that on.',
    '- Proven on Linux. macOS reads the same files and is not tested; Windows is not covered.',
  ].join('\n');
}

function npxPackage({ command, args }: { command: string | null; args: string[] }): string[] {
  const name = args.find((arg) => !arg.startsWith('-'));
  // A name that npm would not take has no place in a command to copy.
  return command === 'npx' && name !== undefined && /^[@\w./:+~^-]+$/.test(name) ? [name] : [];
}

function quoted(word: string): string {
  return /^[A-Za-z0-9_./:@+,-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`;
}

function json(value: unknown): string {
  return `${JSON.stringify(value, null, 2)}\n`;
}
