import { claudeCode } from '../catalog/hosts/claude-code.ts';
import { builtInsOf } from '../catalog/hosts/define.ts';
import type { ImportExample } from './define.ts';

const builtIns = builtInsOf(claudeCode);
/** What every mode lets through. */
const unasked = Object.fromEntries(
  ['Read', 'Grep', 'Glob', 'Agent'].map((name) => [name, { access: 'allow' } as const]),
);

export const examples: readonly ImportExample[] = [
  {
    shows: 'rules that let through, and nothing else, as most have it: who is asked for the rest is not known',
    files: {
      '.claude/settings.json':
        '{ "permissions": { "allow": ["Bash(git push:*)", "Bash(npm test)", "Edit", "mcp__github__get_issue"] } }',
    },
    parts: [
      {
        host: 'claude-code',
        folder: '',
        said: {
          mcpServers: { github: {} },
          tools: {
            ...builtIns,
            Edit: { ...builtIns.Edit, access: 'allow' },
            Write: { ...builtIns.Write, access: 'allow' },
            NotebookEdit: { ...builtIns.NotebookEdit, access: 'allow' },
            Bash: { ...builtIns.Bash, access: 'allow' },
            Monitor: { ...builtIns.Monitor, access: 'allow' },
            'github/*': {},
            'github/get_issue': { access: 'allow' },
          },
        },
        defaults: {},
        notes: {
          '/tools/Bash': 'Bash(git push:*), Bash(npm test) land unasked',
          '/tools/Monitor': 'Bash(git push:*), Bash(npm test) land unasked',
          '/mcpServers/github': 'a rule names it; where it is configured was not read',
        },
      },
    ],
  },
  {
    shows:
      'settings of one person over those of the folder, rules on servers by the names they get, and a refusal in part',
    files: {
      'web/.claude/settings.json': `{
  "model": "opus",
  "permissions": {
    "defaultMode": "acceptEdits",
    "ask": ["mcp__files_prod_v2__write_file"],
    "deny": ["Bash", "Read(./secrets/**)", "mcp__shop"]
  }
}`,
      'web/.claude/settings.local.json':
        '{ "permissions": { "defaultMode": "default", "allow": ["mcp__files_prod_v2"] } }',
      'web/.mcp.json': '{ "mcpServers": { "files.prod v2": { "command": "f" }, "shop": { "command": "s" } } }',
    },
    parts: [0, 1].map(() => ({
      host: 'claude-code',
      folder: 'web',
      said: {
        models: [{ provider: 'anthropic', id: 'opus' }],
        tools: {
          ...builtIns,
          Bash: { ...builtIns.Bash, access: 'deny' },
          Monitor: { ...builtIns.Monitor, access: 'deny' },
          'files.prod v2/*': { access: 'allow' },
          'files.prod v2/write_file': { access: 'ask' },
          'shop/*': { access: 'deny' },
        },
      },
      defaults: { autonomy: { review: 'each-action' }, tools: unasked },
      notes: {
        '/tools': 'mode `default`: a person is asked before edits, commands and calls of servers',
        '/tools/Read': 'Read(./secrets/**) are refused',
      },
    })),
  },
  {
    shows: 'nobody is asked, and two secrets stand in the file',
    files: {
      '.claude/settings.local.json': `{
  "permissions": {
    "defaultMode": "bypassPermissions",
    "allow": ["Bash(curl -H 'Authorization: Bearer 0a1b2c3d4e5f6a7b' https://desk.example)"],
    "ask": ["Write"]
  },
  "env": { "DESK_API_KEY": "0a1b2c3d4e5f6a7b", "CLAUDE_CODE_MAX_TURNS": "30", "CLAUDE_CODE_USE_BEDROCK": "1" },
  "model": "us.anthropic.claude-sonnet-4-5-20250929-v1:0"
}`,
    },
    parts: [
      {
        host: 'claude-code',
        folder: '',
        said: {
          models: [{ provider: 'bedrock', id: 'us.anthropic.claude-sonnet-4-5-20250929-v1:0' }],
          tools: {
            ...builtIns,
            Write: { ...builtIns.Write, access: 'allow' },
            Bash: { ...builtIns.Bash, access: 'allow' },
            Monitor: { ...builtIns.Monitor, access: 'allow' },
          },
          limits: { turnsPerSession: 30 },
          credentials: { DESK_API_KEY: {} },
        },
        defaults: { autonomy: { review: 'none' } },
        notes: {
          '/tools': 'mode `bypassPermissions`: nobody is asked',
          '/tools/Bash': 'Bash(…) land unasked',
          '/tools/Monitor': 'Bash(…) land unasked',
        },
      },
    ],
    problems: ['literal-secret', 'literal-secret'],
  },
  {
    shows: 'a sandbox that lets its commands through, and a program that may say yes in place of a person',
    files: {
      '.claude/settings.json': `{
  "permissions": { "defaultMode": "default", "additionalDirectories": ["../shared"], "ask": ["WebFetch"] },
  "sandbox": { "enabled": true, "network": { "allowedDomains": ["registry.example"] } },
  "hooks": { "PreToolUse": [{ "matcher": "*", "hooks": [{ "type": "command", "command": "./check.sh" }] }] }
}`,
    },
    parts: [
      {
        host: 'claude-code',
        folder: '',
        said: {
          tools: {
            ...builtIns,
            Bash: { ...builtIns.Bash, access: 'allow' },
            Monitor: { ...builtIns.Monitor, access: 'allow' },
            WebFetch: { ...builtIns.WebFetch, access: 'ask' },
          },
          controls: { sandbox: { by: "Claude Code's own, for commands" } },
        },
        defaults: { tools: unasked },
        notes: {
          '/tools':
            'mode `default`: a person is asked before edits, commands and calls of servers; programs decide on calls before a person is asked (`hooks`): what they let through is not known; folders that it works in, too: ../shared',
          '/controls/sandbox':
            'holds commands only, not servers and not the other tools; commands in it land unasked; commands may be run outside of it; hosts: registry.example',
        },
      },
    ],
  },
  {
    shows: 'a mode that Claude Code does not know, which costs the whole file, and a refusal that it skips',
    files: {
      '.claude/settings.json':
        '{ "permissions": { "defaultMode": "yolo", "deny": ["Write", "mcp__shop__refund(amount:*)"] } }',
    },
    parts: [{ host: 'claude-code', folder: '', said: { tools: builtIns }, defaults: {}, notes: {} }],
    problems: ['unknown-mode'],
  },
  {
    shows: 'a refusal with a pattern, which holds nothing back',
    files: { '.claude/settings.json': '{ "permissions": { "deny": ["mcp__shop__refund(amount:*)"] } }' },
    parts: [{ host: 'claude-code', folder: '', said: { tools: builtIns }, defaults: {}, notes: {} }],
    problems: ['skipped-rule'],
  },
  {
    shows: 'what an organisation says',
    files: {
      'etc/claude-code/managed-settings.json':
        '{ "permissions": { "defaultMode": "dontAsk", "allow": ["Read"], "deny": ["Web*"] }, "allowManagedPermissionRulesOnly": true }',
    },
    parts: [
      {
        host: 'claude-code',
        folder: '',
        said: {
          tools: {
            ...builtIns,
            Read: { ...builtIns.Read, access: 'allow' },
            WebFetch: { ...builtIns.WebFetch, access: 'deny' },
            WebSearch: { ...builtIns.WebSearch, access: 'deny' },
          },
        },
        defaults: {
          tools: {
            Grep: { access: 'allow' },
            Glob: { access: 'allow' },
            Edit: { access: 'deny' },
            Write: { access: 'deny' },
            NotebookEdit: { access: 'deny' },
            Bash: { access: 'deny' },
            Monitor: { access: 'deny' },
            Agent: { access: 'allow' },
            Skill: { access: 'deny' },
          },
        },
        notes: {
          '/tools': 'mode `dontAsk`: what no rule allows is refused; only rules of the organisation let calls through',
        },
      },
    ],
  },
  {
    shows: 'no JSON',
    files: { '.claude/settings.json': 'permissions:\n  allow: [Bash]\n' },
    parts: [],
    problems: ['not-json'],
  },
];
