import { describe, expect, test } from 'vitest';
import type { ToolCall } from '../../src/probe/anthropic-wire.ts';
import { agent, grant, policy, server } from '../../src/targets/claude-code/sample.fixture.ts';
import { permissions, withoutHook } from './claude-code-changes.ts';
import {
  denies,
  denyInstead,
  type Edit,
  hookEntry,
  inJson,
  noBuiltInDenied,
  ranOf,
  type Trap,
  withoutFlag,
} from './claude-code-fail-open.ts';

const files = { files: server('true') };
const short = { type: 'object', properties: { id: { type: 'string', maxLength: 3 } } } as const;
const tools = { 'files/read_doc': grant('allow', { arguments: short }), 'files/delete_doc': grant('deny') };
const everywhere = { filesystem: { read: ['.'], write: ['.'] } };
const own = { ...tools, Read: grant('allow'), Write: grant('allow'), Bash: grant('allow') };

const CLERK = policy([agent('clerk', { tools, servers: files })]);
const EDITOR = policy([agent('clerk', { tools: own, servers: files, ...everywhere })], {
  protectedPaths: ['stakes.pins.json'],
});
const ONE_TURN = policy([agent('clerk', { tools, servers: files, limits: { turnsPerSession: 0 } })]);
const ODD = policy([
  agent('clerk', {
    tools: { 'files.prod v2/read_doc': grant('allow'), 'files.prod v2/delete_doc': grant('deny') },
    servers: { 'files.prod v2': server('true') },
  }),
]);

const call = (tool: string, id: string): ToolCall => ({ name: `mcp__${tool}`, input: { id } });
const read = call('files__read_doc', '1');
const remove = call('files__delete_doc', '2');
const tooLong = call('files__read_doc', 'too long');
const unlisted = call('files__unlisted', '3');
const look: ToolCall = { name: 'Read', input: { file_path: 'inside.txt' } };
const write = (file_path: string): ToolCall => ({ name: 'Write', input: { file_path, content: 'x' } });
const python = (file: string): ToolCall => ({
  name: 'Bash',
  input: { command: `python3 -c "open('${file}', 'w')"`, description: file },
});

const noHook = inJson(withoutHook);
const inFlags = (edit: Edit) => ({ 'launcher-settings.json': edit });
const inProject = (edit: Edit) => ({ 'settings.json': edit });
const inLauncher = (edit: Edit) => ({ 'launch.sh': edit });
/** A harmless call and then a dangerous one. */
const two = { made: CLERK, guarded: [0], open: [0, 1] };
const allow = ['mcp__files__*'];
const project = { ...two, by: 'project', allow, alone: [inProject(noHook)], calls: [read, remove] } as const;
const flags = { ...two, by: 'flags', alone: [inFlags(noHook)] } as const;
const launcher = { ...flags, by: 'launcher' } as const;
const edits = { ...launcher, made: EDITOR, calls: [write('note.txt'), write('stakes.pins.json')] };

