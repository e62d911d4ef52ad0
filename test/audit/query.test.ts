import {
  appendFileSync,
  cpSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { Ajv } from 'ajv';
import { describe, expect, test } from 'vitest';
import { openLog } from '../../src/audit/log.ts';
import type { AuditQueryReport } from '../../src/model/audit-query.ts';
import { folderWith, run } from '../cli/fake-io.ts';
import { calls, intent, ORIGIN } from './audit.fixture.ts';

const isReport = new Ajv({ strict: true, strictTypes: false }).compile(
  JSON.parse(readFileSync('schemas/audit-query.schema.json', 'utf8')),
);
const ANN = { answer: 'approved', by: 'ann', channel: 'inbox', waitedSeconds: 12, reason: 'as agreed' } as const;
const NOBODY = { answer: 'expired', by: null, channel: 'inbox', waitedSeconds: 900, reason: null } as const;
const SEGMENT = 'log/segment-000001.jsonl';

/** Seven calls: two let through, one refused, one approved and lost, one that nobody answered, two of another server and agent. */
function folder(name = 'log', origin = ORIGIN): string {
  const made = folderWith();
  const log = openLog({
    folder: join(made, name),
    keys: join(made, 'keys'),
    origin,
    durable: false,
    segmentBytes: 3500,
  });
  calls(log, 2);
  const say = (outcome: 'refused' | 'lost' | 'ok', more: Parameters<typeof intent>[0], settledUsd = 0) =>
    log.outcome({ intent: log.intent(intent(more)), outcome, settledUsd, durationMs: 4 });
  say('refused', { decision: 'deny', rule: 'arguments', reason: 'the amount is over `5000`' });
  say('lost', { decision: 'ask', rule: 'asks', approval: ANN, tool: 'stripe/create_payout' }, 1.5);
  say('refused', { decision: 'ask', rule: 'asks', approval: NOBODY });
  log.intent(intent({ agent: 'night-desk', tool: 'kb/search', session: 's-2' }));
  say('ok', { agent: 'night-desk', tool: 'kb/read_page', session: 's-2', mode: 'shadow', decision: 'deny' });
  log.close();
  return made;
}

async function json(cwd: string, ...argv: string[]): Promise<AuditQueryReport & { code: number; err: string }> {
  const { out, err, code } = await run(cwd, ['audit', 'query', ...argv, '-f', 'json']);
  const report = JSON.parse(out) as AuditQueryReport;
  expect(isReport(report), JSON.stringify(isReport.errors)).toBe(true);
  expect(report.shown).toBe(report.calls.length);
  return { ...report, code, err };
}
const toolsOf = ({ calls: all }: AuditQueryReport) => all.map(({ tool }) => tool.split('/')[1]);
const change = (cwd: string, from: string | RegExp, to: string, file = SEGMENT) => {
  const before = readFileSync(join(cwd, file), 'utf8');
  const after = before.replace(from, to);
  expect(after).not.toBe(before);
  writeFileSync(join(cwd, file), after);
};

test('every call with what became of it, in order', async () => {
  const report = await json(folder(), 'log');
  expect(report).toMatchObject({ code: 0, found: 7, remarks: [], errors: [] });
  expect(report.calls.map(({ outcome }) => outcome)).toEqual(['ok', 'ok', 'refused', 'lost', 'refused', null, 'ok']);
  expect(report.calls[3]).toMatchObject({ log: ORIGIN, approval: ANN, settledUsd: 1.5, fields: { '/amount': 120 } });
  expect(report.logs).toMatchObject([{ path: 'log', origin: ORIGIN, verdict: 'not-verified', calls: 7, outcomes: 6 }]);
});

describe('filters', () => {
  test.each([
    [
      ['--agent', 'night-desk'],
      ['search', 'read_page'],
    ],
    [
      ['--tool', 'kb/*'],
      ['search', 'read_page'],
    ],
    [
      ['--tool', '*create_*', '--tool', 'kb/search', '--decision', 'ask'],
      ['create_payout', 'create_refund'],
    ],
    [['--tool', 'create_refund'], []],
    [['--tool', '.*'], []],
    [
      ['--server', 'kb'],
      ['search', 'read_page'],
    ],
    [
      ['--session', 's-2'],
      ['search', 'read_page'],
    ],
    [['--rule', 'arguments'], ['create_refund']],
    [['--approver', 'ann'], ['create_payout']],
    [['--approver', 'bob'], []],
    [
      ['--outcome', 'lost', '--outcome', 'none'],
      ['create_payout', 'search'],
    ],
    [['--since', '1h', '--decision', 'deny', '--agent', 'refund-desk'], ['create_refund']],
    [['--since', '2199-01-01'], []],
    [['--until', '2020-01-01'], []],
    [
      ['--limit', '2'],
      ['search', 'read_page'],
    ],
  ])('%j', async (argv, expected) => {
    expect(toolsOf(await json(folder(), 'log', ...argv))).toEqual(expected);
  });

  test('a digest of arguments, or how it begins', async () => {
    const cwd = folder();
    const [first] = (await json(cwd, 'log')).calls;
    for (const digest of [first?.arguments ?? '', first?.arguments.slice(0, 15) ?? '', first?.arguments.slice(7) ?? ''])
      expect((await json(cwd, 'log', '--arguments', digest)).calls).toEqual([first]);
  });

  test('a time to the millisecond: the first is in it, the last is not', async () => {
    const cwd = folder();
    const { calls: all } = await json(cwd, 'log');
    const [first, last] = [all[0]?.time ?? '', all.at(-1)?.time ?? ''];
    const inside = all.filter(({ time }) => time >= first && time < last);
    if (first === last) return;
    expect((await json(cwd, 'log', '--since', first, '--until', last)).calls).toEqual(inside);
  });

  test.each([
    [['--since', 'yesterday'], 'is no time'],
    [['--since', '2026-02-30'], 'is no time'],
    [['--until', '9999999w'], 'is no time'],
    [['--since', '1h', '--until', '2h'], 'is not before'],
    [['--limit', '0'], '`--limit` takes'],
    [['--limit', '1e3'], '`--limit` takes'],
    [['--arguments', 'sha256:12'], 'at least eight'],
    [['--decision', 'maybe'], 'Allowed choices'],
    [['--outcome', 'fine'], 'Allowed choices'],
  ])('%j is a usage error', async (argv, says) => {
    const { code, out, err } = await run(folder(), ['audit', 'query', 'log', ...argv]);
    expect({ code, out, says: err.includes(says) }).toEqual({ code: 2, out: '', says: true });
  });
});

describe('formats', () => {
  test('text at 80 columns, without colour, with names that cannot repaint the terminal', async () => {
    const cwd = folder();
    const { out, err, code } = await run(cwd, ['audit', 'query', 'log', '--decision', 'ask']);
    expect(code).toBe(0);
    for (const line of out.split('\n')) expect(line.length).toBeLessThanOrEqual(80);
    expect(out).not.toContain('\u001b');
    expect(out).toContain('approved by ann after 12 s: as agreed');
    expect(out).toContain('nobody answered after 900 s');
    expect(out).toContain('2 calls');
    expect(err).toContain('not verified: ');
    expect((await run(cwd, ['audit', 'query', 'log', '--agent', 'x'])).out).toBe('no call fits\n');
  });

  test('ndjson has the same calls, one a line', async () => {
    const cwd = folder();
    const { out } = await run(cwd, ['audit', 'query', 'log', '-f', 'ndjson']);
    const rows = out
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as unknown);
    expect(rows).toEqual((await json(cwd, 'log')).calls);
  });

  test('csv is quoted, and nothing in it is a formula', async () => {
    const made = folderWith();
    const log = openLog({ folder: join(made, 'log'), keys: join(made, 'keys'), origin: ORIGIN, durable: false });
    const nasty = ['=1+1', '+1', '-1', '@SUM(A1)', '\t=1', 'a "b", c', 'two\nlines', 'plain'];
    for (const name of nasty) log.intent(intent({ agent: name, reason: `${name}, "quoted"` }));
    log.close();
    const { out } = await run(made, ['audit', 'query', 'log', '-f', 'csv']);
    const rows = csvRows(out);
    const [head = [], ...body] = rows;
    const at = head.indexOf('agent');
    expect(new Set(rows.map((row) => row.length))).toEqual(new Set([head.length]));
    expect(body.map((row) => row[at])).toEqual(nasty.map((name) => (/^[=+\-@\t]/.test(name) ? `'${name}` : name)));
    expect(body.flat().filter((value) => /^[=+@\t]/.test(value))).toEqual([]);
    const reason = body.at(5)?.[head.indexOf('reason')];
    expect(reason).toBe('a "b", c, "quoted"');
    expect(JSON.parse(body[0]?.[head.indexOf('fields')] ?? '')).toEqual({ '/amount': 120 });
  });
});

