import { readFileSync } from 'node:fs';
import { setTimeout as wait } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { capped, drive, place, until } from './gate-state/gates.ts';
import { redis } from './gate-state/redis.ts';

const PASSWORD = 'correct-horse-battery';
const argv = (url: string) => [
  'gate',
  '-p',
  'policy.json',
  '--server',
  'pay',
  '--state',
  url,
  '--',
  'node',
  'server.mjs',
];

test('a wrong password, or none, ends it before anything is started, and is shown nowhere', async () => {
  const { port } = await redis('--requirepass', PASSWORD);
  const at = place(capped({}));
  const wrong = await at.run(argv(`redis://:wrong-${PASSWORD}@127.0.0.1:${port}`));
  expect(wrong).toMatchObject({ code: 2, out: '' });
  expect(wrong.err.replace(/\s+/g, ' ')).toContain(
    `redis://127.0.0.1:${port} cannot be used: it refuses the name or the password`,
  );
  expect(wrong.err).not.toContain(PASSWORD);
  const none = await at.run(argv(`redis://127.0.0.1:${port}`));
  expect(none).toMatchObject({ code: 2, err: expect.stringContaining('it wants a password') });
  const url = `redis://:${PASSWORD}@127.0.0.1:${port}`;
  const gate = at.gate(url);
  expect(await gate.call('list')).toBe(undefined);
  expect(readFileSync(`/proc/${gate.pid}/cmdline`, 'utf8')).not.toContain(PASSWORD);
  const byEnvironment = at.gate('', { machine: 'b', env: { STAKES_STATE: url } });
  expect(await byEnvironment.call('list')).toBe(undefined);
  await gate.end();
  expect(gate.said() + byEnvironment.said()).not.toContain(PASSWORD);
  expect(await at.run(['audit', 'query', 'a/stakes/audit'])).not.toMatchObject({
    out: expect.stringContaining(PASSWORD),
  });
});

test('one that may throw counts away is refused, with what to set', async () => {
  const { url, say } = await redis('--maxmemory-policy', 'volatile-lru');
  const at = place(capped({}));
  const refused = await at.run(argv(url));
  expect(refused).toMatchObject({ code: 2, err: expect.stringContaining('maxmemory-policy noeviction') });
  await say('CONFIG', 'SET', 'maxmemory-policy', 'noeviction');
  expect(await at.gate(url).call('list')).toBe(undefined);
});

test('a Redis that cannot be reached yet is waited for, and what is called meanwhile is refused', async () => {
  const server = await redis();
  await server.kill();
  const gate = place(capped({})).gate(server.url);
  expect(await gate.call('list')).toContain('nothing listens there');
  await server.start();
  await until(async () => (await gate.call('list')) === undefined);
  expect(gate.said()).toContain('is used again');
});

test('out of memory, a replica, scripts forgotten, and a user that may not ask: refused with the reason, or counted', async () => {
  const server = await redis();
  const { url, say } = server;
  const at = place(capped({}, { maxCallsPerDay: 12 }));
  const gate = at.gate(url);
  expect(await gate.call('list')).toBe(undefined);
  await say('CONFIG', 'SET', 'maxmemory', '1');
  expect(await gate.call('list')).toContain('it is out of memory');
  await say('CONFIG', 'SET', 'maxmemory', '0');
  expect(await gate.call('list')).toBe(undefined);
  await say('SCRIPT', 'FLUSH');
  expect(await gate.call('list')).toBe(undefined);
  await say('REPLICAOF', '127.0.0.1', '1');
  expect(await gate.call('list')).toContain('it is a replica, which takes no writes');
  await say('REPLICAOF', 'NO', 'ONE');
  await until(async () => (await gate.call('list')) === undefined);
  const rules = 'on >pw ~stakes:* +@read +@write -@dangerous +@connection +eval +evalsha +time'.split(' ');
  await say('ACL', 'SETUSER', 'gate', ...rules);
  const shy = at.gate(url.replace('redis://', 'redis://gate:pw@'), { machine: 'shy' });
  expect(await shy.call('list')).toBe(undefined);
  expect(shy.said()).toContain('was not checked');
  await Promise.all([
    drive(
      gate,
      [...Array(20)].map((_, i) => ['list', { i }]),
    ),
    drive(shy, [['list', {}]]),
  ]);
  expect(at.ran('list')).toHaveLength(12);
  expect(gate.said() + shy.said()).not.toMatch(/ha[sd] lost/);
});

test('a script of somebody else that keeps it busy closes it, and it opens again once that was killed', async () => {
  const { url, say } = await redis('--busy-reply-threshold', '100');
  const gate = place(capped({})).gate(url);
  expect(await gate.call('list')).toBe(undefined);
  const busy = say('EVAL', 'while true do end', '0').catch(() => '');
  await wait(500);
  expect(await gate.call('list')).toMatch(/a script of somebody else keeps it busy|it did not answer in 2 s/);
  await say('SCRIPT', 'KILL');
  await busy;
  await until(async () => (await gate.call('list')) === undefined);
});

test('gates of one agent with different policies are counted together, and each says so', async () => {
  const { url } = await redis();
  const at = place(capped({}));
  const strict = capped({}, { maxCallsPerDay: 5 });
  const loose = capped({}, { maxCallsPerDay: 8 });
  const one = at.gate(url, { machine: 'one', rules: strict });
  const other = at.gate(url, { machine: 'other', rules: loose });
  const lists = (from: number) => [...Array(10)].map((_, i): [string, unknown] => ['list', { i: from + i }]);
  await drive(one, lists(0), 1);
  await drive(other, lists(10), 1);
  expect(at.ran('list')).toHaveLength(8);
  await until(() => [one, other].every((gate) => gate.said().includes('go by another policy')));
});
