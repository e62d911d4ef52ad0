import { pointerOf } from '../source/pointer.ts';
import { defineRule } from './define.ts';
import { credentialsIn, modeWords, requires } from './parts/credentials.ts';

export const rule = defineRule({
  id: 'unscoped-credential',
  since: '0.2.0',
  severity: 'error',
  direction: 'under',
  title: 'a credential states no scopes, or a wildcard among them',
  why: 'whoever talks the agent or its server into a call has everything that the credential opens',
  sources: ['RFC 9700', 'OWASP Agentic ASI03'],
  examples: {
    bad: [
      {
        manifest: `
schemaVersion: 1
agent: { id: clerk }
autonomy: { initiation: human, review: none }
data: { notes: { classification: internal } }
mcpServers:
  notes: { url: "https://notes.example.com/mcp" }
tools:
  notes/search: { effect: read, data: [notes], egress: none }
credentials:
  NOTES_KEY: { servers: [notes], mode: live, ttl: 1h }
  OTHER_KEY: { servers: [notes], mode: live, scopes: ["repo:*"], ttl: 1h }
`,
        finds: ['/credentials/NOTES_KEY/scopes', '/credentials/OTHER_KEY/scopes'],
      },
    ],
    good: [
      `
schemaVersion: 1
agent: { id: clerk }
autonomy: { initiation: human, review: none }
data: { notes: { classification: internal } }
mcpServers:
  notes: { url: "https://notes.example.com/mcp" }
tools:
  notes/search: { effect: read, data: [notes], egress: none }
credentials:
  NOTES_KEY: { servers: [notes], mode: live, scopes: [notes:read], ttl: 1h }
`,
      `
schemaVersion: 1
agent: { id: reader }
autonomy: { initiation: human, review: none }
data: {}
mcpServers:
  news: { url: "https://news.example.com/mcp" }
tools:
  news/list: { effect: read, data: [], egress: none }
credentials:
  NEWS_KEY: { servers: [news], mode: test }
`,
    ],
  },
  check: (subject) => {
    const required = requires(subject, 'scoped-tokens');
    return credentialsIn(subject).flatMap(({ agent, name, facts }) => {
      const scopes = facts.scopes ?? [];
      const wide = scopes.find((scope) => scope.includes('*'));
      const bad = wide !== undefined ? required || facts.mode !== 'test' : scopes.length === 0 && required;
      if (!bad) return [];
      return [
        {
          agent,
          pointer: pointerOf('credentials', name, 'scopes'),
          message:
            wide === undefined
              ? `the ${modeWords(facts)}credential \`${name}\` states no scopes`
              : `the ${modeWords(facts)}credential \`${name}\` is scoped to \`${wide}\``,
          help: 'issue a token for just the scopes that its tools need, and list them in `scopes`',
        },
      ];
    });
  },
});
