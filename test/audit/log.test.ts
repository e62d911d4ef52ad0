import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import canonicalize from 'canonicalize';
import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { LogFault } from '../../src/audit/fault.ts';
import {
  calls,
  codesOf,
  filesOf,
  intent,
  keysOf,
  linesIn,
  open,
  place,
  recordsIn,
  still,
  textOf,
  verified,
} from './audit.fixture.ts';

const faultOf = (step: () => unknown): string => {
  try {
    step();
  } catch (error) {
    if (error instanceof LogFault) return error.code;
    throw error;
  }
  return 'nothing was thrown';
};

test('calls are written as they happen, and the log is proven once it is closed', () => {
  still();
  const at = place();
  const log = open(at);
  const seq = log.intent(intent());
  expect(recordsIn(at).at(-1)).toMatchObject({
    kind: 'intent',
    seq,
    fields: { '/amount': 120 },
    tool: 'stripe/create_refund',
  });
  log.outcome({ intent: seq, outcome: 'ok', settledUsd: 0.5, durationMs: 12 });
  log.close();
  expect(recordsIn(at).map(({ kind }) => kind)).toEqual([
    'segment',
    'start',
    'intent',
    'outcome',
    'signature',
    'checkpoint',
    'signature',
  ]);
  expect(verified(at)).toMatchObject({
    findings: [],
    errors: [],
    log: { verdict: 'intact', intents: 1, outcomes: 1, size: 7, signed: 7, origin: 'example.com/refund-desk' },
  });
});

test('every line is canonical JSON, whatever it says', () => {
  const at = place();
  const log = open(at);
  const odd = 'a"\\\u0000\u2028\ud800 é 😀';
  const approval = { answer: 'approved', by: odd, channel: 'inbox', waitedSeconds: 1.5e-7, reason: odd } as const;
  const fields = { b: odd.replace('\ud800', ''), a: 1e21, '': -0, '~': true, ä: null, z: [1], '1': 'one', '10': 10 };
  const record = ['/b', '/a', '/', '/~0', '/ä', '/z', '/1', '/10', '/missing'];
  log.outcome({
    intent: log.intent(
      intent({ agent: odd, tool: odd, session: odd, reason: odd, rule: odd, approval, arguments: fields, record }),
    ),
    outcome: 'error',
    settledUsd: 1e-9,
    durationMs: 0.1,
  });
  log.rotateKey();
  log.close();
  for (const line of linesIn(at)) expect(line).toBe(canonicalize(JSON.parse(line)));
  expect(codesOf(verified(at))).toEqual([]);
});

test('no argument is in it but the fields of the policy, and of those nothing that is long, a list or a secret', () => {
  const at = place();
  const log = open(at);
  const secret = `sk_live_${'x'.repeat(24)}`;
  const values = { amount: 5, note: 'private words', key: secret, long: 'l'.repeat(201), list: ['private words'] };
  log.intent(
    intent({
      arguments: values,
      record: ['/amount', '/key', '/long', '/list'],
      reason: `because of ${secret}`,
      tool: `x/${secret}`,
    }),
  );
  log.close();
  const text = textOf(at);
  for (const hidden of ['private words', secret, 'l'.repeat(201)]) expect(text).not.toContain(hidden);
  const digest = expect.stringMatching(/^sha256:[0-9a-f]{64}$/);
  expect(recordsIn(at).find(({ kind }) => kind === 'intent')).toMatchObject({
    arguments: digest,
    fields: { '/amount': 5, '/key': digest, '/long': digest, '/list': digest },
  });
});

test('arguments without canonical JSON are refused, and nothing is written for them', () => {
  const at = place();
  const log = open(at);
  const before = textOf(at);
  let deep: unknown = 1;
  for (let i = 0; i < 100_000; i++) deep = [deep];
  for (const values of [{ a: Number.POSITIVE_INFINITY }, { a: '\ud800' }, deep])
    expect(faultOf(() => log.intent(intent({ arguments: values })))).toBe('no-json');
  const fields = Object.fromEntries(Array.from({ length: 60 }, (_, i) => [`k${i}`, 'v']));
  log.intent(intent({ arguments: fields, record: Object.keys(fields).map((key) => `/${key}`) }));
  log.close();
  expect(textOf(at).startsWith(before)).toBe(true);
  expect(codesOf(verified(at))).toEqual([]);
});

test('the order of keys changes no digest, and another value does', () => {
  const at = place();
  const log = open(at);
  for (const values of [{ a: 1, b: [2] }, { b: [2], a: 1 }, { a: 1, b: ['2'] }, undefined, {}])
    log.intent(intent({ arguments: values }));
  log.close();
  const digests = recordsIn(at).flatMap(({ kind, arguments: digest }) => (kind === 'intent' ? [digest] : []));
  expect(digests[0]).toBe(digests[1]);
  expect(digests[3]).toBe(digests[4]);
  expect(new Set(digests).size).toBe(3);
});

describe('signatures', () => {
  test('come by themselves, and one is for many', async () => {
    still();
    const at = place();
    const log = open(at);
    calls(log, 10);
    await expect.poll(() => recordsIn(at).at(-1)?.kind, { interval: 5, timeout: 5000 }).toBe('signature');
    expect(recordsIn(at).filter(({ kind }) => kind === 'signature')).toHaveLength(1);
    expect(verified(at).log).toMatchObject({ verdict: 'intact', signed: 23, size: 23 });
    log.close();
  });

  test('come before the next record where calls leave the timer no time', () => {
    const at = place();
    let now = 0;
    const spy = vi.spyOn(performance, 'now').mockImplementation(() => now);
    onTestFinished(() => spy.mockRestore());
    const log = open(at);
    for (const later of [40, 41, 90]) {
      now = later;
      log.intent(intent());
    }
    const kinds = recordsIn(at).map(({ kind }) => kind);
    expect(kinds).toEqual(['segment', 'start', 'intent', 'signature', 'intent', 'signature', 'intent']);
    log.close();
  });

  test('a checkpoint is a note of its own, and stays the same until something is written', () => {
    still();
    const at = place();
    const log = open(at);
    calls(log, 3);
    const note = log.checkpoint();
    expect(note.split('\n').slice(0, 2)).toEqual(['example.com/refund-desk', '9']);
    expect(log.checkpoint()).toBe(note);
    calls(log, 1);
    expect(log.checkpoint()).not.toBe(note);
    log.close();
    expect(verified(at).log?.checkpoint).not.toBe(note);
  });
});

