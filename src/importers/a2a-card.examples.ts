import type { ImportExample } from './define.ts';

const ask = (host: string) =>
  `which tools are these, and what does each do? The card tells only what it offers: list them in place of \`${host}/*\``;

export const examples: readonly ImportExample[] = [
  {
    shows: 'who it is, what it offers and how callers sign in; schemes that are only described are not asked for',
    files: {
      'desk/.well-known/agent-card.json': `{
  "name": "Refund Desk", "description": "Looks into refunds.", "version": "1.2.0",
  "supportedInterfaces": [{ "url": "https://desk.example.com/a2a", "protocolBinding": "JSONRPC", "protocolVersion": "1.0" }],
  "provider": { "organization": "Example Shop", "url": "https://example.com" },
  "capabilities": { "streaming": true },
  "securitySchemes": { "google": { "openIdConnectSecurityScheme": { "openIdConnectUrl": "https://accounts.google.com" } }, "key": {} },
  "securityRequirements": [{ "schemes": { "google": { "list": ["openid"] } } }],
  "defaultInputModes": ["text/plain"], "defaultOutputModes": ["text/plain"],
  "skills": [{ "id": "status", "name": "Refund status", "description": "", "tags": [] }, { "id": "refund", "name": "Refund" }]
}`,
    },
    parts: [
      {
        host: 'a2a',
        folder: 'desk',
        apart: '.well-known/agent-card.json',
        said: {
          agent: { name: 'Refund Desk', description: 'Looks into refunds.' },
          autonomy: { initiation: 'agent' },
          tools: { 'a2a/*': {} },
        },
        notes: {
          '/tools/a2a~1*': ask('a2a'),
          '/agent':
            'other agents call it, who sign in by google; offers Refund status, Refund; provided by Example Shop',
        },
      },
    ],
  },
  {
    shows: 'a card of an earlier version that asks nobody to sign in',
    files: {
      'agent-card.json':
        '{ "name": "Echo", "url": "https://echo.example.com/", "version": "1", "capabilities": {}, "securitySchemes": { "key": {} }, "skills": [{ "id": "echo" }, 7] }',
    },
    parts: [
      {
        host: 'a2a',
        folder: '',
        apart: 'agent-card.json',
        said: { agent: { name: 'Echo' }, autonomy: { initiation: 'agent' }, tools: { 'a2a/*': {} } },
        notes: {
          '/tools/a2a~1*': ask('a2a'),
          '/agent': 'other agents call it, and the card asks none of them to sign in; offers echo',
        },
      },
    ],
  },
  {
    shows: 'cards of other kinds are passed over, and a broken one is told',
    files: {
      'a/agent-card.json': '{ "name": "Card", "title": "A business card" }',
      'b/agent-card.json': '{ "name": "Echo", ',
    },
    parts: [],
    problems: ['not-json'],
  },
];