const rules: Record<string, Trap> = {
  'a deny with a pattern for arguments is skipped': {
    ...project,
    naive: inProject(denyInstead('mcp__files__delete_doc', 'mcp__files__delete_doc(id:*)')),
  },
  'a deny under the name that the server has elsewhere is for no server': {
    ...project,
    made: ODD,
    allow: ['mcp__files_prod_v2__*'],
    calls: [call('files_prod_v2__read_doc', '1'), call('files_prod_v2__delete_doc', '2')],
    naive: inProject(denyInstead('mcp__files_prod_v2__delete_doc', 'mcp__files.prod v2__delete_doc')),
  },
  'one wrong value drops the file of a session': {
    ...flags,
    allow,
    calls: [read, remove],
    naive: inFlags(inJson(permissions((all) => ({ ...all, defaultMode: 'dontask' })))),
  },
  'one wrong value drops the file of a project': {
    ...project,
    naive: inProject(inJson(permissions((all) => ({ ...all, disableAutoMode: true })))),
  },
  '`Write(path)` is never looked at': {
    ...edits,
    naive: inFlags(denies((rule) => [rule.replace(/^Edit\(/, 'Write(')])),
  },
  'a leading slash in the file of a session is not the project': {
    ...edits,
    naive: inFlags(denies((rule) => [rule.replace(/^Edit\((\*\*\/)?/, 'Edit(/')])),
  },
  'a path that begins with a glob is not held in the sandbox': {
    ...edits,
    calls: [python('note.txt'), python('stakes.pins.json')],
    naive: inFlags(denies((rule) => (/^Edit\((?!\*\*)/.test(rule) ? [] : [rule]))),
  },
};

const node: Edit = (text) => text.replace(/; \[ \$\?.*/, '').replace(/^sh (.*)hook\.sh/, 'node $1hook.mjs');
const commandIs = (edit: Edit) => inProject(hookEntry({ command: (text) => edit(String(text)) }));
const untold: Edit = (text) => text.replace(/; \[ \$\?.*/, '');
const broken = { ...project, made: EDITOR, calls: [look, tooLong] };

const hooks: Record<string, Trap> = {
  'what is missing does not refuse': {
    ...broken,
    alone: [{ 'hook.sh': () => undefined, 'hook.mjs': () => undefined }],
    naive: commandIs(node),
  },
  'what is empty does not refuse': { ...broken, alone: [{ 'hook.sh': () => '' }], naive: commandIs(untold) },
  'what crashes does not refuse': {
    ...broken,
    alone: [{ 'hook.mjs': () => 'throw new Error()' }, commandIs(untold)],
    naive: commandIs(node),
  },
  'what takes longer than its time limit does not refuse': {
    ...broken,
    alone: [
      { 'hook.mjs': () => 'setTimeout(() => {}, 10_000)', 'hook.sh': (text) => text.replace('sleep 20', 'sleep 3') },
    ],
    naive: inProject(hookEntry({ timeout: () => 1 })),
  },
};

const dontAsk = { ...launcher, calls: [read, look] };
const widened = { ...launcher, allow, calls: [read, unlisted] };
const noList = inLauncher(withoutFlag('agent'));
const noFlag = inLauncher(withoutFlag('tools'));
const allSources = inLauncher(withoutFlag('setting-sources'));

const sessions: Record<string, Trap> = {
  '`dontAsk` reads the project: denied by name': { ...dontAsk, by: 'flags', naive: inFlags(noBuiltInDenied) },
  '`dontAsk` reads the project: left out of `--tools`': {
    ...dontAsk,
    alone: [inFlags(noHook), inFlags(noBuiltInDenied), noList],
    naive: noFlag,
  },
  '`dontAsk` reads the project: not in the list of the agent': {
    ...dontAsk,
    alone: [inFlags(noHook), inFlags(noBuiltInDenied), noFlag],
    naive: noList,
  },
  'the rules of the user allow more: not read': { ...widened, alone: [inFlags(noHook), noList], naive: allSources },
  'the rules of the user allow more: not in the list of the agent': {
    ...widened,
    alone: [inFlags(noHook), allSources],
    naive: noList,
  },
  'the rules of the user allow more: refused by the hook': {
    ...project,
    alone: [],
    calls: [read, unlisted],
    naive: inProject(noHook),
  },
  '`--max-turns 0` is no limit': {
    ...launcher,
    made: ONE_TURN,
    calls: [read, call('files__read_doc', '2'), call('files__read_doc', '3')],
    naive: inLauncher((text) => text.replace('--max-turns 1', '--max-turns 0')),
    open: [0, 1, 2],
  },
};

describe.each(Object.entries({ rules, hooks, sessions }))('%s', (_, traps) => {
  test.each(Object.entries(traps))('%s', async (_, trap) => {
    expect(await ranOf(trap), 'as generated').toEqual(trap.guarded);
    expect(await ranOf(trap, [trap.naive]), 'without the guard').toEqual(trap.open);
  });
});
