import { secondsOf } from '../manifest/duration.ts';
import { pointerOf } from '../source/pointer.ts';
import { defineRule } from './define.ts';
import { credentialsIn, modeWords, requires } from './parts/credentials.ts';

const HOUR = 3600;

export const rule = defineRule({
  id: 'long-lived-credential',
  since: '0.2.0',
  severity: 'warning',
  direction: 'under',
  title: 'a credential lives longer than an hour, or states no end',
  why: 'a token that leaks into a log or a prompt is good for as long as it lives',
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
  NOTES_KEY: { servers: [notes], mode: live, scopes: [notes:read] }
  OTHER_KEY: { servers: [notes], mode: live, scopes: [notes:read], ttl: 30d }
`,
        finds: ['/credentials/NOTES_KEY/ttl', '/credentials/OTHER_KEY/ttl'],
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
  NOTES_KEY: { servers: [notes], mode: live, scopes: [notes:read], ttl: 60m }
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
  NEWS_KEY: { servers: [news], mode: live, scopes: [news:read], ttl: 30d }
`,
    ],
  },
  check: (subject) => {
    if (!requires(subject, 'scoped-tokens')) return [];
    return credentialsIn(subject)
      .filter(({ facts: { ttl } }) => ttl === undefined || secondsOf(ttl) > HOUR)
      .map(({ agent, name, facts }) => ({
        agent,
        pointer: pointerOf('credentials', name, 'ttl'),
        message: `the ${modeWords(facts)}credential \`${name}\` ${facts.ttl === undefined ? 'states no `ttl`, so it does not expire' : `lives for \`${facts.ttl}\``}`,
        help: 'have it issued for an hour at most (a broker, an app token, an exchange), and state that in `ttl`',
      }));
  },
});