/** A reader of RFC 4180 of its own. */
function csvRows(text: string): string[][] {
  const rows: string[][] = [[]];
  for (const [, quoted, plain = '', end] of text.matchAll(/(?:"((?:[^"]|"")*)"|([^",\n]*))(,|\n)/g)) {
    rows.at(-1)?.push(quoted === undefined ? plain : quoted.replaceAll('""', '"'));
    if (end === '\n') rows.push([]);
  }
  return rows.slice(0, -1);
}

describe('where records are', () => {
  test('a file, a folder of logs, and by default all logs of this machine', async () => {
    const [one, other] = [folder(), folder('log', 'example.com/other')];
    const cwd = folderWith();
    for (const [name, from] of [
      ['a', one],
      ['b', other],
    ] as const)
      cpSync(join(from, 'log'), join(cwd, 'state/stakes/audit', name), { recursive: true });
    mkdirSync(join(cwd, 'state/stakes/audit/empty'));
    const env = { XDG_STATE_HOME: join(cwd, 'state'), HOME: cwd };
    const all = JSON.parse((await run(cwd, ['audit', 'query', '-f', 'json'], { env })).out) as AuditQueryReport;
    expect(all.logs.map(({ path, origin }) => [path, origin])).toEqual([
      ['state/stakes/audit/a', ORIGIN],
      ['state/stakes/audit/b', 'example.com/other'],
    ]);
    expect(all.found).toBe(14);
    const times = (
      JSON.parse((await run(cwd, ['audit', 'query', '--limit', '14', '-f', 'json'], { env })).out) as AuditQueryReport
    ).calls.map(({ time }) => time);
    expect(times).toEqual([...times].sort());
    expect((await json(cwd, 'state/stakes/audit/a/segment-000001.jsonl')).found).toBeLessThan(7);
    expect((await json(cwd, 'state/stakes/audit')).found).toBe(14);
  });

  test('none: 3, and a path that is not there: 2', async () => {
    const cwd = folderWith();
    const env = { XDG_STATE_HOME: cwd, HOME: cwd };
    const none = await run(cwd, ['audit', 'query'], { env });
    expect(none).toMatchObject({ code: 3, out: '' });
    expect(none.err).toContain('there are no records in `stakes/audit`');
    expect(await run(cwd, ['audit', 'query', 'gone'])).toMatchObject({ code: 2 });
  });
});

