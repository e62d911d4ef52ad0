import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { Connection } from '../../src/gate/state/connection.ts';
import { StateFault } from '../../src/gate/state/fault.ts';
import { openLink, type Standing } from '../../src/gate/state/link.ts';
import { newOwed } from '../../src/gate/state/owed.ts';

beforeEach(() => void vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] }));
afterEach(() => void vi.useRealTimers());

function standing(): Standing & { lose(fault: StateFault): void } {
  let lose: (fault: StateFault) => void = () => undefined;
  const lost = new Promise<StateFault>((done) => (lose = done));
  const connection: Connection = {
    command: async () => undefined,
    script: async () => undefined,
    lost,
    close: () => lose(new StateFault('the gate has ended')),
  };
  return { connection, server: 'a', lose };
}

/** Each try to connect takes the next of these. */
function linked(...tries: (Standing | StateFault)[]) {
  const told: string[] = [];
  let [tried, opened] = [0, 0];
  const link = openLink({
    shown: 'redis://r',
    open: async () => {
      const next = tries[tried++] ?? new StateFault('nothing listens there');
      if (next instanceof StateFault) throw next;
      return next;
    },
    opened: () => void opened++,
    tell: (text) => told.push(text),
    retries: [1, 4, 50],
  });
  return { link, told, tried: () => tried, opened: () => opened };
}

const settle = async () => {
  for (let i = 0; i < 20; i++) await Promise.resolve();
};

test('what only a person can mend ends it at the start, and anything else is tried again', async () => {
  const wrong = new StateFault('it refuses the name or the password', { isLasting: true });
  await expect(linked(wrong).link).rejects.toBe(wrong);
  const first = standing();
  const { link, told, tried } = linked(new StateFault('nothing listens there'), first);
  const open = await link;
  expect(() => open.standing()).toThrow('nothing listens there');
  await vi.waitFor(() => expect(tried()).toBe(2));
  await settle();
  expect(open.standing()).toBe(first);
  expect(told).toEqual([
    'redis://r cannot be used: nothing listens there; calls are refused until it can',
    'redis://r is used again',
  ]);
  open.close();
});

test('a connection that is lost is told once, with why, until there is another one', async () => {
  const [first, second] = [standing(), standing()];
  const { link, told, tried, opened } = linked(first, new StateFault('x'), new StateFault('x'), second);
  const open = await link;
  expect(open.standing()).toBe(first);
  first.lose(new StateFault('it did not answer in 2 s'));
  await settle();
  expect(() => open.standing()).toThrow('it did not answer in 2 s');
  await vi.waitFor(() => expect(tried()).toBe(4));
  await settle();
  expect(open.standing()).toBe(second);
  expect(told).toHaveLength(2);
  expect(opened()).toBe(2);
  open.close();
  await settle();
  expect(told).toHaveLength(2);
});

test('what is owed is paid once somebody can be told, under the name that it had', async () => {
  const owed = newOwed(['k']);
  const said: (string | number)[][] = [];
  const at = standing();
  let isBroken = true;
  at.connection.script = async (_script, _keys, args) => {
    if (isBroken) throw new StateFault('x');
    said.push([...args]);
  };
  const owing = { life: '1-a', field: 'c:x', micros: 5, time: 9 };
  owed.give(undefined, owing);
  owed.give(at.connection, owing);
  await settle();
  isBroken = false;
  owed.pay(at.connection);
  owed.pay(at.connection);
  await settle();
  expect(said.map(([life, , ...rest]) => [life, ...rest])).toEqual([
    ['1-a', 'c:x', 5, 9],
    ['1-a', 'c:x', 5, 9],
  ]);
  expect(new Set(said.map(([, name]) => name)).size).toBe(2);
});
