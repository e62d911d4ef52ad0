import { statSync } from 'node:fs';
import { beforeEach, expect, test, vi } from 'vitest';
import { LogFault } from '../../src/audit/fault.ts';
import { calls, codesOf, filesOf, intent, open, place, recordsIn, still, textOf, verified } from './audit.fixture.ts';

/** What the disk does next: a fault, or the bytes that it takes. */
const disk = vi.hoisted(() => ({ write: undefined as undefined | number | string, sync: '', truncate: '', synced: 0 }));

vi.mock('node:fs', async (original) => {
  const real = await original<typeof import('node:fs')>();
  const refuse = (code: string): never => {
    throw Object.assign(new Error(`${code}: refused`), { code });
  };
  return {
    ...real,
    writeSync: (handle: number, text: string) => {
      const bytes = Buffer.from(text);
      if (typeof disk.write === 'string') return refuse(disk.write);
      return real.writeSync(handle, bytes, 0, Math.min(bytes.length, disk.write ?? bytes.length));
    },
    fdatasyncSync: (handle: number) => {
      disk.synced++;
      return disk.sync === '' ? real.fdatasyncSync(handle) : refuse(disk.sync);
    },
    ftruncateSync: (handle: number, length: number) =>
      disk.truncate === '' ? real.ftruncateSync(handle, length) : refuse(disk.truncate),
  };
});

beforeEach(() => Object.assign(disk, { write: undefined, sync: '', truncate: '', synced: 0 }));

const messageOf = (step: () => unknown): string => {
  try {
    step();
  } catch (error) {
    if (error instanceof LogFault) return `${error.code}: ${error.message}; ${error.help}`;
    throw error;
  }
  return 'nothing was thrown';
};

test.each([['ENOSPC'], ['EIO'], [7], [0]])(
  'a disk that answers %j to a write: the caller is told, whole lines stay, and it goes on after',
  (answer) => {
    const at = place();
    const log = open(at);
    calls(log, 2);
    const before = textOf(at);
    disk.write = answer;
    for (let i = 0; i < 3; i++)
      expect(messageOf(() => log.intent(intent()))).toMatch(/^not-written: no record can be written to /);
    expect(messageOf(() => log.sign())).toMatch(/^not-written: /);
    expect(textOf(at)).toBe(before);
    disk.write = undefined;
    calls(log, 2);
    log.close();
    expect(codesOf(verified(at))).toEqual([]);
    expect(recordsIn(at).filter(({ kind }) => kind === 'intent')).toHaveLength(4);
  },
);

test('a full disk is named, with what to do', () => {
  const log = open(place());
  disk.write = 'ENOSPC';
  expect(messageOf(() => log.intent(intent()))).toMatch(/\(ENOSPC\); make room on the disk$/);
  disk.write = undefined;
  log.close();
});

test('where half a line cannot be taken off again, nothing more is written, and the next writer takes it off', () => {
  const at = place();
  const log = open(at);
  disk.write = 7;
  disk.truncate = 'EIO';
  expect(messageOf(() => log.intent(intent()))).toMatch(/^not-written/);
  disk.write = undefined;
  disk.truncate = '';
  expect(messageOf(() => log.intent(intent()))).toMatch(/^not-written/);
  expect(messageOf(() => log.close())).toMatch(/^not-written/);
  const again = open(at);
  expect(again.found).toMatchObject({ torn: { bytes: 7 } });
  again.close();
  expect(codesOf(verified(at))).toEqual(['found-torn', 'found-unsigned']);
});

test('durable: every record is on the disk before it is told, and after one failure nothing is', () => {
  still();
  const at = place();
  const log = open(at, { durable: true });
  const before = disk.synced;
  log.intent(intent());
  expect(disk.synced).toBe(before + 1);
  log.outcome({ intent: 2, outcome: 'ok', settledUsd: 0, durationMs: 1 });
  expect(disk.synced).toBe(before + 2);
  disk.sync = 'EIO';
  expect(messageOf(() => log.intent(intent()))).toMatch(/^not-written/);
  disk.sync = '';
  expect(messageOf(() => log.intent(intent()))).toMatch(/^not-written/);
  expect(messageOf(() => log.close())).toMatch(/^not-written/);
});

test('not durable: nothing waits for the disk', () => {
  const log = open(place());
  calls(log, 5);
  log.close();
  expect(disk.synced).toBe(0);
});

test('a signature that cannot be written is told, and comes once it can', async () => {
  const at = place();
  const told: LogFault[] = [];
  const log = open(at, { onFault: (fault) => told.push(fault) });
  calls(log, 1);
  disk.write = 'ENOSPC';
  await expect.poll(() => told.length, { timeout: 5000 }).toBeGreaterThan(0);
  disk.write = undefined;
  await expect.poll(() => recordsIn(at).at(-1)?.kind, { timeout: 5000 }).toBe('signature');
  log.close();
  expect(codesOf(verified(at))).toEqual([]);
});

test('a second writer that went by the lock is noticed before anything more is signed', async () => {
  const { appendFileSync } = await import('node:fs');
  const at = place();
  const log = open(at);
  calls(log, 1);
  const path = filesOf(at)[0]?.path ?? '';
  appendFileSync(path, '{"mine":1}\n');
  const { size } = statSync(path);
  expect(messageOf(() => log.sign())).toMatch(/^two-writers: somebody else wrote to /);
  expect(messageOf(() => log.intent(intent()))).toMatch(/^two-writers/);
  expect(statSync(path).size).toBe(size);
  expect(messageOf(() => log.close())).toMatch(/^two-writers/);
});

test.each([['ENOSPC'], [7]])('records of one write are there whole or not at all: %j', (answer) => {
  const at = place();
  const log = open(at);
  calls(log, 3);
  const before = textOf(at);
  disk.write = answer;
  expect(messageOf(() => log.together(() => calls(log, 5)))).toMatch(/^not-written: /);
  expect(textOf(at)).toBe(before);
  disk.write = undefined;
  log.together(() => calls(log, 2));
  expect(messageOf(() => log.together(() => log.intent(intent({ arguments: { a: '\ud800' } }))))).toMatch(/^no-json: /);
  log.together(() => undefined);
  calls(log, 1);
  log.close();
  expect(codesOf(verified(at))).toEqual([]);
  expect(recordsIn(at).filter(({ kind }) => kind === 'intent')).toHaveLength(6);
});

test('a batch is one write and, with `durable`, one flush', () => {
  const log = open(place(), { durable: true });
  const before = disk.synced;
  log.together(() => calls(log, 20));
  expect(disk.synced).toBe(before + 1);
  log.close();
});