describe('what is verified', () => {
  test('with the key; without one; with another one', async () => {
    const cwd = folder();
    const verdict = async (...argv: string[]) => {
      const { logs, code, err } = await json(cwd, 'log', ...argv);
      return [logs[0]?.verdict, code, /not verified/.test(err)];
    };
    expect(await verdict()).toEqual(['not-verified', 0, true]);
    expect(await verdict('--key', 'keys/signing.pub')).toEqual(['intact', 0, false]);
    expect(await verdict('--verify')).toEqual(['unproven', 0, false]);
    const other = folder();
    expect(await verdict('--key', join(other, 'keys/signing.pub'))).toEqual(['broken', 1, false]);
    expect(await verdict('--key', 'log')).toEqual(['not-verified', 2, true]);
  });

  test('a record that was changed is found, and the answer is given with a 1', async () => {
    const cwd = folder();
    change(cwd, '"/amount":1}', '"/amount":9}');
    const { code, err, logs, found } = await json(cwd, 'log', '--key', 'keys/signing.pub');
    expect({ code, verdict: logs[0]?.verdict, found }).toEqual({ code: 1, verdict: 'broken', found: 7 });
    expect(err).toContain('broken: `log` is not as it was written');
  });
});

describe('bad input', () => {
  const remarks = ({ remarks: all }: AuditQueryReport) => all.map(({ code, count }) => [code, count]);

  test('records of a newer version are named and counted', async () => {
    const cwd = folder();
    change(cwd, /record@1"(,"seq":[24],)/g, 'record@2"$1');
    const report = await json(cwd, 'log');
    expect(remarks(report)).toEqual([['newer-version', 2]]);
    expect(report).toMatchObject({ code: 1, found: 5 });
    expect(report.err).toContain('error[newer-version]: the record has version 2');
    expect(report.err).toContain('and 1 more');
  });

  test('a kind of record that is not known is told, and the rest is read', async () => {
    const cwd = folder();
    change(cwd, '"kind":"outcome"', '"kind":"verdict"');
    expect(await json(cwd, 'log')).toMatchObject({ code: 0, found: 7, remarks: [{ code: 'unknown-kind' }] });
  });

  test('half a line, as a killed writer leaves it', async () => {
    const cwd = folder();
    const last = readdirSync(join(cwd, 'log')).sort().at(-1);
    appendFileSync(join(cwd, 'log', last ?? ''), '{"agent":"ref');
    expect(await json(cwd, 'log')).toMatchObject({ code: 0, found: 7, remarks: [{ code: 'torn-line' }] });
  });

  test('a line that never ends, from a stranger', async () => {
    const cwd = folder();
    writeFileSync(join(cwd, 'huge.jsonl'), `{"agent":"${'a'.repeat(3_000_000)}`);
    expect(await json(cwd, 'huge.jsonl')).toMatchObject({ code: 1, found: 0, remarks: [{ code: 'long-line' }] });
  });

  test('10 GB of nothing in the place of a file end at once', async () => {
    const cwd = folder();
    truncateSync(join(cwd, SEGMENT), 10 * 1024 ** 3);
    const { code, remarks: all } = await json(cwd, 'log');
    expect(code).toBe(1);
    expect(all.map(({ code }) => code)).toContain('long-line');
  });

  test('a gap, a line twice, and a clock that ran backwards', async () => {
    const gap = folder();
    change(gap, /^.*"kind":"intent".*\n/m, '');
    expect(await json(gap, 'log')).toMatchObject({ code: 1, found: 6, remarks: [{ code: 'gap' }] });
    const twice = folder();
    change(twice, /^(.*"kind":"intent".*\n)/m, '$1$1');
    expect((await json(twice, 'log')).remarks.map(({ code }) => code)).toContain('out-of-order');
    const clock = folder();
    change(clock, /("seq":6,.*"time":")20\d\d/, '$12019');
    const ran = await json(clock, 'log', '--since', '2018-01-01');
    expect(ran).toMatchObject({ code: 0, found: 7, remarks: [{ code: 'clock', severity: 'warning' }] });
  });

  test('files of two logs, a file that is missing, and one with another key', async () => {
    const cwd = folder();
    const other = folder('log', 'example.com/other');
    const third = 'segment-000002.jsonl';
    cpSync(join(other, 'log', third), join(cwd, 'log', third));
    const mixed = await json(cwd, 'log');
    expect(mixed.code).toBe(1);
    expect(mixed.remarks.map(({ code }) => code)).toContain('other-log');
    rmSync(join(cwd, SEGMENT));
    expect((await json(cwd, 'log')).remarks.map(({ code }) => code)).toContain('missing-start');
    const again = folder();
    cpSync(join(folder(), 'log', third), join(again, 'log', third));
    expect((await json(again, 'log')).remarks.map(({ code }) => code)).toContain('other-key');
  });

  test('what is no log, a folder in the place of a file, and a file that cannot be read', async () => {
    const cwd = folder();
    writeFileSync(join(cwd, 'notes.md'), '# notes\n\nnothing\n');
    expect(await json(cwd, 'notes.md')).toMatchObject({ code: 1, remarks: [{ code: 'not-a-record', count: 3 }] });
    rmSync(join(cwd, SEGMENT));
    mkdirSync(join(cwd, SEGMENT));
    const { code, errors } = await json(cwd, 'log');
    expect({ code, errors }).toMatchObject({ code: 2, errors: [{ code: 'unreadable-file' }] });
  });

  test('no secret is in an answer, whoever wrote it into the log', async () => {
    const cwd = folder();
    const secret = `ghp_${'a1B2'.repeat(9)}`;
    change(cwd, '"agent":"refund-desk"', `"agent":"${secret}"`);
    for (const format of ['human', 'json', 'csv', 'ndjson'])
      expect((await run(cwd, ['audit', 'query', 'log', '-f', format])).out).not.toContain(secret);
  });
});
