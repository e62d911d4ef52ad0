import type { ImportExample } from './define.ts';

export const examples: readonly ImportExample[] = [
  {
    shows: 'a team: rules, what is read-only runs unasked, servers that are defined once, and work that is handed over',
    files: {
      'bot/cagent.yaml': `#!/usr/bin/env docker agent run
models:
  smart: { provider: anthropic, model: claude-sonnet-4-5, max_tokens: 64000 }
mcps:
  github:
    ref: docker:github-official
    env: { GITHUB_PERSONAL_ACCESS_TOKEN: "\${GITHUB_PERSONAL_ACCESS_TOKEN}" }
    tools: [create_issue, list_issues]
permissions:
  allow: ["shell:cmd=ls *", "list_*"]
  ask: [read_file]
  deny: ["shell:cmd=rm *", write_file]
agents:
  root:
    model: smart
    description: Leads the team.
    instruction: You lead.
    max_iterations: 25
    sub_agents: [coder, agentcatalog/pirate]
    rag: [handbook]
    toolsets:
      - type: mcp
        ref: github
      - type: think
  coder:
    model: openai/gpt-5,smart
    instruction: You code.
    handoffs: [root]
    skills: true
    toolsets:
      - type: shell
      - type: filesystem
        tools: [read_file, write_file, list_directory]
        post_edit: [{ path: "*.go", cmd: gofmt -w }]
      - type: mcp
        ref: github
        tools: [list_issues]
`,
    },
    parts: [
      {
        host: 'docker-agent',
        folder: 'bot',
        apart: 'cagent.yaml',
        said: {
          agent: { name: 'root', description: 'Leads the team.' },
          models: [{ provider: 'anthropic', id: 'claude-sonnet-4-5' }],
          mcpServers: {
            github: { env: { GITHUB_PERSONAL_ACCESS_TOKEN: '${GITHUB_PERSONAL_ACCESS_TOKEN}' } },
            agents: {},
          },
          credentials: { GITHUB_PERSONAL_ACCESS_TOKEN: { servers: ['github'] } },
          tools: {
            handbook: { effect: 'read', egress: 'none', access: 'allow' },
            'github/create_issue': {},
            'github/list_issues': { access: 'allow' },
            transfer_task: { effect: 'read', egress: 'none', access: 'allow' },
            'agents/*': {},
          },
          limits: { turnsPerSession: 25 },
        },
        notes: {
          '/tools':
            'what is not read-only asks, unless it is started with `--yolo`; shell:cmd=ls *, list_* land unasked; shell:cmd=rm *, write_file are refused without that flag',
          '/tools/agents~1*': 'hands work to agents that are not in the file: agentcatalog/pirate',
        },
      },
      { host: 'docker-agent', folder: 'bot', name: 'coder', apart: 'cagent.yaml', under: '', said: {} },
      {
        host: 'docker-agent',
        folder: 'bot',
        name: 'coder',
        apart: 'cagent.yaml',
        said: {
          agent: { name: 'coder' },
          models: [
            { provider: 'openai', id: 'gpt-5' },
            { provider: 'anthropic', id: 'claude-sonnet-4-5' },
          ],
          mcpServers: { github: { env: { GITHUB_PERSONAL_ACCESS_TOKEN: '${GITHUB_PERSONAL_ACCESS_TOKEN}' } } },
          credentials: { GITHUB_PERSONAL_ACCESS_TOKEN: { servers: ['github'] } },
          tools: {
            shell: { effect: 'write', arbitrary: true, access: 'allow' },
            run_background_job: { effect: 'write', arbitrary: true },
            list_background_jobs: { effect: 'read', egress: 'none', access: 'allow' },
            view_background_job: { effect: 'read', egress: 'none', access: 'allow' },
            stop_background_job: { effect: 'write', egress: 'none' },
            read_file: { effect: 'read', egress: 'none' },
            list_directory: { effect: 'read', egress: 'none', access: 'allow' },
            write_file: { effect: 'write', egress: 'none' },
            'github/list_issues': { access: 'allow' },
            handoff: { effect: 'read', egress: 'none', access: 'allow' },
          },
        },
        notes: {
          '/tools':
            'what is not read-only asks, unless it is started with `--yolo`; shell:cmd=ls *, list_* land unasked; shell:cmd=rm *, write_file are refused without that flag',
          '/agent': 'skills are loaded, which may run scripts; commands run after its edits, unasked',
        },
      },
      { host: 'docker-agent', folder: 'bot', apart: 'cagent.yaml', under: 'coder', said: {} },
    ],
  },
  {
    shows: 'requests whose makers call all of them read-only, scripts, and agents and servers that are far away',
    files: {
      'ops-agent.yaml': `agents:
  root:
    model: auto
    instruction: You watch.
    code_mode_tools: false
    hooks: { pre_tool_use: [{ matcher: "*", hooks: [{ type: command, command: ./log.sh }] }] }
    toolsets:
      - { type: api, api_config: { name: page, endpoint: "https://pager.example.com/v1/pages", method: POST, headers: { Authorization: "Bearer \${env.PAGER_TOKEN}" } } }
      - { type: api, api_config: { name: status, endpoint: "https://status.example.com/api", method: GET } }
      - { type: script, shell: { restart: { cmd: "systemctl restart $unit", args: { unit: { type: string } } } } }
      - { type: openapi, url: "https://petstore.example.com/openapi.json" }
      - { type: a2a, name: billing, url: "https://billing.example.com/a2a" }
      - { type: mcp, remote: { url: "https://mcp.example.com/mcp", transport_type: streamable } }
      - { type: mcp, command: npx, args: ["-y", "@modelcontextprotocol/server-memory@2026.8.31"] }
`,
    },
    parts: [
      {
        host: 'docker-agent',
        folder: '',
        name: 'ops',
        apart: 'ops-agent.yaml',
        said: {
          agent: { name: 'root' },
          mcpServers: {
            'petstore.example.com': {},
            billing: {},
            'mcp.example.com': { type: 'http', url: 'https://mcp.example.com/mcp' },
            'server-memory': { command: 'npx', args: ['-y', '@modelcontextprotocol/server-memory@2026.8.31'] },
          },
          tools: {
            page: { effect: 'write', access: 'allow' },
            status: { annotations: { readOnlyHint: true }, egress: 'none', access: 'allow' },
            restart: {},
            'petstore.example.com/*': {},
            'billing/*': {},
            'mcp.example.com/*': {},
            'server-memory/*': {},
          },
          credentials: { PAGER_TOKEN: {} },
        },
        notes: {
          '/tools': 'what is not read-only asks, unless it is started with `--yolo`',
          '/agent': 'programs run on what happens, without being asked for',
        },
      },
    ],
  },
  {
    shows: 'one script for all tools, which is asked for once; rules for all tools of a server',
    files: {
      'agents.yml': `agents:
  writer:
    instruction: You write.
    code_mode_tools: true
    toolsets: [{ type: fetch }, { type: mcp, command: /opt/wiki-mcp }]
permissions:
  allow: ["mcp:wiki-mcp:*"]
`,
      'b-agent.yaml': `agents:
  reader:
    instruction: You read.
    toolsets: [{ type: fetch }, { type: mcp, command: /opt/wiki-mcp }]
permissions:
  allow: ["mcp:wiki-mcp:*"]
`,
    },
    parts: [
      {
        host: 'docker-agent',
        folder: '',
        apart: 'agents.yml',
        said: {
          agent: { name: 'writer' },
          mcpServers: { 'wiki-mcp': { command: '/opt/wiki-mcp' } },
          tools: { fetch: { effect: 'read', egress: 'open' }, 'wiki-mcp/*': {} },
        },
        notes: {
          '/tools': 'what is not read-only asks, unless it is started with `--yolo`; mcp:wiki-mcp:* land unasked',
          '/agent': 'one script may call all of its tools',
        },
      },
      {
        host: 'docker-agent',
        folder: '',
        name: 'b',
        apart: 'b-agent.yaml',
        said: {
          agent: { name: 'reader' },
          mcpServers: { 'wiki-mcp': { command: '/opt/wiki-mcp' } },
          tools: { fetch: { effect: 'read', egress: 'open' }, 'wiki-mcp/*': { access: 'allow' } },
        },
        notes: {
          '/tools': 'what is not read-only asks, unless it is started with `--yolo`; mcp:wiki-mcp:* land unasked',
        },
      },
    ],
  },
  {
    shows: 'files of other programs are passed over, broken or not',
    files: {
      'a/agents.yaml': 'agents:\n  - name: x\n',
      'b/agent.yaml': 'agents: [\n',
      'c/agents.yaml': 'agents:\n  x: { role: y }\n  # toolsets:\n',
    },
    parts: [],
  },
  {
    shows: 'broken and hostile',
    files: {
      'a/cagent.yaml': 'agents:\n  root:\n    instruction: [x\n',
      'b/cagent.yaml': `agents:
  root:
    model: [x]
    instruction: 7
    sub_agents: [root, 5, __proto__]
    toolsets:
      - 5
      - { type: 7 }
      - { type: teleport }
      - { type: constructor }
      - { type: mcp, command: [npx, x], env: { SHOP_API_KEY: a1b2c3d4e5 } }
      - { type: mcp }
      - { type: api, api_config: { name: "a/b c", endpoint: "http://{host}/x", method: DELETE } }
      - { type: script }
  other: You are.
permissions: { allow: [5, "[a-z]*"], deny: "x" }
`,
    },
    parts: [
      {
        host: 'docker-agent',
        folder: 'b',
        apart: 'cagent.yaml',
        said: {
          agent: { name: 'root' },
          mcpServers: {
            unknown: {},
            teleport: {},
            constructor: {},
            script: {},
            mcp: { command: 'npx', args: ['x'], env: { SHOP_API_KEY: '${SHOP_API_KEY}' } },
            'mcp-2': {},
            agents: {},
          },
          credentials: { SHOP_API_KEY: { servers: ['mcp'] } },
          tools: {
            'unknown/*': { access: 'allow' },
            'teleport/*': { access: 'allow' },
            'constructor/*': { access: 'allow' },
            'a-b-c': { effect: 'write', access: 'allow' },
            'script/*': { access: 'allow' },
            'mcp/*': { access: 'allow' },
            'mcp-2/*': { access: 'allow' },
            transfer_task: { effect: 'read', egress: 'none', access: 'allow' },
            'agents/*': { access: 'allow' },
          },
        },
        notes: {
          '/tools': 'what is not read-only asks, unless it is started with `--yolo`; [a-z]* land unasked',
          '/tools/agents~1*': 'hands work to agents that are not in the file: __proto__',
        },
      },
    ],
    problems: ['not-yaml', 'not-an-agent', 'literal-secret'],
  },
];
