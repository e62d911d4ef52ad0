import { join } from 'node:path';
import { expect, test } from 'vitest';
import { agent, grant, policy, server } from '../../../src/model/policy.fixture.ts';
import type { ToolCall } from '../../../src/probe/anthropic-wire.ts';
import { asRecord, type JsonRecord } from '../../../src/probe/json.ts';
import { writeIn } from '../../../src/probe/workspace.ts';
import type { OpenCodeOutcome } from '../../../src/targets/opencode/proof/session.ts';
import { type Play, playOpenCode } from './opencode.ts';

/** A harmless call and then a dangerous one, or another sign that something came through. */
interface Trap extends Omit<Play, 'calls' | 'naive'> {
  calls: [ToolCall, ToolCall];
  naive: NonNullable<Play['naive']>;
  came?: (outcome: OpenCodeOutcome) => number[];
}

const SECRET = 'STAKES-SECRET-TEXT';
const files = { files: server('files') };
const desk = policy([
  agent('desk', {
    servers: files,
    tools: { 'files/read_doc': grant('allow'), 'files/delete_doc': grant('deny') },
  }),
]);
const writer = policy([
  agent('desk', { tools: { Write: grant('allow'), Edit: grant('allow') }, filesystem: { read: [], write: null } }),
]);
const reader = policy([
  agent('desk', {
    servers: { external: server('external') },
    tools: { Read: grant('allow'), 'external/directory': grant('allow') },
    filesystem: { read: null, write: [] },
  }),
]);
const curious = policy([
  agent('desk', { name: 'Desk {file:~/secret.txt}', servers: files, tools: { 'files/read_doc': grant('allow') } }),
]);

const read: ToolCall = { name: 'files_read_doc', input: { id: 1 } };
const remove: ToolCall = { name: 'files_delete_doc', input: { id: 1 } };
const write = (filePath: string): ToolCall => ({ name: 'write', input: { filePath, content: 'x' } });
const look = (filePath: string): ToolCall => ({ name: 'read', input: { filePath } });

const alone =
  (permission: JsonRecord) =>
  ({ mcp }: JsonRecord): JsonRecord => ({ permission, mcp: mcp ?? {} });
const executed = ({ calls }: OpenCodeOutcome) => calls.map(({ tool }) => (tool === 'read_doc' ? 0 : 1));
const said = (pattern: RegExp) => (outcome: OpenCodeOutcome) =>
  outcome.texts(0).flatMap((text, at) => (pattern.test(text) ? [at] : []));

const traps: Record<string, Trap> = {
  'a key that is spelled wrong is dropped in silence, and what no rule names is allowed': {
    made: desk,
    calls: [read, remove],
    naive: ({ mcp }) => ({ permision: { '*': 'deny', files_read_doc: 'allow' }, mcp: mcp ?? {} }),
  },
  'the last rule that matches counts, not the narrowest': {
    made: desk,
    calls: [read, remove],
    naive: alone({ files_delete_doc: 'deny', 'files_*': 'allow' }),
  },
  'rules of a user stay behind ours where both have the same first one': {
    made: desk,
    user: { permission: { '*': 'allow', 'files_*': 'allow' } },
    calls: [read, remove],
    naive: alone({ '*': 'deny', files_read_doc: 'allow' }),
  },
  'a project adds rules to an agent by its name': {
    made: desk,
    prepare: ({ project }) => {
      writeIn(project, 'opencode.json', { agent: { 'stakes-desk': { permission: { 'files_*': 'allow' } } } });
    },
    calls: [read, remove],
    naive: (config) => config,
  },
  'a subagent of OpenCode itself has what no rule of the session names': {
    made: desk,
    calls: [read, { name: 'task', input: { description: 'd', prompt: 'play the other', subagent_type: 'general' } }],
    subagents: [{ marker: 'play the other', calls: [remove] }],
    naive: ({ agent: agents, mcp, default_agent }) => {
      const own = asRecord(asRecord(agents)['stakes-desk']);
      const permission = { ...asRecord(own.permission), task: 'allow' };
      return { default_agent: default_agent ?? '', agent: { 'stakes-desk': { ...own, permission } }, mcp: mcp ?? {} };
    },
  },
  'a server and its tool can be named like a right of OpenCode': {
    made: reader,
    prepare: ({ home, project }) => {
      writeIn(home, 'secret.txt', SECRET);
      writeIn(project, 'page.txt', 'STAKES-PUBLIC-TEXT');
    },
    calls: [look('page.txt'), look('../home/secret.txt')],
    came: said(/STAKES-(?:PUBLIC|SECRET)-TEXT/),
    naive: alone({ '*': 'deny', read: 'allow', external_directory: 'allow' }),
  },
  'in a folder that is no repository, paths begin at the root of the machine': {
    made: writer,
    calls: [write('note.txt'), write('.stakes/desk/note.txt')],
    came: said(/successfully/i),
    naive: alone({ '*': 'deny', edit: { '*': 'allow', '.stakes/*': 'deny' } }),
  },
  'a file that is named in braces goes to the model': {
    made: curious,
    prepare: ({ home }) => {
      writeIn(home, 'secret.txt', SECRET);
    },
    calls: [read, read],
    came: ({ calls, requests }) => [
      ...calls.slice(0, 1).map(() => 0),
      ...(requests.some(({ system }) => system.includes(SECRET)) ? [1] : []),
    ],
    naive: (config) => config,
    rewritten: (text) => text.replaceAll('\\u007bfile:', '{file:'),
  },
};

test.each(Object.entries(traps))('%s', async (_, { came = executed, naive, rewritten, ...trap }) => {
  expect(came(await playOpenCode(trap)), 'as generated').toEqual([0]);
  const careless = await playOpenCode({ ...trap, naive, ...(rewritten === undefined ? {} : { rewritten }) });
  expect(came(careless), 'without the guard').toEqual([0, 1]);
});

test('the launcher refuses what would undo its rules', async () => {
  const { launcherScript } = await import('../../../src/targets/opencode/launcher.ts');
  const { planOf } = await import('../../../src/targets/opencode/plan.ts');
  const { spawnSync } = await import('node:child_process');
  const { createWorkspace } = await import('../../../src/probe/workspace.ts');
  const workspace = createWorkspace();
  try {
    writeIn(workspace.project, 'opencode.json', {});
    const script = writeIn(workspace.project, 'launch.sh', launcherScript(planOf(desk)));
    // In place of the program: what it would have been started with.
    writeIn(workspace.root, 'bin/opencode', '#!/bin/sh\necho "$@"\n');
    const { chmodSync } = await import('node:fs');
    chmodSync(join(workspace.root, 'bin/opencode'), 0o755);
    const started = (...args: string[]) => {
      const env = { PATH: `${join(workspace.root, 'bin')}:/usr/bin:/bin`, HOME: workspace.home };
      const { status, stdout, stderr } = spawnSync('/bin/sh', [script, ...args], { env, encoding: 'utf8' });
      return [status, (stdout + stderr).trim()];
    };
    for (const args of [
      ['run', '--auto', 'x'],
      ['run', '--agent=build', 'x'],
      ['run', '--attach', 'http://x'],
      ['--', 'x'],
    ])
      expect(started(...args)[0], args.join(' ')).toBe(2);
    for (const args of [['serve'], ['debug', 'config'], ['--model', 'run']]) expect(started(...args)[0]).toBe(2);
    expect(started('run', 'serve', '--title', 'a b')).toEqual([0, 'run serve --title a b --agent stakes-desk']);
    expect(started('--model=a/b')).toEqual([0, '--model=a/b --agent stakes-desk']);
  } finally {
    workspace.remove();
  }
});