describe('segments', () => {
  test('turn over at their bound, and each names where it goes on', () => {
    const at = place();
    const log = open(at, { segmentBytes: 20_000 });
    calls(log, 100);
    log.close();
    const files = filesOf(at);
    expect(files.length).toBeGreaterThan(3);
    for (const { path } of files) expect(statSync(path).size).toBeLessThan(24_000);
    expect(verified(at)).toMatchObject({
      findings: [],
      log: { verdict: 'intact', intents: 100, outcomes: 100, files: files.length },
    });
    const headers = recordsIn(at).filter(({ kind }) => kind === 'segment');
    expect(headers.map(({ segment }) => segment)).toEqual(files.map((_, i) => i + 1));
    expect(new Set(headers.map(({ root }) => root)).size).toBe(files.length);
  });

  test('a file stands on its own, and says that it is not the first', async () => {
    const at = place();
    const log = open(at, { segmentBytes: 5000 });
    calls(log, 40);
    log.close();
    const { verifyLog } = await import('../../src/audit/verify/log.ts');
    for (const file of filesOf(at).slice(1)) {
      const report = verifyLog([{ ...file, number: undefined }], { keys: keysOf(at), checkpoints: [] });
      expect(codesOf(report)).toEqual(['starts-late']);
      expect(report.log).toMatchObject({ verdict: 'intact', from: expect.any(Number) });
    }
  });

  test('a file in the way is not written over', () => {
    const at = place();
    const log = open(at, { segmentBytes: 5000 });
    const path = join(at.folder, 'segment-000002.jsonl');
    writeFileSync(path, 'mine');
    expect(faultOf(() => calls(log, 100))).toBe('in-the-way');
    expect(faultOf(() => calls(log, 1))).toBe('in-the-way');
    expect(readFileSync(path, 'utf8')).toBe('mine');
    log.close();
  });
});

describe('opened again', () => {
  test('goes on where it was closed', () => {
    const at = place();
    for (let i = 0; i < 5; i++) {
      const log = open(at);
      expect(log.found).toEqual({ unsigned: 0, torn: null });
      calls(log, i);
      log.close();
    }
    expect(verified(at)).toMatchObject({ findings: [], log: { verdict: 'intact', intents: 10, files: 1 } });
  });

  test('one writer at a time, and another log or name is none', () => {
    const at = place();
    const log = open(at);
    expect(faultOf(() => open(at))).toBe('in-use');
    log.close();
    expect(existsSync(join(at.folder, 'lock'))).toBe(false);
    expect(faultOf(() => open(at, { origin: 'example.com/other' }))).toBe('other-log');
    for (const origin of ['', 'a b', 'a+b', 'a\nb', 'é'])
      expect(faultOf(() => open(at, { origin }))).toBe('bad-origin');
    expect(faultOf(() => log.intent(intent()))).toBe('closed');
    open(at).close();
    expect(codesOf(verified(at))).toEqual([]);
  });

  test.skipIf(process.platform === 'win32')(
    'files and keys are for their owner alone, and a key that is not is refused',
    async () => {
      const { chmodSync } = await import('node:fs');
      const at = place();
      open(at).close();
      for (const folder of [at.folder, at.keys]) expect(statSync(folder).mode & 0o777).toBe(0o700);
      for (const { path } of filesOf(at)) expect(statSync(path).mode & 0o777).toBe(0o600);
      const secret = join(at.keys, 'signing.pem');
      expect(statSync(secret).mode & 0o777).toBe(0o600);
      chmodSync(secret, 0o640);
      expect(faultOf(() => open(at))).toBe('open-key');
    },
  );

  test('a key that is gone or another is refused, and the log stays as it was', async () => {
    const { cpSync, rmSync } = await import('node:fs');
    const [at, other] = [place(), place()];
    open(at).close();
    open(other).close();
    const before = textOf(at);
    rmSync(at.keys, { recursive: true });
    expect(faultOf(() => open(at))).toBe('no-key');
    cpSync(other.keys, at.keys, { recursive: true });
    expect(faultOf(() => open(at))).toBe('other-key');
    expect(textOf(at)).toBe(before);
  });
});

describe('keys turn over', () => {
  test('either of them proves all of the log', () => {
    const at = place();
    const log = open(at);
    calls(log, 2);
    log.rotateKey();
    calls(log, 2);
    log.rotateKey();
    calls(log, 2);
    log.close();
    open(at).close();
    const keys = keysOf(at);
    expect(keys).toHaveLength(3);
    for (const key of keys) expect(verified(at, [key])).toMatchObject({ findings: [], log: { verdict: 'intact' } });
    expect(verified(at, []).log?.verdict).toBe('unproven');
    expect(readdirSync(at.keys).sort()).toEqual(['signing.pem', 'signing.pub', 'signing.pub.pem']);
    const stranger = place();
    open(stranger).close();
    expect(codesOf(verified(at, keysOf(stranger)))).toEqual(['other-key']);
  });
});
