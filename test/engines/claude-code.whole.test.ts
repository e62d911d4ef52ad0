import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { ToolCall } from '../../src/probe/anthropic-wire.ts';
import { createWorkspace, type Workspace, writeIn } from '../../src/probe/workspace.ts';
import { type ClaudeRun, runClaude } from '../../src/targets/claude-code/proof/session.ts';
import { claudeBinary } from './claude.ts';

const root = join(import.meta.dirname, '../..');
const packages = join(import.meta.dirname, 'node_modules');
const SERVER = '@modelcontextprotocol/server-filesystem';

/** The server is told that it may use the whole project, so that the sandbox alone keeps it to one folder. */
const MANIFEST = `schemaVersion: 1
agent: { id: gardener }
autonomy: { initiation: human, review: none }
inputs: { untrusted: false }
data: { pages: { classification: internal } }
mcpServers:
  files: { command: npx, args: ["-y", "${SERVER}@2026.8.31", "."] }
servers:
  files: { filesystem: { read: [./docs], write: [./docs] } }
tools:
  files/read_text_file: { effect: read, data: [pages], egress: none }
  files/edit_file: { effect: write, reversible: true, impact: low, data: [pages], egress: none }
  files/write_file:
    effect: write
    reversible: true
    impact: low
    data: [pages]
    egress: none
    arguments:
      type: object
      required: [path, content]
      properties: { path: { type: string, pattern: "^docs/[a-z]+\\\\.md$" }, content: { type: string, maxLength: 100 } }
      additionalProperties: false
  files/move_file: { effect: write, reversible: true, impact: low, data: [pages], egress: none, access: deny }
network: { egress: none }
filesystem: { read: [./docs], write: [] }
limits: { callsPerMinute: 60, tokensPerSession: 100000 }
controls: { sandbox: { by: srt, evidence: this test } }
`;

/** Written by hand, in a layout of its own. */
const MINE = '{"permissions": {\n      "deny": [ "WebFetch" ] },\n  "cleanupPeriodDays": 7}\n';

let workspace: Workspace;
beforeEach(() => {
  workspace = createWorkspace();
  const { project, home } = workspace;
  writeIn(project, 'gardener.agent.yaml', MANIFEST);
  writeIn(project, 'docs/guide.md', 'the guide\n');
  writeIn(project, 'secret.txt', 'the secret\n');
  // Somebody who lets every tool of the server run, and writes what they like.
  const allow = ['mcp__files', 'Write', 'Edit', 'Read', 'Bash'];
  writeIn(home, '.claude/settings.json', { permissions: { allow } });
  writeIn(project, '.claude/settings.json', MINE);
  // As after `npm install` in the project.
  writeIn(project, 'package.json', { dependencies: { [SERVER]: '2026.8.31' } });
  for (const name of readdirSync(packages)) {
    if (name !== '@anthropic-ai' && name !== '@cedar-policy')
      cpSync(join(packages, name), join(project, 'node_modules', name), { recursive: true, verbatimSymlinks: true });
  }
  const runtime = '@anthropic-ai/sandbox-runtime';
  cpSync(join(packages, runtime), join(project, 'node_modules', runtime), { recursive: true });
});
afterEach(() => workspace.remove());

const path = (name: string) => join(workspace.project, name);
const read = (name: string) => readFileSync(path(name), 'utf8');
const files = (tool: string, input: ToolCall['input'] = {}): ToolCall => ({ name: `mcp__files__${tool}`, input });

/** srt's own helper must be readable inside the sandbox, so it is the project's srt that starts the servers. */
function play(run: Pick<ClaudeRun, 'setup' | 'toolCalls'>): ReturnType<typeof runClaude> {
  const programs = { srt: path('node_modules/@anthropic-ai/sandbox-runtime/dist/cli.js') };
  // srt finds its sockets nowhere else.
  const env = { TMPDIR: '/tmp' };
  return runClaude({ ...run, binary: claudeBinary, programs, workspace, env, limitMs: 120_000 });
}

