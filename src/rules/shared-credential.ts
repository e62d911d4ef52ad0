import { pointerOf } from '../source/pointer.ts';
import { defineRule } from './define.ts';
import { credentialsIn, modeWords } from './parts/credentials.ts';

export const rule = defineRule({
  id: 'shared-credential',
  since: '0.2.0',
  severity: 'warning',
  direction: 'under',
  title: 'one credential goes to several servers',
  why: 'each of them can do what the others may, and when one leaks it nobody can tell which',
  sources: ['OWASP Agentic ASI03'],
  examples: {
    bad: [
      {
        manifest: `
schemaVersion: 1
agent: { id: clerk }
data: {}
mcpServers:
  notes: { url: "https://notes.example.com/mcp" }
  mail: { url: "https://mail.example.com/mcp" }
tools:
  notes/search: { effect: read, data: [], egress: none }
  mail/list: { effect: read, data: [], egress: none }
credentials:
  OFFICE_KEY: { servers: [notes, mail], mode: live, scopes: [notes:read, mail:read], ttl: 1h }
`,
        finds: ['/credentials/OFFICE_KEY/servers'],
      },
    ],
    good: [
      `
schemaVersion: 1
agent: { id: clerk }
data: {}
mcpServers:
  notes: { url: "https://notes.example.com/mcp" }
  mail: { url: "https://mail.example.com/mcp" }
tools:
  notes/search: { effect: read, data: [], egress: none }
  mail/list: { effect: read, data: [], egress: none }
credentials:
  NOTES_KEY: { servers: [notes], mode: live, scopes: [notes:read], ttl: 1h }
  TEST_KEY: { servers: [notes, mail], mode: test, scopes: [notes:read, mail:read], ttl: 1h }
`,
    ],
  },
  check: (subject) =>
    credentialsIn(subject)
      .filter(({ facts: { servers = [], mode } }) => new Set(servers).size > 1 && mode !== 'test')
      .map(({ agent, name, facts }) => ({
        agent,
        pointer: pointerOf('credentials', name, 'servers'),
        message: `the ${modeWords(facts)}credential \`${name}\` goes to ${new Set(facts.servers).size} servers`,
        help: 'give each server a credential of its own, scoped to what its tools need',
      })),
});
