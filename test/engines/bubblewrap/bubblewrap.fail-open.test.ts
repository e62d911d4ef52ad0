import { expect, test } from 'vitest';
import { agent, policy, server } from '../../../src/model/policy.fixture.ts';
import { type Attempt, cameOf, type Trap } from './traps.ts';

const token = { TOKEN: { servers: ['pay'], mode: 'live' as const, scopes: [], ttlSeconds: null } };
const SERVED = policy([agent('desk', { servers: { pay: server('pay', [], { read: ['./kb'] }) }, credentials: token })]);
const READING = policy([agent('desk', { filesystem: { read: ['./kb'], write: [] } })]);
const WRITING = policy([agent('desk', { filesystem: { read: [], write: ['.'] } })], { protectedPaths: ['.stakes/**'] });

const show = (line: string, shows: string): Attempt => ({ line, shows });
const page = show('cat kb/page.md', 'PUBLIC-PAGE');

const traps: Record<string, Trap> = {
  'every variable of whoever starts it is inside': {
    made: SERVED,
    script: 'servers/pay.sh',
    naive: (script) => script.replace(' --clearenv', ''),
    attempts: [show('echo "$TOKEN"', 'SECRET-TOKEN'), show('echo "$OTHER"', 'OTHER-SECRET')],
  },
  'a variable that is set by an option can be read from outside, in the list of processes': {
    made: SERVED,
    script: 'servers/pay.sh',
    naive: (script) => script.replace('--args 9', '--setenv TOKEN "$TOKEN" --args 9'),
    attempts: [
      show('echo "$TOKEN"', 'SECRET-TOKEN'),
      show("tr '\\0' '\\n' < /proc/1/cmdline | sed 's/^SECRET/SEEN/'", 'SEEN-TOKEN'),
    ],
  },
  'a folder that whoever starts it has open is open inside': {
    made: READING,
    script: 'agent.sh',
    naive: (script) => script.replace(/^exec 3<&-.*$/m, ''),
    attempts: [page, show('cat /proc/self/fd/3/.ssh/id', 'PRIVATE-KEY')],
  },
  'a mount of a folder covers the one of a protected file that came before': {
    made: WRITING,
    script: 'agent.sh',
    naive: (script) => script.replace(' --args 9 \\\n', '').replace('  --bind ', '  --args 9 --bind '),
    attempts: [
      { line: 'echo x > out/note.txt', makes: 'out/note.txt' },
      { line: 'echo x > .stakes/desk/note.txt', makes: '.stakes/desk/note.txt' },
    ],
  },
  'unless all is unshared, servers of this machine are reached': {
    made: READING,
    script: 'agent.sh',
    naive: (script) => script.replace('--unshare-all', '--unshare-pid --unshare-uts --unshare-ipc'),
    attempts: [
      page,
      {
        line: "printf 'CONNECT db.internal:5432 HTTP/1.1\\r\\n\\r\\n' | busybox nc -w 5 127.0.0.1 INTERNET",
        reaches: 'db.internal:5432',
      },
    ],
  },
  'a user namespace of its own can be had inside': {
    made: READING,
    script: 'agent.sh',
    naive: (script) => script.replace(' --disable-userns', ''),
    attempts: [page, show('busybox unshare -U busybox true && echo NAMESPACE', 'NAMESPACE')],
  },
};

test.each(Object.entries(traps))('%s', async (_, trap) => {
  expect(await cameOf(trap, true), 'as generated').toEqual([0]);
  expect(await cameOf(trap, false), 'without the guard').toEqual([0, 1]);
});
