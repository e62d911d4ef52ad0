import { existsSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parquetReadObjects } from 'hyparquet';
import { describe, expect, test } from 'vitest';
import { ExportFault } from '../../src/audit/export/define.ts';
import { otlpEndpoint } from '../../src/audit/export/otlp-endpoint.ts';
import { openLog } from '../../src/audit/log.ts';
import { isLoopback } from '../../src/gate/http/address.ts';
import { EXPORT_COLUMNS, type ExportRow } from '../../src/model/audit-export.ts';
import { folderWith, run } from '../cli/fake-io.ts';
import { calls, intent, ORIGIN } from './audit.fixture.ts';

const ANN = { answer: 'approved', by: 'ann', channel: 'inbox', waitedSeconds: 12.5, reason: null } as const;
const names = Object.keys(EXPORT_COLUMNS);

function write(cwd: string, count: number, name = 'log', origin = ORIGIN): void {
  const log = openLog({ folder: join(cwd, name), keys: join(cwd, `${name}-keys`), origin, durable: false });
  calls(log, count);
  log.intent(intent({ decision: 'ask', approval: ANN, reason: 'é "quoted", and\nmore', reservedUsd: 0.25 }));
  log.close();
}

const folder = () => {
  const cwd = folderWith();
  write(cwd, 3);
  return cwd;
};
const rowsIn = (text: string) =>
  text
    .split('\n')
    .slice(0, -1)
    .map((line) => JSON.parse(line) as ExportRow);
const exported = (cwd: string, ...argv: string[]) => run(cwd, ['audit', 'export', ...argv]);

describe('formats', () => {
  test('newline JSON: calls and outcomes, each with every column, that can be joined', async () => {
    const { out, err, code } = await exported(folder(), 'log');
    expect(code).toBe(0);
    expect(err).toContain('7 records exported');
    expect(err).toContain('not verified');
    const rows = rowsIn(out);
    for (const row of rows) expect(Object.keys(row)).toEqual(names);
    expect(rows.map(({ kind }) => kind)).toEqual([...Array(3).fill(['intent', 'outcome']).flat(), 'intent']);
    for (const row of rows.filter(({ kind }) => kind === 'outcome'))
      expect(rows.find(({ seq }) => seq === row.intent)).toMatchObject({
        kind: 'intent',
        tool: 'stripe/create_refund',
      });
    expect(rows.at(-1)).toMatchObject({
      approver: 'ann',
      waited_seconds: 12.5,
      fields: '{"/amount":120}',
      outcome: null,
    });
  });

  test('CSV has the same, and so has Parquet, with types', async () => {
    const cwd = folder();
    const rows = rowsIn((await exported(cwd, 'log')).out);
    expect((await exported(cwd, 'log', '-f', 'csv', '-o', 'r.csv')).code).toBe(0);
    const [head, ...lines] = readFileSync(join(cwd, 'r.csv'), 'utf8').split('\n');
    expect(head).toBe(names.join(','));
    expect(lines.filter((line) => line.startsWith(ORIGIN))).toHaveLength(7);
    expect(await exported(cwd, 'log', '-f', 'parquet', '-o', 'r.parquet')).toMatchObject({ code: 0, out: '' });
    const bytes = readFileSync(join(cwd, 'r.parquet'));
    const file = bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.length);
    const read = await parquetReadObjects({ file });
    const plain = (value: unknown) =>
      value instanceof Date ? value.toISOString() : typeof value === 'bigint' ? Number(value) : (value ?? null);
    const found = read.map((row) => Object.fromEntries(names.map((name) => [name, plain(row[name])])));
    expect(found).toEqual(rows);
    expect(read[0]).toMatchObject({ time: expect.any(Date), seq: expect.any(BigInt), reserved_usd: 0 });
    if (process.platform !== 'win32') expect(statSync(join(cwd, 'r.parquet')).mode & 0o777).toBe(0o600);
  });

  test('Parquet of no record is a file with the columns all the same', async () => {
    const cwd = folder();
    expect((await exported(cwd, 'log', '-f', 'parquet', '-o', 'r.parquet', '--since', '2199-01-01')).code).toBe(0);
    const bytes = readFileSync(join(cwd, 'r.parquet'));
    expect(
      await parquetReadObjects({ file: bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.length) }),
    ).toEqual([]);
  });

  test('many records go through in groups', async () => {
    const cwd = folderWith();
    write(cwd, 30_000);
    expect((await exported(cwd, 'log', '-f', 'parquet', '-o', 'r.parquet')).err).toContain('60001 records exported');
    const bytes = readFileSync(join(cwd, 'r.parquet'));
    const file = bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.length);
    const seqs = (await parquetReadObjects({ file, columns: ['seq'] })).map(({ seq }) => Number(seq));
    expect(seqs).toHaveLength(60_001);
    expect(seqs).toEqual([...new Set(seqs)].sort((a, b) => a - b));
  });
});

