import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { runBounded } from '../../src/probe/bounded.ts';
import { asList, asRecord, asText, type JsonRecord, parseJson } from '../../src/probe/json.ts';
import { startModelServer } from '../../src/probe/model-server.ts';
import { readExecuted, stubEntry, stubMcpConfig } from '../../src/probe/stub.ts';
import { createWorkspace, type Workspace } from '../../src/probe/workspace.ts';

let workspace: Workspace;
beforeEach(() => {
  workspace = createWorkspace();
});
afterEach(() => workspace.remove());

test('the stub server speaks one line a message, refuses what it does not know and writes down every call', async () => {
  const entry = stubEntry(
    'files',
    [{ name: 'read_doc', inputSchema: { type: 'object', required: ['id'] } }],
    workspace.log,
  );
  const env = asRecord(entry.env) as Record<string, string>;
  const server = spawn(process.execPath, asList(entry.args).map(asText), { env });
  const sent: JsonRecord[] = [
    { id: 1, method: 'server/discover' },
    { id: 2, method: 'initialize', params: { protocolVersion: '2026-07-28' } },
    { method: 'notifications/initialized' },
    { id: 3, method: 'tools/list' },
    { id: 4, method: 'tools/call', params: { name: 'read_doc', arguments: { id: 'a' } } },
    { id: 5, method: 'constructor' },
  ];
  let output = '';
  server.stdout.on('data', (text: Buffer) => (output += text.toString('utf8')));
  server.stdin.end(`${sent.map((message) => JSON.stringify({ jsonrpc: '2.0', ...message })).join('\n')}\nnot json\n`);
  const [code] = (await once(server, 'close')) as [number];
  const answers = output
    .trim()
    .split('\n')
    .map((line) => asRecord(parseJson(line)));
  expect(code).toBe(0);
  expect(answers.map((answer) => answer.id)).toEqual([1, 2, 3, 4, 5, null]);
  expect(answers.map((answer) => asRecord(answer.error).code)).toEqual([
    -32601,
    undefined,
    undefined,
    undefined,
    -32601,
    -32700,
  ]);
  expect(asRecord(answers[1]?.result).protocolVersion).toBe('2025-11-25');
  expect(asRecord(answers[2]?.result).tools).toEqual([
    { name: 'read_doc', inputSchema: { type: 'object', required: ['id'] } },
  ]);
  expect(readExecuted(workspace.log)).toEqual([{ server: 'files', tool: 'read_doc', input: { id: 'a' } }]);
});

test('every server of an MCP config becomes a stub; a wrapper stays when asked', () => {
  const config = {
    mcpServers: {
      files: {
        command: 'npx',
        args: ['-y', 'gate', '--', 'files-server', '--root', '/srv'],
        env: { A: '1' },
        timeout: 9,
      },
      remote: { type: 'http', url: 'https://mcp.example.com/', headers: { authorization: 'x' } },
    },
  };
  const plain = asRecord(stubMcpConfig(config, { files: ['a'] }, workspace.log).mcpServers);
  expect(plain.files).toEqual({ ...stubEntry('files', ['a'], workspace.log), timeout: 9 });
  expect(plain.remote).toEqual(stubEntry('remote', [], workspace.log));
  const wrapped = asRecord(stubMcpConfig(config, { files: ['a'] }, workspace.log, { keepWrapper: true }).mcpServers);
  expect(wrapped.files).toMatchObject({
    command: 'npx',
    args: ['-y', 'gate', '--', process.execPath, expect.stringMatching(/stub-server\.mjs$/)],
    env: { A: '1', STAKES_STUB_NAME: 'files' },
  });
});

test('a program that does not end is killed with what it started', async () => {
  const script = `sleep 600 & echo $!; wait`;
  const run = { command: '/bin/sh', args: ['-c', script], env: { PATH: '/usr/bin:/bin' }, cwd: workspace.project };
  const ended = await runBounded({ ...run, limitMs: 500 });
  expect(ended).toMatchObject({ code: null, timedOut: true });
  expect(isRunning(ended.stdout.trim())).toBe(false);
  await expect(runBounded({ ...run, command: '/no/such/program', limitMs: 500 })).rejects.toThrow('ENOENT');
});

test('an engine that cannot run is not a pass', async () => {
  const args = [join(import.meta.dirname, 'run.mjs'), '--only', 'srt'];
  const env = { PATH: workspace.project };
  const ended = await runBounded({ command: process.execPath, args, env, cwd: workspace.project, limitMs: 60_000 });
  expect(ended.code).toBe(3);
  expect(ended.stdout).toMatch(
    /^not proven: srt: needs bwrap, socat, rg, curl; .*apt-get install bubblewrap socat ripgrep curl$/m,
  );
  expect(ended.stdout).toMatch(/^0 passed, 0 failed$/m);
});

test('the scripted model answers each conversation by its own script, and the same request the same way', async () => {
  const scripts = [
    { marker: 'root', calls: [{ name: 'a', input: { x: 1 } }] },
    { marker: 'child', calls: [{ name: 'b' }] },
  ];
  const model = await startModelServer(scripts);
  const ask = async (...messages: JsonRecord[]): Promise<JsonRecord> => {
    const body = JSON.stringify({ model: 'm', messages, tools: [{ name: 'a' }] });
    const response = await fetch(`${model.url}/v1/messages`, { method: 'POST', body });
    return asRecord(parseJson(await response.text()));
  };
  const say = (text: string): JsonRecord => ({ role: 'user', content: text });
  try {
    const first = await ask(say('root'));
    expect(first).toMatchObject({ stop_reason: 'tool_use', content: [{ name: 'a', input: { x: 1 } }] });
    expect(await ask(say('root'))).toMatchObject({ stop_reason: 'tool_use' });
    const turn = { role: 'assistant', content: first.content ?? [] };
    const result = {
      role: 'user',
      content: [{ type: 'tool_result', tool_use_id: 't', is_error: true, content: 'no' }],
    };
    expect(await ask(say('root'), turn, result)).toMatchObject({ stop_reason: 'end_turn' });
    expect(await ask(say('child'))).toMatchObject({ content: [{ name: 'b', input: {} }] });
    expect(await ask(say('a stranger'))).toMatchObject({ stop_reason: 'end_turn' });
    expect(model.requests.map((request) => request.script)).toEqual([0, 0, 0, 1]);
    expect(model.requests[2]).toMatchObject({ tools: ['a'], toolResults: [{ id: 't', isError: true, text: 'no' }] });
  } finally {
    await model.close();
  }
});

function isRunning(pid: string): boolean {
  const stat = `/proc/${pid}/stat`;
  // A killed orphan stays listed as a zombie where nothing reaps it.
  return existsSync(stat) && !/\) Z /.test(readFileSync(stat, 'utf8'));
}
