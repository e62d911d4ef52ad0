import { cpSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { asList, asRecord, type JsonRecord, parseJson } from '../../src/probe/json.ts';
import { createWorkspace, stageBundle, type Workspace, writeIn } from '../../src/probe/workspace.ts';
import { bundleSetup, type ClaudeSetup, claudeDoctor, runClaude } from './claude.ts';

const fixture = join(import.meta.dirname, 'fixtures/bundle');
const tools = { files: ['read_doc', 'update_doc', 'delete_doc'] };
const toolCalls = tools.files.map((tool) => ({ name: `mcp__files__${tool}`, input: { id: 'draft-1' } }));

let workspace: Workspace;
beforeEach(() => {
  workspace = createWorkspace();
});
afterEach(() => workspace.remove());

function stage(change: (permissions: JsonRecord) => JsonRecord = (permissions) => permissions): string {
  const bundle = stageBundle(workspace, fixture, tools);
  const path = join(bundle, 'claude-code/launcher-settings.json');
  const settings = asRecord(parseJson(readFileSync(path, 'utf8')));
  writeIn(bundle, 'claude-code/launcher-settings.json', {
    ...settings,
    permissions: change(asRecord(settings.permissions)),
  });
  return bundle;
}

describe.each<ClaudeSetup['by']>(['flags', 'managed', 'launcher'])('a bundle by %s', (by) => {
  test('runs what is allowed, and neither what asks nor what is denied', async () => {
    const outcome = await runClaude({ workspace, setup: bundleSetup(stage(), by), toolCalls });
    expect(outcome.executed).toEqual(['files/read_doc']);
    expect(outcome.calls[0]?.input).toEqual({ id: 'draft-1' });
    expect(outcome.denials).toEqual([{ tool: 'mcp__files__update_doc', input: { id: 'draft-1' } }]);
    expect(outcome.toolResults.map((result) => result.isError)).toEqual([false, true, true]);
    expect(outcome.toolResults[2]?.text).toContain('No such tool available');
    expect(outcome).toMatchObject({ subtype: 'success', code: 0, timedOut: false });
  });
});

describe('a failure of the rules is seen', () => {
  const wide = { allow: ['mcp__files__*'], ask: [] };

  test('without its deny the call runs', async () => {
    const bundle = stage((permissions) => ({ ...permissions, ...wide, deny: [] }));
    const outcome = await runClaude({ workspace, setup: bundleSetup(bundle, 'flags'), toolCalls });
    expect(outcome.executed).toEqual(['files/read_doc', 'files/update_doc', 'files/delete_doc']);
  });

  test('a deny with parentheses is dropped and the call runs', async () => {
    const bundle = stage((permissions) => ({ ...permissions, ...wide, deny: ['mcp__files__delete_doc(id:*)'] }));
    const outcome = await runClaude({ workspace, setup: bundleSetup(bundle, 'flags'), toolCalls });
    expect(outcome.executed).toContain('files/delete_doc');
  });

  test('one bad value drops the whole file and the call runs', async () => {
    writeIn(workspace.home, '.claude/settings.json', { permissions: { allow: ['mcp__files__*'] } });
    const good = await runClaude({ workspace, setup: bundleSetup(stage(), 'flags'), toolCalls });
    expect(good.executed).not.toContain('files/delete_doc');
    const bundle = stage((permissions) => ({ ...permissions, defaultMode: 'bogus' }));
    const bad = await runClaude({ workspace, setup: bundleSetup(bundle, 'flags'), toolCalls });
    expect(bad.executed).toContain('files/delete_doc');
  });
});

test('doctor passes the sample files and names each broken entry', async () => {
  const files = ['settings.json', 'launcher-settings.json'].map((name) => join(fixture, 'claude-code', name));
  for (const file of files) expect(await claudeDoctor(file)).toEqual([]);
  expect(await claudeDoctor(join(fixture, 'claude-code/managed-settings.json'), 'managed')).toEqual([]);
  const broken = writeIn(workspace.root, 'broken.json', {
    permissions: { deny: ['mcp__files__delete_doc(id:*)'], defaultMode: 'bogus' },
    sandbox: { enabled: 'yes' },
  });
  for (const place of ['project', 'user'] as const) {
    const lines = await claudeDoctor(broken, place);
    expect(lines).toHaveLength(3);
    expect(lines.join('\n')).toMatch(/permissions\.deny[\s\S]*permissions\.defaultMode[\s\S]*sandbox\.enabled/);
  }
  expect(await claudeDoctor(broken, 'managed')).not.toEqual([]);
});

test('a subagent plays its own script, with its own tools', async () => {
  const bundle = stage();
  const reader = { description: 'reads', prompt: 'you read', tools: ['mcp__files__read_doc'] };
  const spawn = { description: 'd', prompt: 'reader-script', subagent_type: 'reader', run_in_background: false };
  const outcome = await runClaude({
    workspace,
    setup: bundleSetup(bundle, 'flags'),
    toolCalls: [{ name: 'Agent', input: spawn }],
    subagents: [{ marker: 'reader-script', calls: toolCalls }],
    args: ['--agents', JSON.stringify({ reader })],
  });
  expect(outcome.executed).toEqual(['files/read_doc']);
  expect(outcome.requests.find((request) => request.script === 1)?.tools).toEqual(['mcp__files__read_doc']);
});

test('a turn limit and a client that does not start are told apart', async () => {
  const setup = bundleSetup(stage(), 'flags');
  const many = Array.from({ length: 5 }, () => ({ name: 'mcp__files__read_doc' }));
  const limited = await runClaude({ workspace, setup, toolCalls: many, args: ['--max-turns', '2'] });
  expect(limited).toMatchObject({ subtype: 'error_max_turns', code: 1 });
  expect(limited.executed).toHaveLength(2);
  const refused = runClaude({ workspace, setup, toolCalls, args: ['--max-turns', 'x'] });
  await expect(refused).rejects.toThrow(/--max-turns/);
});

test('the copy of a bundle differs from the original in its MCP config only', () => {
  const bundle = stageBundle(workspace, fixture, tools, { id: 'librarian' });
  const original = join(workspace.root, 'original');
  cpSync(fixture, original, { recursive: true });
  const read = (directory: string, path: string): string => readFileSync(join(directory, path), 'utf8');
  for (const path of ['claude-code/launch.sh', 'srt/agent.json']) expect(read(bundle, path)).toBe(read(original, path));
  const entry = asRecord(asRecord(asRecord(parseJson(read(bundle, 'claude-code/mcp.json'))).mcpServers).files);
  expect(asList(entry.args)[0]).toMatch(/stub-server\.mjs$/);
  expect(asRecord(entry.env)).not.toHaveProperty('FILES_TOKEN');
});
