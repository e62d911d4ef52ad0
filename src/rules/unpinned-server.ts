import { isAddress, isPinned, launchedPackage } from '../manifest/launched-package.ts';
import { pointerOf } from '../source/pointer.ts';
import { defineRule } from './define.ts';

const AS = { npm: '`name@1.2.3`', pypi: '`name==1.2.3`', image: '`name@sha256:…`, or at least a tag of one version' };

export const rule = defineRule({
  id: 'unpinned-server',
  since: '0.2.0',
  severity: 'warning',
  direction: 'under',
  title: 'the package of a server is fetched without a version',
  why: 'whoever publishes the next version runs code next to the credentials, at the next start',
  sources: ['OWASP Agentic ASI04'],
  examples: {
    bad: [
      {
        manifest: `
schemaVersion: 1
agent: { id: reader }
mcpServers:
  a: { command: npx, args: ["-y", "@example/notes"] }
  b: { command: npx, args: ["--yes", "--package=@example/notes@latest", "notes"] }
  c: { command: uvx, args: ["--from", "notes-server", "notes"] }
  d: { command: docker, args: [run, -i, --rm, -e, TOKEN, "example/notes:latest"] }
  e: { command: cmd, args: [/c, npx, "-y", "notes@^1.2.0"] }
  f: { command: uvx, args: ["git+https://github.com/example/notes@main"] }
tools:
  a/search: { effect: read }
`,
        finds: [
          '/mcpServers/a/args/1',
          '/mcpServers/b/args/1',
          '/mcpServers/c/args/1',
          '/mcpServers/d/args/5',
          '/mcpServers/e/args/3',
          '/mcpServers/f/args/0',
        ],
      },
    ],
    good: [
      `
schemaVersion: 1
agent: { id: reader }
mcpServers:
  a: { command: npx, args: ["-y", "@example/notes@1.2.3", "--root=."] }
  b: { command: node, args: ["./server.mjs"] }
  c: { command: uvx, args: ["notes-server==1.2"] }
  d: { command: docker, args: [run, -i, --rm, -e, TOKEN, "registry.example.com:5000/notes:1.2.3"] }
  e: { command: npx, args: ["./packages/notes"] }
  f: { command: npm, args: [run, notes] }
  g: { url: "https://notes.example.com/mcp" }
tools:
  a/search: { effect: read }
`,
    ],
  },
  check: ({ agents }) =>
    agents.flatMap((agent) =>
      Object.entries(agent.manifest.mcpServers ?? {}).flatMap(([name, server]) => {
        const launched = launchedPackage(server);
        if (!launched || isPinned(launched)) return [];
        return [
          {
            agent,
            pointer: pointerOf('mcpServers', name, 'args', launched.index),
            message: `\`${name}\` fetches whatever \`${launched.name}\` is today`,
            help: `name the version that somebody has looked at: ${isAddress(launched) ? 'the commit, in full' : AS[launched.kind]}`,
          },
        ];
      }),
    ),
});
