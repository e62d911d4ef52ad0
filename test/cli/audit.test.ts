import { cpSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv } from 'ajv';
import { expect, test } from 'vitest';
import { openLog } from '../../src/audit/log.ts';
import type { AuditVerifyReport } from '../../src/model/audit-report.ts';
import { calls, intent, linesIn, ORIGIN } from '../audit/audit.fixture.ts';
import { folderWith, run } from './fake-io.ts';

const schema = (name: string) =>
  new Ajv({ strict: true, strictTypes: false }).compile(
    JSON.parse(readFileSync(`schemas/${name}.schema.json`, 'utf8')),
  );

/** A folder with a log of records, its keys, and a checkpoint that was kept half-way. */
function folder(): string {
  const made = folderWith();
  const log = openLog({
    folder: join(made, 'log'),
    keys: join(made, 'keys'),
    origin: ORIGIN,
    durable: false,
    segmentBytes: 8000,
  });
  calls(log, 5);
  writeFileSync(join(made, 'kept.txt'), log.checkpoint());
  const approval = { answer: 'expired', by: null, channel: 'inbox', waitedSeconds: 900, reason: null } as const;
  log.outcome({
    intent: log.intent(intent({ decision: 'ask', approval })),
    outcome: 'refused',
    settledUsd: 0,
    durationMs: 0,
  });
  log.rotateKey();
  calls(log, 15);
  log.close();
  return made;
}

const KEY = ['--key', 'keys/signing.pub'];
const SEGMENT = 'log/segment-000001.jsonl';
const change = (cwd: string, from: string | RegExp, to: string, file = SEGMENT) => {
  const before = readFileSync(join(cwd, file), 'utf8');
  const after = before.replace(from, to);
  expect(after).not.toBe(before);
  writeFileSync(join(cwd, file), after);
};

test('a log as it was written: 0 with its key, 3 without one, which proves nothing', async () => {
  const cwd = folder();
  const proven = await run(cwd, ['audit', 'verify', 'log', ...KEY, '--checkpoint', 'kept.txt']);
  expect(proven).toMatchObject({ code: 0, err: '' });
  expect(proven.out).toMatch(/^INTACT: /);
  expect(proven.out).toContain('21 calls and 21 outcomes');
  for (const line of proven.out.split('\n')) expect(line.length).toBeLessThanOrEqual(110);
  expect((await run(cwd, ['audit', 'verify', 'log'])).out).toMatch(/^UNPROVEN: /);
  expect((await run(cwd, ['audit', 'verify', 'log'])).code).toBe(3);
  for (const key of ['keys/signing.pub.pem', readFileSync(join(cwd, 'keys/signing.pub'), 'utf8').split('\n')[0] ?? ''])
    expect((await run(cwd, ['audit', 'verify', 'log', '--key', key])).code).toBe(0);
  expect((await run(cwd, ['audit', 'verify', SEGMENT, ...KEY])).code).toBe(0);
});

test('a folder of logs: each is checked, the worst counts, and a checkpoint is of one', async () => {
  const cwd = folderWith();
  const made = folder();
  for (const name of ['a', 'b']) cpSync(join(made, 'log'), join(cwd, 'logs', name), { recursive: true });
  cpSync(join(made, 'keys'), join(cwd, 'keys'), { recursive: true });
  cpSync(join(made, 'kept.txt'), join(cwd, 'kept.txt'));
  const whole = await run(cwd, ['audit', 'verify', 'logs', ...KEY]);
  expect(whole).toMatchObject({ code: 0, err: '' });
  expect(whole.out).toMatch(/^logs\/a\n\nINTACT: [\s\S]*\nlogs\/b\n\nINTACT: [\s\S]*\n2 logs: 2 intact\n$/);
  expect(await run(cwd, ['audit', 'verify', 'logs'])).toMatchObject({ code: 3 });
  change(cwd, '"/amount":3', '"/amount":9', 'logs/b/segment-000001.jsonl');
  const changed = await run(cwd, ['audit', 'verify', 'logs', ...KEY, '-f', 'json']);
  expect(changed.code).toBe(1);
  const report = JSON.parse(changed.out) as AuditVerifyReport;
  const check = schema('audit-verify');
  expect(check(report), JSON.stringify(check.errors)).toBe(true);
  expect(report).toMatchObject({ log: null, findings: [{ code: 'chain', file: 'logs/b/segment-000001.jsonl' }] });
  expect(report.logs?.map(({ path, log }) => [path, log?.verdict])).toEqual([
    ['logs/a', 'intact'],
    ['logs/b', 'broken'],
  ]);
  for (const more of [
    ['--checkpoint', 'kept.txt'],
    ['-f', 'note'],
  ]) {
    const refused = await run(cwd, ['audit', 'verify', 'logs', ...KEY, ...more]);
    expect(refused.code).toBe(2);
  }
  expect((await run(cwd, ['audit', 'verify', 'logs/a', ...KEY, '--checkpoint', 'kept.txt'])).code).toBe(0);
});

