import { launchedPackage } from '../manifest/launched-package.ts';
import { pointerOf } from '../source/pointer.ts';
import { defineRule } from './define.ts';
import { replace } from './parts/change.ts';

export const rule = defineRule({
  id: 'unconfined-container',
  since: '0.2.0',
  severity: 'error',
  direction: 'under',
  title: 'the container of a server is given the machine that it runs on',
  why: 'it looks like a sandbox and is none: one bad answer from the server is a shell on the host',
  sources: ['OWASP Agentic ASI05'],
  examples: {
    bad: [
      {
        manifest: `
schemaVersion: 1
agent: { id: builder }
mcpServers:
  a: { command: docker, args: [run, -i, --privileged, "example/build:1.2.3"] }
  b: { command: docker, args: [run, -i, -v, "/var/run/docker.sock:/var/run/docker.sock", "example/build:1.2.3"] }
  c: { command: podman, args: [run, "--volume=/:/host", "example/build:1.2.3"] }
  d: { command: docker, args: [run, --pid, host, "example/build:1.2.3"] }
  e: { command: docker, args: [run, --privileged, --ipc=host, --userns=host, "example/build:1.2.3"] }
tools:
  a/build: { effect: write }
`,
        finds: [
          '/mcpServers/a/args/2',
          '/mcpServers/b/args/3',
          '/mcpServers/c/args/1',
          '/mcpServers/d/args/2',
          '/mcpServers/e/args/1',
          '/mcpServers/e/args/2',
          '/mcpServers/e/args/3',
        ],
      },
    ],
    good: [
      `
schemaVersion: 1
agent: { id: builder }
mcpServers:
  a: { command: docker, args: [run, -i, -v, "./code:/code", --network, none, "example/build:1.2.3"] }
  b: { command: npx, args: [-y, "example@1.2.3", --privileged] }
  c: { command: docker, args: [run, "example/build:1.2.3", --privileged] }
tools:
  a/build: { effect: write }
`,
    ],
  },
  check: ({ agents }) =>
    agents.flatMap((agent) =>
      Object.entries(agent.manifest.mcpServers ?? {}).flatMap(([name, server]) => {
        const image = launchedPackage(server);
        // What stands behind the image is the container's own command.
        const options = image?.kind === 'image' ? (server.args ?? []).slice(0, image.index) : [];
        return wideOpen(options).map(({ at, words, given }) => ({
          agent,
          pointer: pointerOf('mcpServers', name, 'args', at),
          message: `\`${options[at]}\` gives the container of \`${name}\` ${given}`,
          help: 'take it out; mount only the folders that the server needs, read-only where it only reads',
          fix: {
            kind: 'unsafe' as const,
            patch: [
              replace(
                agent,
                pointerOf('mcpServers', name, 'args'),
                server.args?.filter((_, i) => i > at || i <= at - words),
              ),
            ],
          },
        }));
      }),
    ),
});

/** The options that hand over something of the host: where each ends, and how many words it takes. */
function wideOpen(options: readonly string[]): { at: number; words: number; given: string }[] {
  return options.flatMap((arg, at) => {
    const before = options[at - 1] ?? '';
    const [alone, together] = [handedOver(arg), before.includes('=') ? undefined : handedOver(`${before}=${arg}`)];
    if (alone !== undefined) return [{ at, words: 1, given: alone }];
    return together === undefined ? [] : [{ at, words: 2, given: together }];
  });
}

/** What of the host an option hands to the container. */
function handedOver(option: string): string | undefined {
  if (option === '--privileged' || option === '--privileged=true') return 'every right on the host';
  const mounted =
    /^(?:-v|--volume)=([^:]*):/.exec(option)?.[1] ?? /^--mount=.*(?:source|src)=([^,]*)/.exec(option)?.[1];
  if (mounted !== undefined) {
    if (/(?:docker|podman|containerd)\.sock$/.test(mounted)) return 'the engine that starts containers';
    if (/^(?:\/|~\/?|\$HOME\/?|\$\{HOME\}\/?)$/.test(mounted)) return 'the files of the host';
  }
  return /^--(?:pid|ipc|userns)=host$/.test(option) ? 'the processes of the host' : undefined;
}
