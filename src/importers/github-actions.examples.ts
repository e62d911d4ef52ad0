import type { ImportExample } from './define.ts';

export const examples: readonly ImportExample[] = [
  {
    shows: 'the trap: read permissions that do not bound the agent, since the action fetches a token of its own',
    files: {
      '.github/workflows/claude-review.yml': `name: Claude review
on:
  pull_request:
    types: [opened, synchronize]
jobs:
  claude-review:
    runs-on: ubuntu-latest
    timeout-minutes: 20
    permissions:
      contents: read
      pull-requests: read
      id-token: write
    steps:
      - uses: actions/checkout@v5
      - uses: anthropics/claude-code-action@v1
        with:
          anthropic_api_key: \${{ secrets.ANTHROPIC_API_KEY }}
          prompt: Review this pull request and comment on it.
          claude_args: |
            --max-turns 8
            --model claude-sonnet-4-5
            --allowedTools "Bash(gh pr comment:*),Bash(gh pr diff:*),mcp__github_inline_comment__create_inline_comment"
`,
    },
    parts: [
      {
        host: 'github-actions',
        folder: '',
        name: 'claude-review',
        said: {
          agent: { name: 'Claude review: claude-review' },
          autonomy: { initiation: 'event', review: 'none' },
          inputs: { untrusted: true },
          models: [{ provider: 'anthropic', id: 'claude-sonnet-4-5' }],
          mcpServers: { github_inline_comment: {} },
          tools: {
            Read: { effect: 'read', egress: 'none', access: 'allow' },
            Grep: { effect: 'read', egress: 'none', access: 'allow' },
            Glob: { effect: 'read', egress: 'none', access: 'allow' },
            Agent: { effect: 'read', egress: 'none', access: 'allow' },
            Bash: { effect: 'write', arbitrary: true, access: 'allow' },
            'github_inline_comment/create_inline_comment': { effect: 'write', egress: 'open', access: 'allow' },
          },
          credentials: {
            ANTHROPIC_API_KEY: {},
            GITHUB_TOKEN: {
              mode: 'live',
              scopes: ['contents:write', 'id-token:write', 'issues:write', 'pull-requests:write'],
              ttl: '60m',
            },
          },
          limits: { turnsPerSession: 8, sessionMinutes: 20 },
        },
        notes: {
          '/tools/Bash': 'only some calls are let through: gh pr comment:*, gh pr diff:*',
          '/agent': 'runs claude-code on pull_request',
          '/credentials/GITHUB_TOKEN':
            'no `github_token` is given, so the action fetches a token of the Claude app that may write contents, issues and pull requests: `permissions` of the job do not bound it',
        },
      },
    ],
  },
  {
    shows: 'a token of its own bounds it, strangers may start it, and a whole tool is refused',
    files: {
      '.github/workflows/triage.yml': `on:
  issues:
    types: [opened]
permissions: {}
jobs:
  label:
    runs-on: ubuntu-latest
    permissions:
      contents: read
      issues: write
    steps:
      - uses: anthropics/claude-code-action@v1
        with:
          prompt: Label this issue.
          github_token: \${{ secrets.GITHUB_TOKEN }}
          claude_code_oauth_token: \${{ secrets.CLAUDE_CODE_OAUTH_TOKEN }}
          allowed_non_write_users: "*"
          claude_args: --allowedTools "Bash(gh issue edit:*)" --disallowedTools "WebFetch,Bash(rm:*)"
`,
    },
    parts: [
      {
        host: 'github-actions',
        folder: '',
        name: 'triage/label',
        said: {
          agent: { name: 'label' },
          autonomy: { initiation: 'event', review: 'none' },
          inputs: { untrusted: true },
          tools: {
            Read: { effect: 'read', egress: 'none', access: 'allow' },
            Grep: { effect: 'read', egress: 'none', access: 'allow' },
            Glob: { effect: 'read', egress: 'none', access: 'allow' },
            Agent: { effect: 'read', egress: 'none', access: 'allow' },
            Bash: { effect: 'write', arbitrary: true, access: 'allow' },
            WebFetch: { effect: 'read', egress: 'open', access: 'deny' },
          },
          credentials: {
            CLAUDE_CODE_OAUTH_TOKEN: {},
            GITHUB_TOKEN: { mode: 'live', scopes: ['contents:read', 'issues:write'] },
          },
        },
        notes: {
          '/tools/Bash': 'only some calls are let through: gh issue edit:*',
          '/agent': 'runs claude-code on issues; refused in part, which holds nothing for sure: Bash(rm:*)',
          '/inputs': 'people without rights in the repository, or any bot, can start it',
        },
      },
    ],
  },
  {
    shows:
      'answers to mentions: the rules that the action adds by itself, servers of its own and of the workflow, and settings of the repository',
    files: {
      '.github/workflows/claude.yml': `name: Claude
on:
  issue_comment: { types: [created] }
  issues: { types: [opened, assigned] }
jobs:
  claude:
    if: contains(github.event.comment.body, '@claude')
    runs-on: ubuntu-latest
    environment: production
    permissions: { contents: write, issues: write, id-token: write, actions: read }
    steps:
      - uses: anthropics/claude-code-action@v1
        with:
          anthropic_api_key: \${{ secrets.ANTHROPIC_API_KEY }}
          additional_permissions: |
            actions: read
          claude_args: |
            --mcp-config '{"mcpServers":{"sentry":{"command":"npx","args":["-y","@sentry/mcp-server"],"env":{"SENTRY_AUTH_TOKEN":"\${{ secrets.SENTRY_AUTH_TOKEN }}"}}}}'
            --allowedTools mcp__sentry__get_issue
`,
      '.claude/settings.json':
        '{ "permissions": { "allow": ["Bash(npm test:*)", "WebSearch"], "deny": ["Read(./.env)"] } }',
    },
    parts: [
      {
        host: 'github-actions',
        folder: '',
        name: 'claude',
        said: {
          agent: { name: 'Claude: claude', environment: 'production' },
          autonomy: { initiation: 'event', review: 'none' },
          inputs: { untrusted: true },
          mcpServers: {
            github_comment: {},
            github_ci: {},
            sentry: {
              command: 'npx',
              args: ['-y', '@sentry/mcp-server'],
              env: { SENTRY_AUTH_TOKEN: '${SENTRY_AUTH_TOKEN}' },
            },
          },
          tools: {
            Read: { effect: 'read', egress: 'none', access: 'allow' },
            Grep: { effect: 'read', egress: 'none', access: 'allow' },
            Glob: { effect: 'read', egress: 'none', access: 'allow' },
            Edit: { effect: 'write', egress: 'none', access: 'allow' },
            Write: { effect: 'write', egress: 'none', access: 'allow' },
            NotebookEdit: { effect: 'write', egress: 'none', access: 'allow' },
            Bash: { effect: 'write', arbitrary: true, access: 'allow' },
            Monitor: { effect: 'write', arbitrary: true, access: 'allow' },
            Agent: { effect: 'read', egress: 'none', access: 'allow' },
            'github_comment/update_claude_comment': {
              effect: 'write',
              egress: 'open',
              reversible: true,
              impact: 'low',
              access: 'allow',
            },
            'github_ci/get_ci_status': { effect: 'read', egress: 'none', access: 'allow' },
            'github_ci/get_workflow_run_details': { effect: 'read', egress: 'none', access: 'allow' },
            'github_ci/download_job_log': { effect: 'read', egress: 'none', access: 'allow' },
            WebSearch: { effect: 'read', egress: 'none', access: 'allow' },
            'sentry/get_issue': { access: 'allow' },
          },
          credentials: {
            ANTHROPIC_API_KEY: {},
            SENTRY_AUTH_TOKEN: { servers: ['sentry'] },
            GITHUB_TOKEN: {
              mode: 'live',
              scopes: ['actions:read', 'contents:write', 'id-token:write', 'issues:write', 'pull-requests:write'],
            },
          },
        },
        notes: {
          '/tools/Bash': 'only some calls are let through: git add:*, git commit:*, git push:*, git rm:*, npm test:*',
          '/agent':
            'runs claude-code on issue_comment, issues; mode `acceptEdits`: edits land unasked, and so do commands that change files of the working folder; refused in part, which holds nothing for sure: Read(./.env); deploys to the environment `production`, whose protection rules are not in the repository',
          '/credentials/GITHUB_TOKEN':
            'no `github_token` is given, so the action fetches a token of the Claude app that may write contents, issues and pull requests: `permissions` of the job do not bound it',
        },
      },
    ],
  },
  {
    shows: 'the inputs of before 1.0',
    files: {
      '.github/workflows/nightly.yaml': `on:
  schedule:
    - cron: "0 4 * * *"
  workflow_dispatch:
jobs:
  fix:
    runs-on: ubuntu-latest
    steps:
      - uses: anthropics/claude-code-action@beta
        with:
          mode: agent
          direct_prompt: Fix the flaky tests.
          model: claude-sonnet-4-20250514
          max_turns: "30"
          timeout_minutes: "45"
          allowed_tools: "Bash,mcp__linear"
          disallowed_tools: |
            WebSearch
          anthropic_api_key: \${{ secrets.ANTHROPIC_API_KEY }}
`,
    },
    parts: [
      {
        host: 'github-actions',
        folder: '',
        name: 'nightly.yaml/fix',
        said: {
          agent: { name: 'fix' },
          autonomy: { initiation: 'schedule', review: 'none' },
          models: [{ provider: 'anthropic', id: 'claude-sonnet-4-20250514' }],
          mcpServers: { linear: {} },
          tools: {
            Read: { effect: 'read', egress: 'none', access: 'allow' },
            Grep: { effect: 'read', egress: 'none', access: 'allow' },
            Glob: { effect: 'read', egress: 'none', access: 'allow' },
            Agent: { effect: 'read', egress: 'none', access: 'allow' },
            Bash: { effect: 'write', arbitrary: true, access: 'allow' },
            'linear/*': { access: 'allow' },
            Edit: { effect: 'write', egress: 'none', access: 'allow' },
            MultiEdit: { effect: 'write', egress: 'none', access: 'allow' },
            LS: { effect: 'read', egress: 'none', access: 'allow' },
            Write: { effect: 'write', egress: 'none', access: 'allow' },
            WebSearch: { effect: 'read', egress: 'none', access: 'deny' },
          },
          credentials: { ANTHROPIC_API_KEY: {}, GITHUB_TOKEN: { mode: 'live' } },
          limits: { turnsPerSession: 30, sessionMinutes: 45 },
        },
        notes: {
          '/agent': 'runs claude-code on schedule, workflow_dispatch',
          '/credentials/GITHUB_TOKEN':
            'no `github_token` is given, so the action fetches a token of the Claude app that may write contents, issues and pull requests: `permissions` of the job do not bound it; no `permissions` are stated: the token has what the repository or organisation has set, which may be write access to everything',
        },
      },
    ],
  },
  {
    shows: 'commands in a script: one agent for the job, and of its two calls the wider holds',
    files: {
      '.github/workflows/docs.yml': `on: push
env:
  NODE_ENV: production
jobs:
  docs:
    runs-on: ubuntu-latest
    permissions: read-all
    steps:
      - run: npm install -g @anthropic-ai/claude-code
      - name: draft
        env:
          ANTHROPIC_API_KEY: \${{ secrets.ANTHROPIC_API_KEY }}
        run: |
          # claude -p "not this one"
          echo "claude -p is next"
          SUMMARY="$(cat notes.md | claude -p "Summarise" --allowedTools Read --max-turns 3)"
          npx -y @anthropic-ai/claude-code@2 --print "Write it down" \\
            --dangerously-skip-permissions
`,
    },
    parts: [
      {
        host: 'github-actions',
        folder: '',
        name: 'docs',
        said: {
          agent: { name: 'docs' },
          autonomy: { initiation: 'event', review: 'none' },
          tools: {
            Read: { effect: 'read', egress: 'none', access: 'allow' },
            Grep: { effect: 'read', egress: 'none', access: 'allow' },
            Glob: { effect: 'read', egress: 'none', access: 'allow' },
            Agent: { effect: 'read', egress: 'none', access: 'allow' },
            Edit: { effect: 'write', egress: 'none', access: 'allow' },
            Write: { effect: 'write', egress: 'none', access: 'allow' },
            NotebookEdit: { effect: 'write', egress: 'none', access: 'allow' },
            Bash: { effect: 'write', arbitrary: true, access: 'allow' },
            Monitor: { effect: 'write', arbitrary: true, access: 'allow' },
            WebFetch: { effect: 'read', egress: 'open', access: 'allow' },
            WebSearch: { effect: 'read', egress: 'none', access: 'allow' },
            Skill: { effect: 'read', egress: 'none', access: 'allow' },
          },
          credentials: { ANTHROPIC_API_KEY: {}, GITHUB_TOKEN: { mode: 'live', scopes: ['*:read'] } },
        },
        notes: { '/agent': 'runs claude-code on push; mode `bypassPermissions`: nobody is asked' },
      },
    ],
  },
  {
    shows: 'Codex in its sandbox, and one that nothing holds',
    files: {
      '.github/workflows/codex.yml': `name: Codex
on:
  pull_request_target:
jobs:
  review:
    runs-on: ubuntu-latest
    permissions: { contents: read }
    steps:
      - uses: openai/codex-action@v1
        with:
          openai-api-key: \${{ secrets.OPENAI_API_KEY }}
          prompt: Review it.
          sandbox: read-only
          allow-users: "*"
  autofix:
    runs-on: ubuntu-latest
    permissions: { contents: write }
    steps:
      - run: codex exec --dangerously-bypass-approvals-and-sandbox -m gpt-5-codex "Fix the build"
`,
    },
    parts: [
      {
        host: 'github-actions',
        folder: '',
        name: 'codex/review',
        said: {
          agent: { name: 'Codex: review' },
          autonomy: { initiation: 'event', review: 'none' },
          inputs: { untrusted: true },
          tools: {
            shell: {
              effect: 'read',
              arbitrary: true,
              egress: 'none',
              because: 'the sandbox `read-only` lets nothing be written and no connection out',
              access: 'allow',
            },
            view_image: { effect: 'read', egress: 'none', access: 'allow' },
            web_search: { effect: 'read', egress: 'none', access: 'allow' },
          },
          credentials: { OPENAI_API_KEY: {}, GITHUB_TOKEN: { mode: 'live', scopes: ['contents:read'] } },
        },
        notes: {
          '/agent': 'runs codex on pull_request_target; sandbox `read-only`',
          '/inputs': 'people without rights in the repository, or any bot, can start it',
        },
      },
      {
        host: 'github-actions',
        folder: '',
        name: 'codex/autofix',
        said: {
          agent: { name: 'Codex: autofix' },
          autonomy: { initiation: 'event', review: 'none' },
          inputs: { untrusted: true },
          models: [{ provider: 'openai', id: 'gpt-5-codex' }],
          tools: {
            shell: { effect: 'write', arbitrary: true, access: 'allow' },
            apply_patch: { effect: 'write', egress: 'none', access: 'allow' },
            view_image: { effect: 'read', egress: 'none', access: 'allow' },
            web_search: { effect: 'read', egress: 'none', access: 'allow' },
          },
          credentials: { GITHUB_TOKEN: { mode: 'live', scopes: ['contents:write'] } },
        },
        notes: { '/agent': 'runs codex on pull_request_target; sandbox `danger-full-access`' },
      },
    ],
  },
  {
    shows: 'Gemini CLI: the action asks nobody, and its settings say which tools there are',
    files: {
      '.github/workflows/gemini.yml': `on: workflow_call
jobs:
  invoke:
    runs-on: ubuntu-latest
    permissions: { issues: write }
    steps:
      - id: mint
        uses: actions/create-github-app-token@v2
        with: { app-id: "\${{ vars.APP_ID }}", private-key: "\${{ secrets.APP_PRIVATE_KEY }}" }
      - uses: google-github-actions/run-gemini-cli@v0
        env:
          GITHUB_TOKEN: \${{ steps.mint.outputs.token }}
        with:
          gemini_api_key: \${{ secrets.GEMINI_API_KEY }}
          prompt: Answer.
          settings: |-
            {
              "model": { "maxSessionTurns": 25 },
              "telemetry": { "enabled": \${{ vars.PROJECT != '' }} },
              "mcpServers": {
                "github": {
                  "command": "docker",
                  "args": ["run", "-i", "--rm", "-e", "GITHUB_PERSONAL_ACCESS_TOKEN", "ghcr.io/github/github-mcp-server"],
                  "includeTools": ["issue_read", "add_issue_comment"],
                  "env": { "GITHUB_PERSONAL_ACCESS_TOKEN": "\${GITHUB_TOKEN}" }
                }
              },
              "tools": { "core": ["read_file", "run_shell_command(cat)", "run_shell_command(grep)"] }
            }
`,
    },
    parts: [
      {
        host: 'github-actions',
        folder: '',
        name: 'gemini/invoke',
        said: {
          agent: { name: 'invoke' },
          autonomy: { review: 'none' },
          mcpServers: {
            github: {
              command: 'docker',
              args: ['run', '-i', '--rm', '-e', 'GITHUB_PERSONAL_ACCESS_TOKEN', 'ghcr.io/github/github-mcp-server'],
              env: { GITHUB_PERSONAL_ACCESS_TOKEN: '${GITHUB_TOKEN}' },
            },
          },
          tools: {
            read_file: { effect: 'read', egress: 'none', access: 'allow' },
            run_shell_command: { effect: 'write', arbitrary: true, access: 'allow' },
            'github/issue_read': { access: 'allow' },
            'github/add_issue_comment': { access: 'allow' },
          },
          credentials: {
            APP_PRIVATE_KEY: {},
            GEMINI_API_KEY: {},
            GITHUB_PERSONAL_ACCESS_TOKEN: { servers: ['github'] },
            GITHUB_TOKEN: { servers: ['github'], mode: 'live' },
          },
          limits: { turnsPerSession: 25 },
        },
        notes: {
          '/tools/run_shell_command': 'only some calls are let through: cat, grep',
          '/agent': 'runs gemini-cli on workflow_call; approvals `yolo`: nobody is asked',
          '/credentials/GITHUB_TOKEN':
            'a step before makes the token, so that `permissions` of the job do not bound it',
        },
      },
    ],
  },
  {
    shows: 'Copilot on the command line, and an agent of which only the name is known',
    files: {
      '.github/workflows/bots.yml': `on: { schedule: [{ cron: "0 1 * * 1" }] }
jobs:
  copilot:
    runs-on: ubuntu-latest
    permissions: { contents: write }
    timeout-minutes: 15
    steps:
      - run: copilot -p "Update the changelog" --allow-tool 'shell(git:*)' --allow-tool write --deny-tool 'shell(git push)'
        env: { COPILOT_GITHUB_TOKEN: "\${{ secrets.COPILOT_TOKEN }}" }
  opencode:
    runs-on: ubuntu-latest
    permissions: write-all
    steps:
      - run: opencode run "Tidy up"
`,
    },
    parts: [
      {
        host: 'github-actions',
        folder: '',
        name: 'bots/copilot',
        said: {
          agent: { name: 'copilot' },
          autonomy: { initiation: 'schedule', review: 'none' },
          tools: {
            execute: { effect: 'write', arbitrary: true, access: 'allow' },
            read: { effect: 'read', egress: 'none', access: 'allow' },
            search: { effect: 'read', egress: 'none', access: 'allow' },
            agent: { effect: 'read', egress: 'none', access: 'allow' },
            edit: { effect: 'write', egress: 'none', access: 'allow' },
          },
          credentials: { COPILOT_TOKEN: {}, GITHUB_TOKEN: { mode: 'live', scopes: ['contents:write'], ttl: '15m' } },
          limits: { sessionMinutes: 15 },
        },
        notes: {
          '/tools/execute': 'only some calls are let through: commands that only read, git:*',
          '/agent': 'runs copilot on schedule; what no flag lets through is refused',
        },
      },
      {
        host: 'github-actions',
        folder: '',
        name: 'bots/opencode',
        said: {
          agent: { name: 'opencode' },
          autonomy: { initiation: 'schedule', review: 'none' },
          mcpServers: { opencode: {} },
          tools: { 'opencode/*': {} },
          credentials: { GITHUB_TOKEN: { mode: 'live', scopes: ['*'] } },
        },
        notes: {
          '/tools/opencode~1*':
            'which tools `opencode` has here is not in the workflow: list them in place of `opencode/*`',
          '/agent': 'runs opencode on schedule',
        },
      },
    ],
  },
  {
    shows: 'workflows without an agent, broken or not, and what another tool compiles are passed over',
    files: {
      '.github/workflows/ci.yml': `on: push
jobs: { test: { runs-on: ubuntu-latest, steps: [{ run: npm test }] } }
`,
      '.github/workflows/mentions.yml': `on: push
jobs:
  note:
    runs-on: ubuntu-latest
    steps:
      - run: echo "ask claude about it"
      - run: claude --version
`,
      '.github/workflows/broken.yml': `on: [push
jobs: {
  # claude
`,
      '.github/workflows/daily.lock.yml': `on: push
jobs: { agent: { runs-on: ubuntu-latest, steps: [{ run: "copilot -p x --allow-all-tools" }] } }
`,
      '.github/workflows/daily.md': `---
on: push
---
`,
    },
    parts: [],
  },
  {
    shows: 'a broken workflow that surely runs an agent, a secret that is written out, and a job that is none',
    files: {
      '.github/workflows/broken.yml': `jobs:
  a:
    steps:
      - uses: anthropics/claude-code-action@v1
   with: {}
`,
      '.github/workflows/leak.yml': `on: workflow_dispatch
jobs:
  odd: 7
  empty: { steps: none }
  leak:
    runs-on: ubuntu-latest
    permissions: {}
    steps:
      - uses: anthropics/claude-code-base-action@beta
        with:
          anthropic_api_key: abcdefghijklmnop
          prompt: Say hello.
          allowed_tools: Read
`,
    },
    parts: [
      {
        host: 'github-actions',
        folder: '',
        name: 'leak',
        said: {
          agent: { name: 'leak' },
          autonomy: { initiation: 'human', review: 'none' },
          tools: {
            Read: { effect: 'read', egress: 'none', access: 'allow' },
            Grep: { effect: 'read', egress: 'none', access: 'allow' },
            Glob: { effect: 'read', egress: 'none', access: 'allow' },
            Agent: { effect: 'read', egress: 'none', access: 'allow' },
          },
          credentials: { ANTHROPIC_API_KEY: {}, GITHUB_TOKEN: { mode: 'live', scopes: ['metadata:read'] } },
        },
        notes: { '/agent': 'runs claude-code on workflow_dispatch' },
      },
    ],
    problems: ['not-yaml', 'literal-secret'],
  },
  {
    shows: 'hostile: names of prototypes, loops of expressions, and words that are no rules',
    files: {
      '.github/workflows/hostile.yml': `name: "\${{ secrets.X }}"
on: [issues, 7, null]
jobs:
  constructor:
    runs-on: x
    permissions: { toString: write, contents: maybe }
    steps:
      - null
      - uses: { a: b }
      - uses: evil/claude-code-action@v1
        with:
          prompt: /deploy:now
          allowed_bots: "*"
          github_token: \${{ secrets['PAT'] }}
          settings: ../../etc/passwd
          mcp_config: '{"mcpServers": {"x": {"command": "x"}, "a/b": 3}}'
          claude_args: --allowedTools "Unheard(x),mcp____proto____y,((((,Bash(,--max-turns" --max-turns -5 --model \${{ inputs.model }}
          extra: \${{ toJSON(secrets) }}
`,
    },
    parts: [
      {
        host: 'github-actions',
        folder: '',
        name: 'hostile/constructor',
        said: {
          agent: { name: '…: constructor' },
          autonomy: { initiation: 'event', review: 'none' },
          inputs: { untrusted: true },
          mcpServers: { proto: {}, x: { command: 'x' } },
          tools: {
            Read: { effect: 'read', egress: 'none', access: 'allow' },
            Grep: { effect: 'read', egress: 'none', access: 'allow' },
            Glob: { effect: 'read', egress: 'none', access: 'allow' },
            Agent: { effect: 'read', egress: 'none', access: 'allow' },
            Bash: { effect: 'write', arbitrary: true, access: 'allow' },
            Unheard: { access: 'allow' },
            'proto/__y': { access: 'allow' },
            'x/*': {},
          },
          credentials: { PAT: {}, GITHUB_TOKEN: { mode: 'live', scopes: ['toString:write'] } },
        },
        notes: {
          '/tools/Unheard': 'only some calls are let through: x',
          '/agent': 'runs claude-code on issues; settings that are not here or not readable: ../../etc/passwd',
          '/credentials': 'every secret of the repository is passed on',
          '/inputs': 'people without rights in the repository, or any bot, can start it',
        },
      },
    ],
    problems: ['not-a-server'],
  },
];