function stakes(...args: string[]): void {
  const env = { PATH: process.env.PATH, HOME: workspace.home };
  const command = [join(root, 'bin/stakes.js'), ...args];
  const ended = spawnSync(process.execPath, command, { cwd: workspace.project, env, encoding: 'utf8' });
  expect(ended.status, ended.stderr).toBe(0);
}

const CALLS = [
  files('read_text_file', { path: 'docs/guide.md' }),
  files('write_file', { path: 'docs/new.md', content: 'a page' }),
  files('move_file', { source: 'docs/guide.md', destination: 'docs/gone.md' }),
  files('write_file', { path: 'docs/Shouting.txt', content: 'not a page' }),
  files('read_text_file', { path: 'secret.txt' }),
  files('edit_file', { path: 'gardener.agent.yaml', edits: [{ oldText: 'access: deny', newText: 'access: allow' }] }),
];

test('from a manifest to a session that does what it says, and no more', async () => {
  stakes('generate');
  stakes('apply', '--yes');
  const policy = read('.stakes/gardener/policy.json');
  const settings = read('.claude/settings.json');
  expect(settings).toContain('"WebFetch"');
  expect(settings).toContain('"cleanupPeriodDays": 7');
  const write = (name: string): ToolCall => ({ name: 'Write', input: { file_path: path(name), content: '{}' } });
  const own = [write('.stakes/gardener/policy.json'), write('.claude/settings.json'), write('gardener.agent.yaml')];
  const mcpConfig = path('.stakes/gardener/srt/mcp.json');
  const outcome = await play({ setup: { by: 'flags', mcpConfig }, toolCalls: [...CALLS, ...own] });
  const texts = outcome.toolResults.map(({ text }) => text);
  expect(texts).toHaveLength(CALLS.length + own.length);
  const [readPage, wrote, moved, shouted, secret, edited] = texts;
  expect(readPage).toContain('the guide');
  expect(wrote).toContain('Successfully wrote');
  expect(read('docs/new.md')).toBe('a page');
  expect(moved).toMatch(/No such tool|denied/);
  expect([existsSync(path('docs/guide.md')), existsSync(path('docs/gone.md'))]).toEqual([true, false]);
  // Words that a model can act on: which argument, and what would be let through.
  expect(shouted).toContain('`/path` must match `^docs/[a-z]+\\.md$`');
  expect(existsSync(path('docs/Shouting.txt'))).toBe(false);
  expect(secret).not.toContain('the secret');
  expect(secret).toMatch(/EACCES|ENOENT|permission denied|no such file|denied/i);
  expect(edited).toMatch(/EACCES|ENOENT|EROFS|permission denied|no such file|denied|read-only/i);
  expect(read('.stakes/gardener/policy.json')).toBe(policy);
  expect(read('.claude/settings.json')).toBe(settings);
  expect(read('gardener.agent.yaml')).toBe(MANIFEST);
  stakes('apply', '--undo', '--yes');
  expect(read('.claude/settings.json')).toBe(MINE);
});

test('without it, every one of these calls goes through', async () => {
  const entry = { command: 'npx', args: ['-y', `${SERVER}@2026.8.31`, '.'] };
  const mcpConfig = writeIn(workspace.root, 'bare.json', { mcpServers: { files: entry } });
  const outcome = await play({ setup: { by: 'flags', mcpConfig }, toolCalls: CALLS });
  expect(outcome.toolResults.map(({ isError }) => isError)).toEqual(CALLS.map(() => false));
  expect(outcome.toolResults[4]?.text).toContain('the secret');
  expect([existsSync(path('docs/gone.md')), existsSync(path('docs/Shouting.txt'))]).toEqual([true, true]);
  expect(read('gardener.agent.yaml')).toContain('access: allow');
});
