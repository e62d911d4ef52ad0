import type { ImportExample } from './define.ts';

export const examples: readonly ImportExample[] = [
  {
    shows: 'aliases, sets and older names, a tool of a server, and nothing that only keeps lists',
    files: {
      '.github/agents/reviewer.agent.md': `---
name: Reviewer
description: Reviews changes: first the tests, then the rest.
tools: ['codebase', 'search/usages', 'web/fetch', 'todo', 'github/get_issue', 'microsoft.docs.mcp', "execute/runInTerminal"]
model: Claude Sonnet 4.5
---
You review.
`,
    },
    parts: [
      {
        host: 'copilot',
        folder: '',
        name: 'reviewer',
        said: {
          agent: { name: 'Reviewer', description: 'Reviews changes: first the tests, then the rest.' },
          models: [{ provider: 'github-copilot', id: 'Claude Sonnet 4.5' }],
          mcpServers: { github: {} },
          tools: {
            search: { effect: 'read', egress: 'none' },
            web: { effect: 'read', egress: 'open' },
            'github/get_issue': {},
            'microsoft.docs.mcp': {},
            execute: { effect: 'write', arbitrary: true },
          },
        },
      },
    ],
  },
  {
    shows: 'no list of tools: all of them, and who knows which else',
    files: {
      '.github/agents/anything.agent.md': `---
description: Does anything.
---
`,
    },
    parts: [
      {
        host: 'copilot',
        folder: '',
        name: 'anything',
        said: {
          agent: { description: 'Does anything.' },
          mcpServers: { copilot: {} },
          tools: {
            execute: { effect: 'write', arbitrary: true },
            edit: { effect: 'write', egress: 'none' },
            read: { effect: 'read', egress: 'none' },
            search: { effect: 'read', egress: 'none' },
            web: { effect: 'read', egress: 'open' },
            agent: { effect: 'read', egress: 'none' },
            'copilot/*': {},
          },
        },
        notes: {
          '/tools':
            'no tools are listed, which means all: also those of servers and extensions that are configured elsewhere',
        },
      },
    ],
  },
  {
    shows: 'servers of its own, of which the list lets in one tool, and a secret that is written out',
    files: {
      '.github/agents/triage.agent.md': `---
description: Sorts incidents.
tools: [read, pager/list_incidents]
disable-model-invocation: true
mcp-servers:
  pager:
    type: local
    command: npx
    args: ["-y", "@pager/mcp"]
    tools: ["*"]
    env:
      PAGER_TOKEN: \${{ secrets.COPILOT_MCP_PAGER_TOKEN }}
      OTHER_API_KEY: abcdefghijkl
---
`,
    },
    parts: [
      {
        host: 'copilot',
        folder: '',
        name: 'triage',
        said: {
          agent: { description: 'Sorts incidents.' },
          mcpServers: {
            pager: {
              type: 'stdio',
              command: 'npx',
              args: ['-y', '@pager/mcp'],
              env: { PAGER_TOKEN: '${COPILOT_MCP_PAGER_TOKEN}', OTHER_API_KEY: '${OTHER_API_KEY}' },
            },
          },
          tools: { read: { effect: 'read', egress: 'none' }, 'pager/list_incidents': {} },
          credentials: { COPILOT_MCP_PAGER_TOKEN: { servers: ['pager'] }, OTHER_API_KEY: { servers: ['pager'] } },
        },
        notes: { '/agent': 'only a person starts it' },
      },
    ],
    problems: ['literal-secret'],
  },
  {
    shows: 'agents that hand work to each other; nobody else is started',
    files: {
      '.github/agents/plan.agent.md': `---
description: Plans.
tools: ["read"]
agents: [build, nobody]
handoffs:
  - label: Build it
    agent: build
    prompt: Go
    send: true
---
`,
      '.github/agents/build.agent.md': `---
description: Builds.
tools: edit, execute
handoffs: [{ label: Again, agent: plan }]
---
`,
    },
    parts: [
      {
        host: 'copilot',
        folder: '',
        name: 'build',
        said: {
          agent: { description: 'Builds.' },
          tools: { edit: { effect: 'write', egress: 'none' }, execute: { effect: 'write', arbitrary: true } },
        },
      },
      { host: 'copilot', folder: '', name: 'plan', under: 'build', said: {} },
      {
        host: 'copilot',
        folder: '',
        name: 'plan',
        said: { agent: { description: 'Plans.' }, tools: { read: { effect: 'read', egress: 'none' } } },
        notes: { '/agent': 'hands work to agents that are not here: nobody' },
      },
      { host: 'copilot', folder: '', name: 'build', under: 'plan', said: {} },
    ],
  },
  {
    shows: 'no tools at all, older modes, agents of an organisation, and Markdown that is no agent',
    files: {
      '.github/agents/empty.agent.md': `---
description: Talks.
tools: []
---
`,
      '.github/chatmodes/ask.chatmode.md': `---
description: Asks.
tools: [changes]
---
`,
      'agents/helper.agent.md': `---
description: Helps.
tools: ["*"]
---
`,
      '.github/agents/README.md': `# Agents
`,
    },
    parts: [
      { host: 'copilot', folder: '', name: 'empty', said: { agent: { description: 'Talks.' }, tools: {} } },
      {
        host: 'copilot',
        folder: '',
        name: 'ask',
        said: { agent: { description: 'Asks.' }, tools: { search: { effect: 'read', egress: 'none' } } },
      },
      {
        host: 'copilot',
        folder: '',
        name: 'helper',
        said: {
          agent: { description: 'Helps.' },
          mcpServers: { copilot: {} },
          tools: {
            execute: { effect: 'write', arbitrary: true },
            edit: { effect: 'write', egress: 'none' },
            read: { effect: 'read', egress: 'none' },
            search: { effect: 'read', egress: 'none' },
            web: { effect: 'read', egress: 'open' },
            agent: { effect: 'read', egress: 'none' },
            'copilot/*': {},
          },
        },
      },
    ],
  },
  {
    shows: 'broken and hostile',
    files: {
      '.github/agents/a.agent.md': `---
description: no end
`,
      '.github/agents/b.agent.md': `---
description: "sk-ant-api03-aaaaaaaaaaaaaaaaaaaaaaaaaaaa"
name: 7
tools: { read: true }
mcp-servers: [1]
handoffs: { agent: a }
agents: ["../../x", b]
model: [1, "gpt"]
---
`,
      '.github/agents/c.agent.md': `---
description: x
tools: ["__proto__", "///", "a b/c d", "@x/@y", "*/*", "ü/é", ""]
---
`,
    },
    parts: [
      {
        host: 'copilot',
        folder: '',
        name: 'a',
        said: {
          agent: {},
          mcpServers: { copilot: {} },
          tools: {
            execute: { effect: 'write', arbitrary: true },
            edit: { effect: 'write', egress: 'none' },
            read: { effect: 'read', egress: 'none' },
            search: { effect: 'read', egress: 'none' },
            web: { effect: 'read', egress: 'open' },
            agent: { effect: 'read', egress: 'none' },
            'copilot/*': {},
          },
        },
        notes: {
          '/tools':
            'no tools are listed, which means all: also those of servers and extensions that are configured elsewhere',
        },
      },
      {
        host: 'copilot',
        folder: '',
        name: 'b',
        said: {
          agent: {},
          models: [{ provider: 'github-copilot', id: 'gpt' }],
          mcpServers: { copilot: {} },
          tools: {
            execute: { effect: 'write', arbitrary: true },
            edit: { effect: 'write', egress: 'none' },
            read: { effect: 'read', egress: 'none' },
            search: { effect: 'read', egress: 'none' },
            web: { effect: 'read', egress: 'open' },
            agent: { effect: 'read', egress: 'none' },
            'copilot/*': {},
          },
        },
        notes: { '/agent': 'hands work to agents that are not here: ../../x' },
      },
      {
        host: 'copilot',
        folder: '',
        name: 'c',
        said: {
          agent: { description: 'x' },
          mcpServers: { 'a-b': {}, x: {}, copilot: {} },
          tools: { proto__: {}, 'a-b/c-d': {}, 'x/y': {}, 'copilot/*': {} },
        },
      },
    ],
    problems: ['no-front-matter', 'not-a-map'],
  },
];
