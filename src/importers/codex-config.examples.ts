import type { ImportExample } from './define.ts';

export const examples: readonly ImportExample[] = [
  {
    shows: 'never asks, inside of a sandbox without network: a bound that holds',
    files: {
      '.codex/config.toml': `model = "gpt-5-codex"
approval_policy = "never"
sandbox_mode = "workspace-write"

[sandbox_workspace_write]
network_access = false
writable_roots = ["/data/out"]

[tools]
web_search = false
`,
    },
    parts: [
      {
        host: 'codex',
        folder: '',
        said: {
          autonomy: { review: 'none' },
          models: [{ provider: 'openai', id: 'gpt-5-codex' }],
          tools: {
            shell: {
              effect: 'write',
              arbitrary: true,
              egress: 'none',
              because: 'the sandbox `workspace-write` lets no connection out',
            },
            apply_patch: { effect: 'write', egress: 'none' },
            view_image: { effect: 'read', egress: 'none' },
          },
        },
        notes: { '/agent': 'approvals `never`: nobody is asked; sandbox `workspace-write`; may also write /data/out' },
      },
    ],
  },
  {
    shows:
      'asks for what the sandbox refuses, so that the sandbox is no bound; servers with lists, approvals and the names of secrets',
    files: {
      'apps/desk/.codex/config.toml': `approval_policy = "on-request"
sandbox_mode = "read-only"

[mcp_servers.github]
url = "https://api.githubcopilot.com/mcp/"
bearer_token_env_var = "GITHUB_PAT"
enabled_tools = ["issue_read", "add_issue_comment"]

[mcp_servers.github.tools.add_issue_comment]
approval_mode = "prompt"

[mcp_servers."docs"]
command = "npx"
args = ["-y", "@acme/docs-mcp@1.2.3"]
env_vars = ["DOCS_TOKEN"]
default_tools_approval_mode = "approve"

[mcp_servers.old]
command = "old"
enabled = false
`,
    },
    parts: [
      {
        host: 'codex',
        folder: 'apps/desk',
        said: {
          autonomy: { review: 'none' },
          mcpServers: {
            github: { url: 'https://api.githubcopilot.com/mcp/', headers: { Authorization: 'Bearer ${GITHUB_PAT}' } },
            docs: { command: 'npx', args: ['-y', '@acme/docs-mcp@1.2.3'], env: { DOCS_TOKEN: '${DOCS_TOKEN}' } },
          },
          tools: {
            shell: { effect: 'write', arbitrary: true },
            apply_patch: { effect: 'write', egress: 'none' },
            view_image: { effect: 'read', egress: 'none' },
            web_search: { effect: 'read', egress: 'none' },
            'github/issue_read': {},
            'github/add_issue_comment': { access: 'ask' },
            'docs/*': { access: 'allow' },
          },
          credentials: { GITHUB_PAT: { servers: ['github'] }, DOCS_TOKEN: { servers: ['docs'] } },
        },
        notes: {
          '/agent':
            'approvals `on-request`: what the sandbox allows lands unasked, and the model chooses when to ask for more; sandbox `read-only`',
        },
      },
    ],
  },
  {
    shows: 'the profile that is chosen holds, and nothing that is not there is made up',
    files: {
      '.codex/config.toml': `profile = "loose"

[profiles.loose]
approval_policy = "never"
sandbox_mode = "danger-full-access"

[profiles.tight]
sandbox_mode = "read-only"
`,
    },
    parts: [
      {
        host: 'codex',
        folder: '',
        said: {
          autonomy: { review: 'none' },
          tools: {
            shell: { effect: 'write', arbitrary: true },
            apply_patch: { effect: 'write', egress: 'none' },
            view_image: { effect: 'read', egress: 'none' },
            web_search: { effect: 'read', egress: 'none' },
          },
        },
        notes: {
          '/agent':
            'approvals `never`: nobody is asked; sandbox `danger-full-access`; other profiles may be looser: tight',
        },
      },
    ],
  },
  {
    shows: 'words that nobody knows: who is asked stays unknown',
    files: {
      '.codex/config.toml': `approval_policy = { granular = { rules = true } }
sandbox_mode = "never-heard-of"
`,
    },
    parts: [
      {
        host: 'codex',
        folder: '',
        said: {
          tools: {
            shell: { effect: 'write', arbitrary: true },
            apply_patch: { effect: 'write', egress: 'none' },
            view_image: { effect: 'read', egress: 'none' },
            web_search: { effect: 'read', egress: 'none' },
          },
        },
        notes: { '/agent': 'when it asks is not said here; sandbox `never-heard-of`' },
      },
    ],
  },
  {
    shows: 'a secret that is written out, broken TOML, and hostile names',
    files: {
      'a/.codex/config.toml': `[mcp_servers."a/b c"]
command = "x"
env = { API_KEY = "abcdefghijklmnop" }
tools = { "../x" = { approval_mode = "approve" }, "__proto__" = { approval_mode = "approve" } }
[mcp_servers.__proto__]
command = "y"
[profiles]
x = 5
`,
      'b/.codex/config.toml': `model = "gpt-5
`,
      'c/.codex/config.toml': `mcp_servers = 5
`,
      'd/.codex/config.toml': '',
    },
    parts: [
      {
        host: 'codex',
        folder: 'a',
        said: {
          mcpServers: { 'a-b c': { command: 'x', env: { API_KEY: '${API_KEY}' } }, proto__: { command: 'y' } },
          tools: {
            shell: { effect: 'write', arbitrary: true },
            apply_patch: { effect: 'write', egress: 'none' },
            view_image: { effect: 'read', egress: 'none' },
            web_search: { effect: 'read', egress: 'none' },
            'a-b c/*': {},
            'proto__/*': {},
            'a-b c/__proto__': { access: 'allow' },
          },
          credentials: { API_KEY: { servers: ['a-b c'] } },
        },
        notes: { '/agent': 'when it asks is not said here; no sandbox is named here; other profiles may be looser: x' },
      },
      {
        host: 'codex',
        folder: 'c',
        said: {
          tools: {
            shell: { effect: 'write', arbitrary: true },
            apply_patch: { effect: 'write', egress: 'none' },
            view_image: { effect: 'read', egress: 'none' },
            web_search: { effect: 'read', egress: 'none' },
          },
        },
        notes: { '/agent': 'when it asks is not said here; no sandbox is named here' },
      },
      {
        host: 'codex',
        folder: 'd',
        said: {
          tools: {
            shell: { effect: 'write', arbitrary: true },
            apply_patch: { effect: 'write', egress: 'none' },
            view_image: { effect: 'read', egress: 'none' },
            web_search: { effect: 'read', egress: 'none' },
          },
        },
        notes: { '/agent': 'when it asks is not said here; no sandbox is named here' },
      },
    ],
    problems: ['literal-secret', 'not-toml', 'not-a-map'],
  },
];
