import { claudeCode } from '../catalog/hosts/claude-code.ts';
import { builtInsOf } from '../catalog/hosts/define.ts';
import { defineImporter, type ImportFile, type Part, type Reading } from './define.ts';
import { subagentOf } from './parts/claude/subagent.ts';
import { readFrontMatter } from './parts/front-matter.ts';

const builtIns = builtInsOf(claudeCode);

/** Whatever starts them. */
const host: Omit<Part, 'from'> = { host: 'claude-code', folder: '', said: { tools: builtIns } };

const { Bash, Monitor, ...commandless } = builtIns;

export const importer = defineImporter({
  id: 'claude-agents',
  since: '0.1.0',
  title: 'Subagents of Claude Code (.claude/agents)',
  about:
    'Which tools, model, mode and limit of turns each subagent has. One that lists no tools has all of those of the agent that starts it.',
  files: { project: ['.claude/agents/**/*.md'], user: ['.claude/agents/**/*.md'] },
  read(source) {
    const matter = readFrontMatter(source.file, source.text);
    // Notes beside the agents have none.
    if (!matter.isThere) return { parts: [], problems: matter.problems };
    const { part, problems } = subagentOf(source, matter);
    return {
      parts: [hostOf(source, matter.place()), part],
      problems: [...matter.problems, ...problems],
    } satisfies Reading;
  },
  examples: [
    {
      shows: 'tools by name, and a description that is no YAML',
      files: {
        '.claude/agents/code-reviewer.md': `---
name: code-reviewer
description: Use this agent after code was written. Examples: <example>user: "Please check: is this right?"</example>
tools: Read, Grep, Glob, mcp__github__get_pull_request
model: sonnet
maxTurns: 12
---

You review code.
`,
        '.mcp.json':
          '{ "mcpServers": { "github": { "command": "gh-mcp", "env": { "GH_TOKEN": "${GH_TOKEN}" } }, "x": { "command": "x" } } }',
      },
      parts: [
        host,
        {
          host: 'claude-code',
          folder: '',
          name: 'code-reviewer',
          under: '',
          said: {
            agent: { name: 'code-reviewer', description: 'Use this agent after code was written.' },
            models: [{ provider: 'anthropic', id: 'sonnet' }],
            mcpServers: { github: { command: 'gh-mcp', env: { GH_TOKEN: '${GH_TOKEN}' } } },
            tools: {
              Read: { effect: 'read', egress: 'none' },
              Grep: { effect: 'read', egress: 'none' },
              Glob: { effect: 'read', egress: 'none' },
              'github/get_pull_request': {},
            },
            credentials: { GH_TOKEN: { servers: ['github'] } },
            limits: { turnsPerSession: 12 },
          },
        },
      ],
    },
    {
      shows: 'no tools listed: it has all of the agent that starts it, but for what it may not have',
      files: {
        'api/.claude/agents/ops/helper.md': `---
name: Ops Helper
description: keeps things running
disallowedTools: [Bash, Monitor, mcp__github]
permissionMode: dontAsk
mcpServers:
  - github
  - status: { type: http, url: "https://status.example/mcp" }
---
`,
        'api/.claude/settings.json': '{ "permissions": { "allow": ["WebFetch"] } }',
        'api/.mcp.json': '{ "mcpServers": { "github": { "command": "gh-mcp" } } }',
      },
      parts: [
        { ...host, folder: 'api' },
        {
          host: 'claude-code',
          folder: 'api',
          name: 'Ops Helper',
          under: '',
          said: {
            agent: { name: 'Ops Helper', description: 'keeps things running' },
            mcpServers: { status: { type: 'http', url: 'https://status.example/mcp' } },
            tools: { ...commandless, WebFetch: { ...builtIns.WebFetch, access: 'allow' }, 'status/*': {} },
          },
          defaults: {
            tools: {
              Read: { access: 'allow' },
              Grep: { access: 'allow' },
              Glob: { access: 'allow' },
              Edit: { access: 'deny' },
              Write: { access: 'deny' },
              NotebookEdit: { access: 'deny' },
              WebSearch: { access: 'deny' },
              Agent: { access: 'allow' },
              Skill: { access: 'deny' },
            },
          },
          notes: {
            '/tools':
              'mode `dontAsk`: what no rule allows is refused; it lists no tools, so it has all of the agent that starts it',
          },
        },
      ],
    },
    {
      shows: 'a tool that nobody knows, a word that names none, and a secret in a server of its own',
      files: {
        '.claude/agents/odd.md': `---
name: odd
tools: ["Reed", "a b"]
mcpServers:
  desk: { command: desk-mcp, env: { DESK_TOKEN: 0a1b2c3d } }
---
`,
      },
      parts: [
        host,
        {
          host: 'claude-code',
          folder: '',
          name: 'odd',
          under: '',
          said: {
            agent: { name: 'odd' },
            mcpServers: { desk: { command: 'desk-mcp', env: { DESK_TOKEN: '${DESK_TOKEN}' } } },
            tools: { Reed: {}, 'desk/*': {} },
            credentials: { DESK_TOKEN: { servers: ['desk'] } },
          },
        },
      ],
      problems: ['not-a-tool', 'literal-secret'],
    },
    {
      shows: 'two lists of tools: which one counts is not known, so it has all',
      files: { '.claude/agents/twice.md': '---\nname: twice\ntools: Read\ntools: Grep\n---\n' },
      parts: [
        host,
        {
          host: 'claude-code',
          folder: '',
          name: 'twice',
          under: '',
          said: { agent: { name: 'twice' }, tools: builtIns },
          notes: { '/tools': 'it lists no tools, so it has all of the agent that starts it' },
        },
      ],
    },
    {
      shows: 'what stands beside the agents and is none',
      files: { '.claude/agents/README.md': '# Our agents\n\n---\n\nname: nobody\n---\n' },
      parts: [],
    },
  ],
});

function hostOf({ folder }: ImportFile, place: Part['from'][string]): Part {
  return { ...host, folder, from: { '/tools': place } };
}
