import { pointerOf } from '../source/pointer.ts';
import { defineRule } from './define.ts';
import { replace } from './parts/change.ts';

export const rule = defineRule({
  id: 'plaintext-server',
  since: '0.2.0',
  severity: 'error',
  direction: 'under',
  title: 'a server is reached over a connection that is not encrypted',
  why: 'anybody on the way reads the credential and the data, and can answer in the place of the server',
  sources: ['RFC 9700'],
  examples: {
    bad: [
      {
        manifest: `
schemaVersion: 1
agent: { id: reader }
mcpServers:
  notes: { url: "http://notes.example.com/mcp" }
tools:
  notes/search: { effect: read }
`,
        finds: ['/mcpServers/notes/url'],
      },
    ],
    good: [
      `
schemaVersion: 1
agent: { id: reader }
mcpServers:
  notes: { url: "https://notes.example.com/mcp" }
  local: { url: "http://localhost:3000/mcp" }
  six: { url: "http://[::1]:3000/mcp" }
  four: { url: "http://127.0.0.1/mcp" }
tools:
  notes/search: { effect: read }
`,
    ],
  },
  check: ({ agents }) =>
    agents.flatMap((agent) =>
      Object.entries(agent.manifest.mcpServers ?? {}).flatMap(([name, { url }]) => {
        const found = typeof url === 'string' ? PLAIN.exec(url) : null;
        if (!found?.[2] || isLoopback(found[2])) return [];
        return [
          {
            agent,
            pointer: pointerOf('mcpServers', name, 'url'),
            message: `\`${name}\` is reached over plain \`${found[1]?.toLowerCase()}\``,
            help: 'use `https`; a server on this machine can be reached at `localhost`',
            fix: {
              kind: 'unsafe',
              patch: [replace(agent, pointerOf('mcpServers', name, 'url'), url?.replace(/^\s*(http|ws):/i, '$1s:'))],
            },
          },
        ];
      }),
    ),
});

/** Scheme, and host with its port; a name and a password in front of the host are skipped. */
const PLAIN = /^\s*(http|ws):\/\/(?:[^/?#@]*@)?([^/?#]*)/i;

function isLoopback(hostAndPort: string): boolean {
  const host = hostAndPort.replace(/:\d*$/, '').toLowerCase();
  return host === 'localhost' || host.endsWith('.localhost') || host === '[::1]' || /^127(?:\.\d{1,3}){3}$/.test(host);
}
