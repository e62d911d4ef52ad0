import type { ImportExample } from './define.ts';

export const examples: readonly ImportExample[] = [
  {
    shows: 'a report on a schedule: reads, and the one write that is done for it',
    files: {
      '.github/workflows/report.md': `---
name: Weekly report
description: "Sums up what happened"
on:
  schedule: weekly
  workflow_dispatch:
permissions:
  contents: read
  issues: read
engine: { id: claude, model: claude-sonnet-4-5, max-turns: 12 }
tools:
  github:
    toolsets: [repos, issues]
  bash: [":*"]
  edit:
  web-fetch:
network: defaults
safe-outputs:
  create-issue: { title-prefix: "[report] ", max: 1 }
  add-labels:
  noop:
timeout-minutes: 20
---
Write it.
`,
      '.github/workflows/report.lock.yml': `on: push
`,
    },
    parts: [
      {
        host: 'gh-aw',
        folder: '',
        name: 'report',
        said: {
          agent: { name: 'Weekly report', description: 'Sums up what happened' },
          autonomy: { initiation: 'schedule', review: 'none' },
          models: [{ provider: 'anthropic', id: 'claude-sonnet-4-5' }],
          mcpServers: { github: {}, 'safe-outputs': {} },
          tools: {
            'github/*': { effect: 'read', access: 'allow' },
            bash: { effect: 'write', arbitrary: true, access: 'allow' },
            edit: { effect: 'write', egress: 'none', access: 'allow' },
            'web-fetch': { effect: 'read', egress: 'open', access: 'allow' },
            'safe-outputs/create_issue': { effect: 'write', egress: 'open', access: 'allow' },
            'safe-outputs/add_labels': {
              effect: 'write',
              egress: 'none',
              reversible: true,
              impact: 'low',
              access: 'allow',
            },
          },
          network: { egress: 'listed' },
          credentials: { GITHUB_TOKEN: { mode: 'live', scopes: ['contents:read', 'issues:read'] } },
          limits: { sessionMinutes: 20, turnsPerSession: 12 },
        },
        notes: { '/agent': 'runs claude on schedule, workflow_dispatch' },
      },
    ],
  },
  {
    shows: 'starts on what strangers write, with servers, hosts, own jobs and imports',
    files: {
      '.github/workflows/triage.md': `---
on:
  issues: { types: [opened] }
  roles: all
  reaction: eyes
imports: [shared/tools.md]
permissions: read-all
tools:
  bash: false
  github: { allowed: [issue_read, search_issues], read-only: true }
  playwright:
mcp-servers:
  slack:
    command: npx
    args: ["-y", "@slack/mcp-server"]
    env: { SLACK_BOT_TOKEN: "\${{ secrets.SLACK_BOT_TOKEN }}" }
    allowed: [get_channel_history]
  scanner: { container: "ghcr.io/acme/scanner:1.2" }
network:
  allowed: [api.example.com, "https://docs.example.com"]
safe-outputs:
  add-comment: { max: 1 }
  create-pull-request: { draft: true }
  dispatch-workflow: [deploy]
  jobs: { page: { runs-on: ubuntu-latest } }
---
`,
    },
    parts: [
      {
        host: 'gh-aw',
        folder: '',
        name: 'triage',
        said: {
          agent: {},
          autonomy: { initiation: 'event', review: 'none' },
          inputs: { untrusted: true },
          mcpServers: {
            github: {},
            playwright: {},
            slack: {
              command: 'npx',
              args: ['-y', '@slack/mcp-server'],
              env: { SLACK_BOT_TOKEN: '${SLACK_BOT_TOKEN}' },
            },
            scanner: { command: 'docker', args: ['run', '-i', '--rm', 'ghcr.io/acme/scanner:1.2'] },
            'safe-outputs': {},
            imports: {},
          },
          tools: {
            'github/issue_read': { effect: 'read', access: 'allow' },
            'github/search_issues': { effect: 'read', access: 'allow' },
            'playwright/*': { access: 'allow' },
            'slack/get_channel_history': { access: 'allow' },
            'scanner/*': { access: 'allow' },
            'safe-outputs/add_comment': { effect: 'write', egress: 'open', access: 'allow' },
            'safe-outputs/create_pull_request': { effect: 'write', egress: 'open', access: 'allow' },
            'safe-outputs/dispatch_workflow': { effect: 'write', access: 'allow' },
            'safe-outputs/page': { effect: 'write', access: 'allow' },
            edit: { effect: 'write', egress: 'none', access: 'allow' },
            'imports/*': {},
          },
          network: {
            egress: 'listed',
            allowedHosts: ['api.example.com', '*.api.example.com', 'docs.example.com', '*.docs.example.com'],
          },
          credentials: { SLACK_BOT_TOKEN: { servers: ['slack'] }, GITHUB_TOKEN: { mode: 'live', scopes: ['*:read'] } },
        },
        notes: {
          '/agent': 'runs its default engine on issues',
          '/tools/imports~1*': 'imported files may bring tools and servers that are not listed here',
        },
      },
    ],
  },
  {
    shows: 'as little as there can be: a word for when, and defaults for the rest',
    files: {
      '.github/workflows/daily.md': `---
on: daily
network: {}
---
Do it.
`,
    },
    parts: [
      {
        host: 'gh-aw',
        folder: '',
        name: 'daily',
        said: {
          agent: {},
          autonomy: { initiation: 'schedule', review: 'none' },
          mcpServers: { github: {} },
          tools: {
            'github/*': { effect: 'read', access: 'allow' },
            bash: { effect: 'write', arbitrary: true, access: 'allow' },
          },
          network: { egress: 'none' },
          credentials: { GITHUB_TOKEN: { mode: 'live' } },
        },
        notes: {
          '/tools/bash': 'only some calls are let through: those that the compiler takes for safe',
          '/agent': 'runs its default engine on daily',
        },
      },
    ],
  },
  {
    shows: 'Markdown that is no workflow is passed over',
    files: {
      '.github/workflows/README.md': `# Workflows
`,
      '.github/workflows/note.md': `---
title: Note
---
`,
    },
    parts: [],
  },
  {
    shows: 'broken and hostile',
    files: {
      '.github/workflows/odd.md': `---
on: [slash_command, 7]
tools: { github: 7, "a/b": true, "": {}, bash: ["", 5], claude: { allowed: ["x*"] } }
mcp-servers: { "ü": { url: "https://x.example/mcp?api_key=abcdefghijkl" }, n: 5 }
safe-outputs: { "__proto__": null, "§": true, create-issue: false, jobs: [] }
engine: [1]
network: { allowed: ["bad host", 4] }
timeout-minutes: -1
permissions: { contents: 5 }
name: "ghp_aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
---
`,
    },
    parts: [
      {
        host: 'gh-aw',
        folder: '',
        name: 'odd',
        said: {
          agent: {},
          autonomy: { initiation: 'event', review: 'none' },
          inputs: { untrusted: true },
          mcpServers: {
            github: {},
            a: {},
            unknown: {},
            claude: {},
            server: { url: 'https://x.example/mcp?api_key=${SERVER_API_KEY}' },
            'safe-outputs': {},
          },
          tools: {
            'github/*': { effect: 'read', access: 'allow' },
            'a/b/*': { access: 'allow' },
            'unknown/*': { access: 'allow' },
            bash: { effect: 'write', arbitrary: true, access: 'allow' },
            'claude/*': { access: 'allow' },
            'server/*': { access: 'allow' },
            'safe-outputs/proto__': { effect: 'write', access: 'allow' },
            'safe-outputs/*': { effect: 'write', access: 'allow' },
          },
          network: { egress: 'listed' },
          credentials: {
            SERVER_API_KEY: { servers: ['server'] },
            GITHUB_TOKEN: { mode: 'live', scopes: ['metadata:read'] },
          },
        },
        notes: {
          '/tools/bash': 'only some calls are let through: …',
          '/agent': 'runs its default engine on slash_command',
        },
      },
    ],
    problems: ['literal-secret', 'not-a-server'],
  },
];