describe('going on where the last one stopped', () => {
  test('every record comes once, over days and logs', async () => {
    const cwd = folder();
    write(cwd, 2, 'more', 'example.com/more');
    const all: ExportRow[] = [];
    for (const day of [1, 2, 3]) {
      const { code, out } = await exported(cwd, 'log', 'more', '--resume', 'marks.json');
      expect(code).toBe(0);
      all.push(...rowsIn(out));
      if (day === 1) write(cwd, 2);
      if (day === 2) expect(rowsIn(out)).toHaveLength(5);
      if (day === 3) expect(out).toBe('');
    }
    expect(all).toHaveLength(17);
    expect(new Set(all.map(({ log, seq }) => `${log} ${seq}`)).size).toBe(17);
  });

  test('`--after` is for one log, and the next number is told', async () => {
    const cwd = folder();
    const { err } = await exported(cwd, 'log');
    const [, next = ''] = /--after (\d+)/.exec(err) ?? [];
    expect((await exported(cwd, 'log', '--after', next)).out).toBe('');
    expect(rowsIn((await exported(cwd, 'log', '--after', String(Number(next) - 1))).out)).toHaveLength(1);
    write(cwd, 1, 'more', 'example.com/more');
    expect(await exported(cwd, 'log', 'more', '--after', next)).toMatchObject({ code: 2, out: '' });
  });

  test('a log that is broken is exported again, once it is whole', async () => {
    const cwd = folder();
    const file = join(cwd, 'log/segment-000001.jsonl');
    const text = readFileSync(file, 'utf8');
    writeFileSync(file, text.replace('"/amount":1}', '"/amount":7}'));
    const argv = ['log', '--resume', 'marks.json', '--key', 'log-keys/signing.pub', '-o', 'r.ndjson', '--force'];
    const { code, err } = await exported(cwd, ...argv);
    expect({ code, says: err.includes('stays as it was') }).toEqual({ code: 1, says: true });
    expect(existsSync(join(cwd, 'marks.json'))).toBe(false);
    writeFileSync(file, text);
    expect((await exported(cwd, ...argv)).code).toBe(0);
    expect(rowsIn(readFileSync(join(cwd, 'r.ndjson'), 'utf8'))).toHaveLength(7);
  });

  test('a file of somebody else is not taken for one of marks, nor written over', async () => {
    const cwd = folder();
    writeFileSync(join(cwd, 'notes.json'), '{"logs":{}}');
    expect((await exported(cwd, 'log', '--resume', 'notes.json')).code).toBe(2);
    expect(readFileSync(join(cwd, 'notes.json'), 'utf8')).toBe('{"logs":{}}');
  });
});

describe('what is there stays', () => {
  test('a file is written over with --force alone, and is whole or not there', async () => {
    const cwd = folder();
    writeFileSync(join(cwd, 'mine.csv'), 'mine');
    for (const format of ['csv', 'ndjson', 'parquet']) {
      const { code, err } = await exported(cwd, 'log', '-f', format, '-o', 'mine.csv');
      expect({ code, says: err.includes('is there already') }).toEqual({ code: 2, says: true });
    }
    expect(readFileSync(join(cwd, 'mine.csv'), 'utf8')).toBe('mine');
    expect((await exported(cwd, 'log', '-f', 'csv', '-o', 'mine.csv', '--force')).code).toBe(0);
    expect(readFileSync(join(cwd, 'mine.csv'), 'utf8')).toMatch(/^log,seq,/);
    mkdirSync(join(cwd, 'a'));
    expect((await exported(cwd, 'log', '-o', 'gone/r.ndjson')).err).toContain('cannot be written (ENOENT)');
  });

  test('no secret leaves, whoever wrote it into the log', async () => {
    const cwd = folder();
    const secret = `ghp_${'a1B2'.repeat(9)}`;
    const file = join(cwd, 'log/segment-000001.jsonl');
    const text = readFileSync(file, 'utf8');
    writeFileSync(file, text.replaceAll('refund-desk"', `${secret}"`).replace('"/amount":0', `"/amount":"${secret}"`));
    for (const format of ['csv', 'ndjson', 'parquet']) {
      expect((await exported(cwd, 'log', '-f', format, '-o', `r.${format}`)).code).toBe(0);
      expect(readFileSync(join(cwd, `r.${format}`), 'latin1')).not.toContain('a1B2a1B2');
    }
  });
});

test.each([
  [['-f', 'parquet'], 'Parquet is no text'],
  [['-f', 'otlp', '-o', 'x'], 'goes to a collector'],
  [['-f', 'csv', '--endpoint', 'https://a.example'], 'is for `-f otlp`'],
  [['--after', 'x'], 'takes the number'],
  [['--after', '1', '--resume', 'm'], 'twice'],
  [['--since', 'x'], 'is no time'],
  [['-f', 'otlp', '--endpoint', 'http://otel.example.com/'], 'over https'],
  [['-f', 'otlp'], 'needs a package that is not installed'],
])('%j is a usage error', async (argv, says) => {
  const { code, out, err } = await exported(folder(), 'log', ...argv);
  expect({ code, out, says: err.includes(says) }).toEqual({ code: 2, out: '', says: true });
  if (says.startsWith('needs')) expect(err).toContain('npm install @opentelemetry/api@');
});

test('where a collector is: as the standard variables say, over https or on this machine', () => {
  const at = (env: Record<string, string>, given?: string) => otlpEndpoint(env, given, isLoopback);
  expect(at({})).toBe('http://localhost:4318/v1/logs');
  expect(at({ OTEL_EXPORTER_OTLP_ENDPOINT: 'https://a.example/' })).toBe('https://a.example/v1/logs');
  const both = {
    OTEL_EXPORTER_OTLP_ENDPOINT: 'https://a.example',
    OTEL_EXPORTER_OTLP_LOGS_ENDPOINT: 'https://b.example/l',
  };
  expect(at(both)).toBe('https://b.example/l');
  expect(at(both, 'http://127.0.0.1:9/x')).toBe('http://127.0.0.1:9/x');
  for (const wrong of [
    'http://a.example',
    'ftp://localhost',
    'nothing',
    'https://u:p@a.example',
    'http://127.0.0.1.example',
  ])
    expect(() => at({}, wrong), wrong).toThrow(ExportFault);
});
