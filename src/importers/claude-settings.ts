import { claudeCode } from '../catalog/hosts/claude-code.ts';
import { builtInsOf } from '../catalog/hosts/define.ts';
import type { Problem } from '../model/place.ts';
import { pointerOf } from '../source/pointer.ts';
import { isRecord } from '../source/record.ts';
import { defineImporter, type ImportFile, type Reading } from './define.ts';
import { agentWith } from './parts/claude/host.ts';
import { badMode, projectOf } from './parts/claude/project.ts';
import { isSkipped } from './parts/claude/rules.ts';
import { toolboxOf } from './parts/claude/tools.ts';
import { type JsonText, readJson } from './parts/jsonc.ts';
import { environmentOf } from './parts/server-env.ts';
import { serversOf } from './parts/servers.ts';
import { betraysSecret, cleaning } from './parts/written-out.ts';

const builtIns = builtInsOf(claudeCode);
/** What every mode lets through. */
const unasked = Object.fromEntries(
  ['Read', 'Grep', 'Glob', 'Agent'].map((name) => [name, { access: 'allow' } as const]),
);

export const importer = defineImporter({
  id: 'claude-settings',
  since: '0.1.0',
  title: 'Settings of Claude Code (.claude/settings.json, settings.local.json, managed settings)',
  about:
    'Which calls land without a person, by rules, mode, sandbox and hooks; the built-in tools, the model, the secrets in its environment. Not what data is behind them, and not what switches at the start change.',
  files: {
    project: ['.claude/settings.json', '.claude/settings.local.json'],
    user: ['.claude/settings.json'],
    managed: [
      'etc/claude-code/managed-settings.json',
      'etc/claude-code/managed-settings.d/*.json',
      'Library/Application Support/ClaudeCode/managed-settings.json',
      'Program Files/ClaudeCode/managed-settings.json',
    ],
  },
  read(source) {
    const json = readJson(source.file, source.text);
    return 'code' in json ? { parts: [], problems: [json] } : reading(source, json);
  },
  examples: [
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
            '/tools':
              'mode `dontAsk`: what no rule allows is refused; only rules of the organisation let calls through',
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
  ],
});

function reading(source: ImportFile, json: JsonText): Reading {
  const project = projectOf(source, json);
  const toolbox = toolboxOf(project);
  const { said, from, ...rest } = agentWith(project, toolbox.tools, toolbox.strangers);
  const env = environmentIn(json);
  const part = {
    host: 'claude-code',
    folder: source.folder,
    said: { ...said, ...(Object.keys(env.credentials).length > 0 ? { credentials: env.credentials } : {}) },
    ...rest,
    from: { '/tools': json.place('permissions'), ...from, ...env.from },
  };
  return { parts: [part], problems: [...problemsIn(source, json), ...env.problems] };
}

/** What is in the environment, every command can read. */
function environmentIn({ value, place }: JsonText) {
  const into = cleaning('the environment', (...path) => place(...path));
  environmentOf(value.env, into, 'env');
  const names = [...into.references].filter((name) => isRecord(value.env) && Object.hasOwn(value.env, name));
  return {
    problems: into.problems,
    credentials: Object.fromEntries(names.map((name) => [name, {}])),
    from: Object.fromEntries(names.map((name) => [pointerOf('credentials', name), place('env', name)])),
  };
}

function problemsIn(source: ImportFile, { value, place }: JsonText): Problem[] {
  const mode = badMode(value);
  const own = projectOf({ ...source, beside: () => ({ state: 'missing', problems: [] }) }, { value, place }).rules;
  const skipped = own.filter((rule) => rule.list !== 'allow' && isSkipped(rule));
  const secret = own.filter(({ text }) => betraysSecret(text));
  return [
    ...(mode === undefined
      ? []
      : [
          {
            code: 'unknown-mode',
            message: 'Claude Code knows no such `defaultMode`, and drops the whole file with its rules',
            help: 'write one that it knows; until then its `ask` and `deny` count for nothing',
            place: place('permissions', 'defaultMode'),
          },
        ]),
    ...skipped.flatMap(({ place, list }) =>
      place
        ? [
            {
              code: 'skipped-rule',
              message: `Claude Code skips rules on servers that have a pattern, so this \`${list}\` holds nothing back`,
              help: 'name the tool alone',
              place,
            },
          ]
        : [],
    ),
    ...secret.flatMap(({ place }) =>
      place
        ? [
            {
              code: 'literal-secret',
              message: 'a secret is written out in a rule',
              help: 'revoke it, and take the rule out; it was not taken over',
              place,
            },
          ]
        : [],
    ),
    // Claude Code reads no servers here, and people put them here all the same.
    ...serversOf(value.mcpServers, ['mcpServers'], place).problems,
  ];
}
