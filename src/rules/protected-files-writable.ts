import type { Agent } from '../manifest/tree.ts';
import { pointerOf } from '../source/pointer.ts';
import { defineRule, type Found } from './define.ts';
import { replace } from './parts/change.ts';

export const rule = defineRule({
  id: 'protected-files-writable',
  since: '0.2.0',
  severity: 'warning',
  direction: 'under',
  title: "a process may write the files that say what it may do: the manifest, the policy or its host's settings",
  why: 'an agent that can write its own leash is on none, and not every sandbox takes these files out again',
  sources: ['OWASP Agentic ASI03'],
  examples: {
    bad: [
      {
        manifest: `
schemaVersion: 1
agent: { id: coder }
mcpServers:
  files: { url: "https://files.example.com/mcp" }
servers:
  files: { filesystem: { write: [~/] } }
tools: {}
filesystem: { read: [.], write: [./out, .] }
`,
        finds: ['/filesystem/write', '/servers/files/filesystem/write'],
      },
      {
        manifest: `
schemaVersion: 1
agent: { id: coder }
tools: {}
filesystem: { write: [./.claude/settings.json] }
`,
        finds: ['/filesystem/write'],
      },
    ],
    good: [
      `
schemaVersion: 1
agent: { id: coder }
tools: {}
filesystem: { read: [.], write: [./out, ./src/**] }
`,
    ],
  },
  check: ({ agents }) =>
    agents.flatMap((agent) => [
      ...found(agent, `\`${agent.id}\``, agent.manifest.filesystem?.write, ['filesystem', 'write']),
      ...Object.entries(agent.manifest.servers ?? {}).flatMap(([name, { filesystem }]) =>
        found(agent, `the server \`${name}\``, filesystem?.write, ['servers', name, 'filesystem', 'write']),
      ),
    ]),
});

function found(agent: Agent, who: string, write: readonly string[] = [], path: readonly string[]): Found[] {
  const at = write.findIndex((entry) => covers(entry, agent.file));
  if (at < 0) return [];
  return [
    {
      agent,
      pointer: pointerOf(...path),
      message: `${who} may write \`${write[at]}\`, and with it what governs the agent`,
      help: 'list the folders that it really writes, such as `./out`',
      related: [{ agent, pointer: pointerOf(...path, at), message: 'this holds protected files' }],
      fix: {
        kind: 'unsafe',
        patch: [
          replace(
            agent,
            pointerOf(...path),
            write.filter((entry) => !covers(entry, agent.file)),
          ),
        ],
      },
    },
  ];
}

const ALL = /^(?:\/|~|\.|(?:\.\.\/)*\.\.|\$HOME|\$\{HOME\}|\$PWD|\$\{PWD\}|\*{1,2})?$/;
const FOLDERS = /^(?:(?:~|\$HOME|\$\{HOME\})\/)?\.(?:stakes|claude|codex|cursor|gemini|vscode|mcp\.json)(?:\/|$)/;
const FILES = /(?:^|\/)(?:[^/]+\.agent\.(?:ya?ml|json)|agent\.(?:ya?ml|json)|stakes\.[^/]*)$/;

/** Does the entry hold a protected file, as far as its text says? */
function covers(entry: string, manifest: string): boolean {
  const path = entry
    .replace(/\/\*{1,2}$/, '/')
    .replace(/(?<=.)\/+$/, '')
    .replace(/^(?:\.\/)+(?=.)/, '');
  return ALL.test(path) || FOLDERS.test(path) || FILES.test(path) || manifest.startsWith(`${path}/`);
}
