import { setTimeout as wait } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { forwarder } from './gate-state/forwarder.ts';
import { capped, drive, type Gate, type Place, place, until } from './gate-state/gates.ts';
import { redis } from './gate-state/redis.ts';

const lists = (count: number, from = 0): [string, unknown][] =>
  Array.from({ length: count }, (_, i) => ['list', { i: from + i }]);

const ranOf = async (gate: Gate, count: number) => (await drive(gate, lists(count), 1)).ran;

test('killed midway, it is refused what it would count, and afterwards no cap is passed', async () => {
  const server = await redis();
  const [cap, each] = [1_000, 3_000];
  const at = place(capped({}, { maxCallsPerDay: cap }));
  const gates = Array.from({ length: 8 }, (_, i) => at.gate(server.url, { machine: `m${i}` }));
  // The first answers are there: everyone counts.
  await Promise.all(gates.map((gate) => gate.call('list')));
  const driven = Promise.all(gates.map((gate) => drive(gate, lists(each / 10))));
  await until(() => at.ran('list').length > 200);
  await server.kill();
  const ends = await driven;
  const before = at.ran('list').length;
  expect(before).toBeLessThan(cap);
  const refused = ends.map(({ refused: words }) => [...words.keys()].join());
  expect(refused.join('\n')).toMatch(
    /cannot be read; a person must look: redis:\S+: (?:nothing listens there|it hung up)/,
  );
  const down = await Promise.all(gates.map((gate) => gate.call('list')));
  for (const said of down) expect(said).toContain('nothing listens there');
  expect(at.ran('list')).toHaveLength(before);
  await server.start();
  await Promise.all(gates.map((gate) => until(async () => (await gate.call('list')) === undefined)));
  await Promise.all(gates.map((gate) => drive(gate, lists(each / 10))));
  const ran = at.ran('list').length;
  // A call that was counted and whose answer was lost stays counted.
  expect(ran).toBeLessThanOrEqual(cap);
  expect(ran).toBeGreaterThan(cap - 8 * 16 - 1);
});

test('a gate that is cut off refuses within the time it says, and calls run again once it is not', async () => {
  const server = await redis();
  const line = await forwarder(server.port);
  const at = place(capped({}, { maxCallsPerDay: 10 }));
  const [far, near] = [at.gate(line.url, { machine: 'far' }), at.gate(server.url, { machine: 'near' })];
  expect(await ranOf(far, 2)).toBe(2);
  line.cut();
  const started = performance.now();
  expect(await far.call('list')).toContain('it did not answer in 2 s');
  expect(performance.now() - started).toBeLessThan(5_000);
  expect(await ranOf(near, 3)).toBe(3);
  expect(await far.call('list')).toMatch(/it did not answer|the connection/);
  line.mend();
  await until(async () => (await far.call('list')) === undefined);
  await Promise.all([drive(far, lists(10)), drive(near, lists(10))]);
  // At most one was counted before its answer was lost.
  expect(at.ran('list').length).toBeLessThanOrEqual(10);
  expect(at.ran('list').length).toBeGreaterThanOrEqual(9);
});

/** A cap of 40, of which three gates use 30; then something happens to Redis, and they may have 10 more. */
async function lossOf(happens: (server: Awaited<ReturnType<typeof redis>>) => Promise<void>, ...options: string[]) {
  const server = await redis(...options);
  const at = place(capped({ toolUsdPerDay: 20, callsPerMinute: 60 }, { maxCallsPerDay: 40 }));
  const gates = ['a', 'b', 'c'].map((machine) => at.gate(server.url, { machine }));
  const [a, b, c] = gates as [Gate, Gate, Gate];
  expect(await ranOf(a, 5)).toBe(5);
  expect(await ranOf(b, 15)).toBe(15);
  expect(await a.call('refund', { amount: 12 })).toBe(undefined);
  await server.say('BGREWRITEAOF');
  await wait(1_500);
  server.keepCopy();
  expect(await ranOf(c, 10)).toBe(10);
  await happens(server);
  return { server, at, gates };
}

async function keepsItsCap(at: Place, gates: readonly Gate[]): Promise<void> {
  await Promise.all(gates.map((gate) => until(async () => !(await gate.call('list'))?.includes('cannot be read'))));
  await Promise.all(gates.map((gate) => drive(gate, lists(20))));
  expect(at.ran('list')).toHaveLength(40);
  const amounts = await Promise.all(gates.map((gate) => gate.call('refund', { amount: 5 })));
  expect(amounts.filter((said) => said === undefined)).toHaveLength(1);
  expect(at.ran('refund')).toEqual([12, 5]);
}

test('counts that were deleted are put back as far as any gate has seen them, and that is told', async () => {
  const { at, gates } = await lossOf(async (server) => void (await server.say('FLUSHALL')));
  await keepsItsCap(at, gates);
  expect(gates.map((gate) => gate.said()).join('')).toMatch(/has lost what was counted/);
  expect(gates.map((gate) => gate.said()).join('')).toMatch(
    /had lost calls: \d+ that gates here had seen are counted again/,
  );
});

test('the same where it comes back with what it had a while ago, as a replica that lagged', async () => {
  const { at, gates } = await lossOf(async (server) => {
    await server.kill();
    server.forget();
    await server.start();
  });
  await keepsItsCap(at, gates);
  expect(gates.map((gate) => gate.said()).join('')).toMatch(/had lost calls: 10 that/);
});

test('the same where every gate has ended meanwhile: what they saw is noted on their machines', async () => {
  const server = await redis('--appendonly', 'no');
  const at = place(capped({}, { maxCallsPerDay: 40 }));
  const first = at.gate(server.url, { machine: 'a' });
  expect(await ranOf(first, 30)).toBe(30);
  expect(first.said()).toContain('it has no append-only file');
  await first.end();
  await server.kill();
  await server.start();
  const second = at.gate(server.url, { machine: 'a' });
  expect(await ranOf(second, 20)).toBe(10);
  expect(second.said()).toMatch(/has lost what was counted/);
  // Another machine knows nothing of its own.
  expect(await ranOf(at.gate(server.url, { machine: 'b' }), 5)).toBe(0);
});

test('an outage in which nothing was lost closes nothing', async () => {
  const { at, gates } = await lossOf(async (server) => {
    await server.kill();
    await server.start();
  });
  await keepsItsCap(at, gates);
  expect(gates.map((gate) => gate.said()).join('')).not.toMatch(/ha[sd] lost/);
});