test('a log that was changed: 1, with the line', async () => {
  const cwd = folder();
  change(cwd, '"/amount":3', '"/amount":9');
  const { code, out } = await run(cwd, ['audit', 'verify', 'log', ...KEY]);
  expect(code).toBe(1);
  expect(out).toContain('error[chain]');
  expect(out).toMatch(/--> log\/segment-000001\.jsonl:10\n/);
  expect(out).toContain('BROKEN: this log is not as it was written');
  expect((await run(cwd, ['audit', 'verify', 'log', ...KEY, '-f', 'note'])).out).toBe('');
});

test('JSON fits its schema, whatever was found, and so does every record', async () => {
  const report = schema('audit-verify');
  const record = schema('audit-record');
  const cwd = folder();
  for (const line of linesIn({ folder: join(cwd, 'log'), keys: '' }))
    expect(record(JSON.parse(line)), JSON.stringify(record.errors)).toBe(true);
  const json = async (...argv: string[]) => {
    const { out } = await run(cwd, ['audit', 'verify', ...argv, '-f', 'json']);
    expect(report(JSON.parse(out)), JSON.stringify(report.errors)).toBe(true);
    return JSON.parse(out) as AuditVerifyReport;
  };
  expect(await json('log', ...KEY)).toMatchObject({ log: { verdict: 'intact' } });
  expect(await json('nothing')).toMatchObject({ log: null, errors: [{ code: 'missing-file' }] });
  expect(await json('keys')).toMatchObject({ log: null, errors: [] });
  change(cwd, '"decision":"ask"', '"decision":"allow"');
  expect(await json('log', ...KEY)).toMatchObject({ log: { verdict: 'broken' }, findings: [{ code: 'chain' }] });
});

test('the checkpoint that it prints shows later that something was cut off', async () => {
  const cwd = folder();
  const note = (await run(cwd, ['audit', 'verify', 'log', ...KEY, '-f', 'note'])).out;
  writeFileSync(join(cwd, 'note.txt'), note);
  expect((await run(cwd, ['audit', 'verify', 'log', ...KEY, '--checkpoint', 'note.txt'])).code).toBe(0);
  const last = readdirSync(join(cwd, 'log')).sort().at(-1) ?? '';
  expect(last).not.toBe('segment-000001.jsonl');
  rmSync(join(cwd, 'log', last));
  expect((await run(cwd, ['audit', 'verify', 'log', ...KEY])).code).toBe(0);
  const { code, out } = await run(cwd, ['audit', 'verify', 'log', ...KEY, '--checkpoint', 'note.txt']);
  expect({ code, out: out.slice(0, 16) }).toEqual({ code: 1, out: 'error[truncated]' });
});

test.each([
  [['audit', 'verify', 'nothing'], 2, 'there is no `nothing`'],
  [['audit', 'verify', 'kept.txt'], 2, 'is no log of records'],
  [['audit', 'verify', 'keys'], 3, 'there are no records in `keys`'],
  [['audit', 'verify', 'log', '--key', 'keys/signing.pem'], 2, 'holds a private key'],
  [['audit', 'verify', 'log', '--key', 'kept.txt'], 2, 'no public key that signs records'],
  [['audit', 'verify', 'log', '--key', 'nothing'], 2, 'there is no file `nothing`'],
  [['audit', 'verify', 'log', '--checkpoint', 'keys/signing.pub'], 2, '`keys/signing.pub` is no checkpoint'],
  [['audit', 'verify'], 2, 'missing required argument'],
  [['audit', 'prove', 'log'], 2, "unknown command 'prove'"],
  [['audit'], 2, 'the signed records of what agents did'],
])('%j is %d: %s', async (argv, expected, says) => {
  const { code, out, err } = await run(folder(), argv);
  expect({ code, says: `${out}${err}`.includes(says) }).toEqual({ code: expected, says: true });
  expect(out + err).not.toMatch(/PRIVATE KEY-|\n\s+at /);
});

test('a log of this machine needs no key: its public keys are known', async () => {
  const made = folder();
  const cwd = folderWith();
  const env = { XDG_STATE_HOME: cwd, HOME: cwd };
  for (const name of ['desk', 'other']) cpSync(join(made, 'log'), join(cwd, 'stakes/audit', name), { recursive: true });
  cpSync(join(made, 'keys/signing.pub'), join(cwd, 'stakes/keys/desk/signing.pub'));
  expect((await run(cwd, ['audit', 'verify', 'stakes/audit/desk'], { env })).code).toBe(0);
  expect((await run(cwd, ['audit', 'verify', 'stakes/audit/desk/segment-000001.jsonl'], { env })).code).toBe(0);
  expect((await run(cwd, ['audit', 'verify', 'stakes/audit/other'], { env })).code).toBe(2);
  cpSync(join(made, 'log'), join(cwd, 'elsewhere/desk'), { recursive: true });
  expect((await run(cwd, ['audit', 'verify', 'elsewhere/desk'], { env })).code).toBe(3);
});
