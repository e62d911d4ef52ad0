import { expect, test } from 'vitest';
import { agent, policy } from '../../../src/model/policy.fixture.ts';
import { cameOf, type Trap } from './traps.ts';

const READING = policy([agent('desk', { filesystem: { read: ['./kb'], write: [] } })]);
const WRITING = policy([agent('desk', { filesystem: { read: [], write: ['.'] } })], { protectedPaths: ['.stakes/**'] });

const page = { line: 'cat kb/page.md', shows: 'PUBLIC-PAGE' };
const note = { line: 'echo x > kb/note.txt', makes: 'kb/note.txt' };
const policyFile = { line: 'echo x > .stakes/desk/note.txt', makes: '.stakes/desk/note.txt' };
const key = { line: 'cat ../home/.ssh/id', shows: 'PRIVATE-KEY' };

const traps: Record<string, Trap> = {
  'an empty root by `TemporaryFileSystem=/` is left out beside `ProtectSystem=strict`, and nothing says so': {
    made: READING,
    naive: (unit) =>
      unit.replace(/^RootDirectory=.*$/m, 'TemporaryFileSystem=/:ro').replace(/^TemporaryFileSystem=\/var.*\n/gm, ''),
    attempts: [page, key],
  },
  'a read-only file system is one that everybody reads': {
    made: READING,
    naive: (unit) => unit.replace(/^RootDirectory=.*\n|^TemporaryFileSystem=\/var.*\n|^MountAPIVFS=.*\n/gm, ''),
    attempts: [page, key],
  },
  'a key that it does not know is passed over, and the unit starts': {
    made: READING,
    naive: (unit) =>
      unit.replace('PrivateNetwork=yes', 'PrivateNetworking=yes').replace('IPAddressDeny=any', 'IPAddressDenied=any'),
    attempts: [page, { line: 'CALL', reaches: 'db.internal:5432' }],
  },
  'a value that it does not know is passed over, and the unit starts': {
    made: READING,
    naive: (unit) =>
      unit
        .replace('PrivateNetwork=yes', 'PrivateNetwork=strict')
        .replace('IPAddressDeny=any', 'IPAddressDeny=everything'),
    attempts: [page, { line: 'CALL', reaches: 'db.internal:5432' }],
  },
  'a path with `-` before it that is misspelled protects nothing, and the unit starts': {
    made: WRITING,
    naive: (unit) =>
      unit.replace('ReadOnlyPaths="+/', 'ReadOnlyPaths="-+/').replace('project/.stakes"', 'project/.stake"'),
    attempts: [note, policyFile],
  },
  'a list that is written twice is one list, and an empty value empties it': {
    made: READING,
    naive: (unit) =>
      unit
        .replace('IPAddressDeny=any', 'IPAddressDeny=any\nIPAddressDeny=')
        .replace('PrivateNetwork=yes', 'PrivateNetwork=no'),
    attempts: [page, { line: 'CALL', reaches: 'db.internal:5432' }],
  },
  'a path to keep that has no `+` before it is one of the machine, and the process still writes': {
    made: WRITING,
    naive: (unit) => unit.replace('ReadOnlyPaths="+/', 'ReadOnlyPaths="/'),
    attempts: [note, policyFile],
  },
};

test.each(Object.entries(traps))('%s', async (_, trap) => {
  expect(await cameOf(trap, true), 'as generated').toEqual([0]);
  expect(await cameOf(trap, false), 'without the guard').toEqual([0, 1]);
});

test('a protected path without `-` that is not there keeps the unit from starting', async () => {
  const gone: Trap = {
    made: WRITING,
    naive: (unit) => unit.replace('project/.stakes"', 'project/.stake"'),
    attempts: [page, key],
  };
  await expect(cameOf(gone, false)).rejects.toThrow('the unit did not start');
});
