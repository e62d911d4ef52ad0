import { expect, test } from 'vitest';
import type { Script } from '../../src/gate/state/connection.ts';
import { COUNT, GIVE_BACK, keysOf, RESUME } from '../../src/gate/state/scripts.ts';
import { redis } from './gate-state/redis.ts';

const KEYS = keysOf('desk');
const [LIFE = '', DAY = '', MINUTE = ''] = KEYS;
const NOTHING = ['', 0, 0, 0, 0];

/** The scripts by themselves; what Redis answers, as its words and numbers in a row. */
async function scripts() {
  const { say } = await redis();
  const words = (text: string) => text.split('\r\n').filter((line) => line !== '' && !/^[$*]\d/.test(line));
  const run = async ({ text }: Script, ...args: (string | number)[]) =>
    words(await say('EVAL', text, String(KEYS.length), ...KEYS, ...args.map(String))).map((line) =>
      line.replace(/^[:+]/, ''),
    );
  const begin = async (server = 's1', hold = 0, seen: (string | number)[] = NOTHING) =>
    (await run(RESUME, server, hold, 'ab', ...seen))[0] ?? '';
  const count = (life: string, { usd = 0, caps = [-1, -1, -1], server = 's1', seq = 0, field = 'c:x' } = {}) =>
    run(COUNT, life, server, seq, field, usd, ...caps);
  return { say, run, begin, count };
}

const numberOf = (said: readonly string[], at: number) => Number(said[at]);

test('a call is counted once, in all places, and a cap that is reached counts nothing', async () => {
  const { begin, count, say } = await scripts();
  const life = await begin();
  for (const before of [0, 1, 2]) {
    const said = await count(life, { usd: 5, caps: [10, 3, 15] });
    expect([said[0], ...said.slice(4).map(Number)]).toEqual(['COUNTED', before, before, before * 5]);
    expect(numberOf(said, 1)).toBe(1);
  }
  for (const caps of [
    [3, -1, -1],
    [-1, 3, -1],
    [-1, -1, 15],
  ])
    expect(numberOf(await count(life, { usd: 5, caps }), 1)).toBe(0);
  expect(await say('HGET', DAY, 'c:x')).toContain('3');
  for (const key of KEYS.slice(0, 3)) expect(Number((await say('PTTL', key)).slice(1))).toBeGreaterThan(1000);
});

test('a call is given back once, in the life and on the day that it was counted in', async () => {
  const { begin, count, run, say } = await scripts();
  const life = await begin();
  await count(life, { usd: 7 });
  const counted = await count(life, { usd: 7 });
  const give = (name: string, of = life, time = counted[2] ?? '') => run(GIVE_BACK, of, name, 'c:x', 7, time);
  expect(await give('g-1', '1-cd')).toEqual(['OTHER']);
  expect(await give('g-1')).toEqual(['BACK']);
  expect(await give('g-1')).toEqual(['TWICE']);
  expect(await give('g-2', life, String(Number(counted[2]) - 86_400_000))).toEqual(['LATE']);
  expect((await count(life)).slice(4)).toEqual(['1', '1', '7']);
  // Never below nothing.
  for (const name of ['a', 'b', 'c', 'd']) await give(name);
  expect(await say('HMGET', DAY, 'c:x', 'usd')).toBe('*2\r\n$1\r\n0\r\n$1\r\n0\r\n');
});

test('at midnight the day is another one, and a minute ago is a minute ago', async () => {
  const { begin, count, say } = await scripts();
  const life = await begin();
  const now = numberOf(await count(life, { usd: 3 }), 2);
  const second = Math.floor(now / 1000);
  await say('HSET', DAY, 'day', String(Math.floor(now / 86_400_000) - 1));
  expect((await count(life)).slice(4)).toEqual(['1', '0', '0']);
  await say('DEL', MINUTE);
  await say('HSET', MINUTE, String(second - 70), '5', String(second - 30), '2');
  expect(numberOf(await count(life), 4)).toBe(2);
});

test('a clock that was set back counts nothing', async () => {
  const { begin, count, say } = await scripts();
  const life = await begin();
  const now = numberOf(await count(life), 2);
  await say('HSET', LIFE, 'time', String(now + 30_000));
  expect((await count(life))[0]).toBe('COUNTED');
  await say('HSET', LIFE, 'time', String(now + 3_600_000));
  expect(await count(life)).toEqual(['CLOCK']);
});

test('another server, other counts or older ones: a new life, in which nothing counts for a while', async () => {
  const { begin, count, say } = await scripts();
  const first = await begin();
  for (let i = 0; i < 4; i++) await count(first);
  const last = await count(first);
  const day = Math.floor(numberOf(last, 2) / 86_400_000);
  expect(await count(first, { server: 's2' })).toEqual(['RESUME']);
  expect(await count(first, { seq: 6 })).toEqual(['RESUME']);
  expect(await count('1-cd')).toEqual(['RESUME']);
  // May not ask which server it is.
  expect((await count(first, { server: '' }))[0]).toBe('COUNTED');
  expect(await begin('s1', 0, [first, 6, day, 0, 0, 'c:x', 6])).toBe(first);
  const second = await begin('s2', 60_000, [first, 6, day, 0, 0, 'c:x', 6]);
  expect(second).not.toBe(first);
  expect((await count(second, { server: 's2' }))[0]).toBe('WAIT');
  await say('HSET', LIFE, 'opens', '0');
  expect(numberOf(await count(second, { server: 's2' }), 5)).toBe(6);
  // Whoever has seen more before this life began adds what was missing, and what was counted in it stays on top.
  await begin('s2', 0, [first, 99, day, 0, 0, 'c:x', 16]);
  expect(numberOf(await count(second, { server: 's2' }), 5)).toBe(17);
  await begin('s2', 0, [first, 99, day, 0, 0, 'c:x', 16]);
  expect(numberOf(await count(second, { server: 's2' }), 5)).toBe(18);
  // What was seen on another day is of no use.
  await begin('s2', 0, [first, 99, day - 1, 0, 0, 'c:x', 500]);
  expect(numberOf(await count(second, { server: 's2' }), 5)).toBe(19);
});

test('a copy from before a life that a gate has seen begins a later one', async () => {
  const { begin, count } = await scripts();
  const life = await begin();
  await count(life);
  const later = `${Number(life.split('-')[0]) + 5_000}-ee`;
  const next = await begin('s1', 0, [later, 0, 0, 0, 0]);
  expect(Number(next.split('-')[0])).toBeGreaterThan(Number(later.split('-')[0]));
});
