import type { ImportExample } from './define.ts';

export const examples: readonly ImportExample[] = [
  {
    shows: 'tools of its own that run unasked, one that asks and one that is off; servers ask, but for one tool',
    files: {
      'desk/agent.yaml': `name: Month-end closer
description: Closes the books.
model: claude-opus-4-6
system: You close the books.
tools:
  - type: agent_toolset_20260401
    configs:
      - { name: bash, permission_policy: { type: always_ask } }
      - { name: web_fetch, enabled: false }
  - type: mcp_toolset
    mcp_server_name: ledger
    configs:
      - { name: read_entries, permission_policy: { type: always_allow } }
  - { type: custom, name: notify, description: Tells, input_schema: { type: object } }
mcp_servers:
  - { type: url, name: ledger, url: "https://ledger.example.com/mcp" }
`,
    },
    parts: [
      {
        host: 'managed-agent',
        folder: 'desk',
        apart: 'agent.yaml',
        said: {
          agent: { name: 'Month-end closer', description: 'Closes the books.' },
          models: [{ provider: 'anthropic', id: 'claude-opus-4-6' }],
          mcpServers: { ledger: { url: 'https://ledger.example.com/mcp' } },
          tools: {
            bash: { effect: 'write', arbitrary: true, access: 'ask' },
            read: { effect: 'read', egress: 'none', access: 'allow' },
            glob: { effect: 'read', egress: 'none', access: 'allow' },
            grep: { effect: 'read', egress: 'none', access: 'allow' },
            write: { effect: 'write', egress: 'none', access: 'allow' },
            edit: { effect: 'write', egress: 'none', access: 'allow' },
            web_search: { effect: 'read', egress: 'none', access: 'allow' },
            'ledger/read_entries': { access: 'allow' },
            'ledger/*': { access: 'ask' },
            notify: {},
          },
        },
        notes: { '/agent': 'what its environment lets it reach, and what starts it, is not in this file' },
      },
    ],
  },
  {
    shows: 'JSON, only what is switched on, and agents that it starts',
    files: {
      'agent.json': `{
  "name": "Lead", "model": { "id": "claude-sonnet-4-6", "speed": "fast" }, "skills": [{ "type": "custom", "skill_id": "s" }],
  "tools": [
    { "type": "agent_toolset_20260401", "default_config": { "enabled": false }, "configs": [{ "name": "read", "enabled": true }] },
    { "type": "mcp_toolset", "mcp_server_name": "docs", "default_config": { "enabled": false }, "configs": [{ "name": "search", "enabled": true }, { "name": "drop", "enabled": false }] }
  ],
  "multiagent": { "type": "coordinator", "agents": ["agent_01"] }
}`,
    },
    parts: [
      {
        host: 'managed-agent',
        folder: '',
        apart: 'agent.json',
        said: {
          agent: { name: 'Lead' },
          models: [{ provider: 'anthropic', id: 'claude-sonnet-4-6' }],
          mcpServers: { docs: {}, agents: {} },
          tools: {
            read: { effect: 'read', egress: 'none', access: 'allow' },
            'docs/search': { access: 'ask' },
            'agents/*': {},
          },
        },
        notes: {
          '/agent':
            'what its environment lets it reach, and what starts it, is not in this file; skills are loaded, which may run scripts',
          '/tools/agents~1*': 'it starts other agents: put them under `subagents`',
        },
      },
    ],
  },
  {
    shows: 'manifests and other files of this name are passed over',
    files: {
      'a/agent.yaml': `schemaVersion: 1
agent: { id: a }
tools: {}
`,
      'b/agent.yaml': `broken: [
`,
      'c/agent.yaml': `# mcp_toolset
tools: [bash]
`,
    },
    parts: [],
  },
  {
    shows: 'broken and hostile',
    files: {
      'a/agent.yaml': `tools: [{ type: mcp_toolset
`,
      'b/agent.yaml': `name: 7
model: [x]
tools:
  - 5
  - { type: agent_toolset_20260401, default_config: { permission_policy: { type: whatever } }, configs: [{ name: __proto__ }, 3] }
  - { type: mcp_toolset, mcp_server_name: "a/b", configs: [{ name: "*" }, { name: "x y" }] }
  - { type: "new/kind" }
  - { type: custom }
mcp_servers: [{ name: s, url: "https://x.example/mcp", headers: { Authorization: "Bearer abcdefghijklmnop" } }, 3]
`,
    },
    parts: [
      {
        host: 'managed-agent',
        folder: 'b',
        apart: 'agent.yaml',
        said: {
          agent: {},
          mcpServers: {
            'a-b': {},
            'new-kind': {},
            custom: {},
            s: { url: 'https://x.example/mcp', headers: { Authorization: 'Bearer ${S_TOKEN}' } },
          },
          credentials: { S_TOKEN: { servers: ['s'] } },
          tools: {
            bash: { effect: 'write', arbitrary: true, access: 'allow' },
            read: { effect: 'read', egress: 'none', access: 'allow' },
            glob: { effect: 'read', egress: 'none', access: 'allow' },
            grep: { effect: 'read', egress: 'none', access: 'allow' },
            write: { effect: 'write', egress: 'none', access: 'allow' },
            edit: { effect: 'write', egress: 'none', access: 'allow' },
            web_fetch: { effect: 'read', egress: 'open', access: 'allow' },
            web_search: { effect: 'read', egress: 'none', access: 'allow' },
            'a-b/*': { access: 'ask' },
            'a-b/x-y': { access: 'ask' },
            'new-kind/*': {},
            'custom/*': {},
          },
        },
        notes: { '/agent': 'what its environment lets it reach, and what starts it, is not in this file' },
      },
    ],
    problems: ['not-yaml', 'literal-secret'],
  },
];
