import { spawnSync } from 'node:child_process';
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { agent, grant, policy, server } from '../../model/policy.fixture.ts';
import type { AgentPolicy, Policy } from '../../model/policy.ts';
import { asRecord, type JsonRecord, parseJson } from '../../probe/json.ts';
import { writeIn } from '../../probe/workspace.ts';
import { answerTo } from './hook/answer.ts';
import { target } from './target.ts';

const root = mkdtempSync(join(tmpdir(), 'stakes-copilot-'));
afterAll(() => rmSync(root, { recursive: true, force: true }));

const alone = (more: Partial<AgentPolicy>): Policy => policy([agent('desk', more as Parameters<typeof agent>[1])]);
const textOf = (made: Policy, path: string) =>
  target.emit(made).files.find((file) => file.path === path)?.content ?? '';
const offered = (made: Policy) => /--available-tools='([^']*)'/.exec(textOf(made, 'launch.sh'))?.[1]?.split(',');
const lossesOf = (made: Policy) =>
  target
    .emit(made)
    .losses.map(({ what, tool, message }) => `${what}${tool === undefined ? '' : ` ${tool}`}: ${message}`);

const desk = alone({
  servers: {
    kb: server('kb', [], { env: { KEY: '${KEY}' } }),
    shell: server('x'),
    'a b': server('y'),
    a_b: server('z'),
  },
  tools: {
    'kb/read': grant('allow', { arguments: { type: 'object', properties: { id: { type: 'integer' } } } }),
    'kb/zap': grant('deny'),
    'kb/x y': grant('allow'),
    'kb/x.y': grant('ask'),
    'shell/rm:*': grant('ask'),
    'a b/c': grant('allow'),
    'a_b/c': grant('allow'),
    'kb/*': grant('allow'),
    Read: grant('allow'),
    Bash: grant('allow'),
  },
  filesystem: { read: null, write: [] },
});

test('only granted tools are offered, each by a name that no other has', () => {
  expect(offered(desk)).toEqual(['a_b-c', 'a_b_2-c', 'kb-read', 'shell_2-rm--', 'view']);
  const { mcpServers } = asRecord(parseJson(textOf(desk, 'mcp.json')));
  expect(Object.entries(asRecord(mcpServers)).map(([name, entry]) => [name, asRecord(entry).tools])).toEqual([
    ['a_b', ['c']],
    ['a_b_2', ['c']],
    ['kb', ['read']],
    ['shell_2', ['rm:*']],
  ]);
  expect(lossesOf(desk)).toEqual(
    expect.arrayContaining([
      'name kb/x y: stricter: denied, because `kb/x y` and `kb/x.y` have one name in Copilot',
      'wildcard kb/*: stricter: denied, because only tools by name can be offered',
      expect.stringMatching(/^built-in Bash: stricter: denied/),
    ]),
  );
});

test('a policy that grants nothing offers nothing, rather than everything', () => {
  expect(offered(alone({}))).toEqual(['stakes_none']);
});

test('the same policy gives the same bytes', () => {
  expect(target.emit(desk)).toEqual(target.emit(structuredClone(desk)));
});

function told(toolName: string, toolArgs: unknown, more: JsonRecord = {}) {
  const folder = join(root, '.stakes/desk/copilot-cli');
  writeIn(folder, 'names.json', textOf(desk, 'names.json'));
  writeIn(folder, '../policy.json', JSON.stringify(desk));
  writeIn(root, 'page.md', 'page');
  const text = JSON.stringify({ sessionId: 's', cwd: root, toolName, toolArgs, ...more });
  const machine = { platform: 'linux', env: {}, home: join(root, 'home') };
  return answerTo(text, 'desk', { folder, machine, time: 0 })?.permissionDecision ?? 'nothing';
}

test('the hook: arguments, questions, names that nobody listed, and calls in words that it does not know', () => {
  expect(told('kb-read', { id: 1 })).toBe('allow');
  expect(told('kb-read', JSON.stringify({ id: 1 }))).toBe('allow');
  expect(told('kb-read', { id: 'x' })).toBe('deny');
  expect(told('shell_2-rm--', {})).toBe('ask');
  for (const name of ['kb-zap', 'kb-x-y', 'kb-other', 'bash', 'create', '__proto__'])
    expect(told(name, {})).toBe('deny');
  expect(told('kb-read', 7)).toBe('deny');
  expect(told('kb-read', { id: 1 }, { sessionId: 3 })).toBe('deny');
});

test('the hook: files of the project only, whatever a path looks like', () => {
  expect(told('view', { path: join(root, 'page.md') })).toBe('nothing');
  expect(told('view', { path: 'page.md' })).toBe('nothing');
  for (const path of ['../x', '/etc/passwd', `${root}/../x`, 7]) expect(told('view', { path })).toBe('deny');
});

test('the launcher refuses what could widen the session, and names what is not set', () => {
  const folder = join(root, 'launch');
  for (const { path, content } of target.emit(desk).files) writeIn(join(folder, 'copilot-cli'), path, content);
  writeIn(folder, 'policy.json', '{}');
  // In place of the program: what it would have been started with.
  chmodSync(writeIn(folder, 'bin/copilot', '#!/bin/sh\nprintf "%s\\n" "$@"\n'), 0o755);
  const started = (env: Record<string, string>, ...args: string[]) => {
    const path = [join(folder, 'bin'), join(process.execPath, '..'), '/usr/bin', '/bin'].join(':');
    const { status, stdout, stderr } = spawnSync('/bin/sh', [join(folder, 'copilot-cli/launch.sh'), ...args], {
      env: { PATH: path, ...env },
      encoding: 'utf8',
    });
    return { status, said: (stdout + stderr).trim() };
  };
  expect(started({}, '-p', 'x')).toEqual({ status: 2, said: 'launch.sh: KEY is not set' });
  const refused = [
    ['--allow-all'],
    ['-p', '--yolo'],
    ['--allow-tool=bash'],
    ['mcp', 'add'],
    ['-p'],
    ['--'],
    ['-sp', 'x'],
  ];
  for (const args of refused) expect(started({ KEY: 'k' }, ...args).status, args.join(' ')).toBe(2);
  const { status, said } = started({ KEY: 'k' }, '-p', 'a task', '--model=m');
  expect(status).toBe(0);
  expect(said.split('\n').slice(0, 3)).toEqual(['-p', 'a task', '--model=m']);
});
