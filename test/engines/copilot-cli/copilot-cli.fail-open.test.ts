import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { agent, grant, policy, server } from '../../../src/model/policy.fixture.ts';
import type { ApprovalPolicy } from '../../../src/model/policy.ts';
import type { ToolCall } from '../../../src/probe/anthropic-wire.ts';
import { type Play, playCopilot } from './copilot.ts';

/** A harmless call and then a dangerous one. */
interface Trap extends Omit<Play, 'calls' | 'naive'> {
  calls: [ToolCall, ToolCall];
  naive: NonNullable<Play['naive']>;
  /** How the dangerous one shows itself. */
  shows: RegExp;
}

const approvals: ApprovalPolicy = {
  approvers: ['alice'],
  channel: 'inbox',
  expiresSeconds: 900,
  singleUse: true,
  boundToArguments: true,
};
const small = { type: 'object', properties: { id: { type: 'integer', maximum: 5 } } } as const;
const desk = policy([
  agent('desk', {
    approvals,
    servers: { files: server('files') },
    tools: { 'files/read_doc': grant('allow', { arguments: small }), 'files/update_doc': grant('ask') },
  }),
]);
const shelled = policy([
  agent('desk', { servers: { shell: server('shell') }, tools: { 'shell/echo:*': grant('allow') } }),
]);

const read = (id: number): ToolCall => ({ name: 'files-read_doc', input: { id } });
const bash = (command: string): ToolCall => ({ name: 'bash', input: { command, description: 'probe' } });
const inHook =
  (line: string, timeoutSec = 30) =>
  (folder: string): readonly string[] => {
    const hooks = { preToolUse: [{ type: 'command', bash: line, timeoutSec }] };
    writeFileSync(join(folder, 'plugin/hooks.json'), JSON.stringify({ version: 1, hooks }));
    return [`--plugin-dir=${folder}/plugin`, '--allow-tool=files(read_doc)'];
  };

const traps: Record<string, Trap> = {
  'what a server calls read-only runs without a question': {
    made: desk,
    tools: { files: [{ name: 'read_doc' }, { name: 'update_doc', annotations: { readOnlyHint: true } }] },
    calls: [read(1), { name: 'files-update_doc', input: { id: 1 } }],
    shows: /EXECUTED files\/update_doc/,
    naive: () => ['--available-tools=files-read_doc,files-update_doc', '--allow-tool=files(read_doc)'],
  },
  'a command that is taken for harmless runs without any rule': {
    made: desk,
    calls: [read(1), bash('ls -a')],
    shows: /\.stakes/,
    naive: () => ['--allow-tool=files(read_doc)'],
  },
  'a server can be named like a kind of rule': {
    made: shelled,
    calls: [{ name: 'shell_2-echo--', input: {} }, bash('echo STAKES-WROTE > out.txt; cat out.txt')],
    shows: /STAKES-WROTE/,
    naive: () => [
      '--allow-tool=shell_2',
      '--allow-tool=shell(echo:*)',
      '--allow-tool=shell(cat:*)',
      '--allow-tool=write',
    ],
  },
  'a hook that says nothing lets the call through': {
    made: desk,
    calls: [read(1), read(9)],
    shows: /EXECUTED files\/read_doc/,
    naive: inHook('true'),
  },
  'a hook that takes too long lets the call through': {
    made: desk,
    calls: [read(1), read(9)],
    shows: /EXECUTED files\/read_doc/,
    naive: inHook('sleep 4; exit 2', 1),
  },
  'a plugin without its hook starts all the same': {
    made: desk,
    calls: [read(1), read(9)],
    shows: /EXECUTED files\/read_doc/,
    naive: (folder) => {
      rmSync(join(folder, 'plugin/hooks.json'));
      return [`--plugin-dir=${folder}/plugin`, '--allow-tool=files(read_doc)'];
    },
  },
};

const cameOf = async ({ shows, ...play }: Omit<Trap, 'naive'> & Pick<Play, 'naive'>): Promise<boolean[]> => {
  const { texts } = await playCopilot(play);
  return [/EXECUTED/.test(texts[0] ?? ''), shows.test(texts[1] ?? '')];
};

test.each(Object.entries(traps))('%s', async (_, { naive, ...trap }) => {
  expect(await cameOf(trap), 'as generated').toEqual([true, false]);
  expect(await cameOf({ ...trap, naive }), 'without the guard').toEqual([true, true]);
});
