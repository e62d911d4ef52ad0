import { execFileSync } from 'node:child_process';
import { appendFileSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv } from 'ajv';
import fc from 'fast-check';
import parsePrometheus from 'parse-prometheus-text-format';
import { expect, test } from 'vitest';
import type { Intent } from '../../src/audit/log.ts';
import { startCounts } from '../../src/audit/metrics/count.ts';
import { measure } from '../../src/audit/metrics/measure.ts';
import { mondays, weekOf } from '../../src/audit/metrics/weeks.ts';
import { recordQuestion } from '../../src/audit/questions.ts';
import type { IntentRecord } from '../../src/model/record.ts';
import { holds } from '../arbitraries/cases.ts';
import { folderWith, run } from '../cli/fake-io.ts';
import { programOf } from '../program.ts';
import { filesOf, intent, open, type Place, place } from './audit.fixture.ts';

const DAY = 86_400_000;
const PERIOD = { since: Date.parse('2026-11-02'), until: Date.parse('2026-11-16') };

test.each([
  ['2024-12-29', '2024-W52', '2024-12-23'],
  ['2024-12-30', '2025-W01', '2024-12-30'],
  ['2026-12-31', '2026-W53', '2026-12-28'],
  ['2027-01-03', '2026-W53', '2026-12-28'],
  ['2027-01-04', '2027-W01', '2027-01-04'],
  ['2026-11-22', '2026-W47', '2026-11-16'],
])('%s is in %s, which begins on %s', (day, name, monday) => {
  expect(weekOf(day)).toEqual({ name, monday });
});

test('any day: its week begins on a Monday at most six days before, and the next one has another name', () => {
  holds(fc.integer({ min: 0, max: 60_000 }), (days) => {
    const day = new Date(days * DAY).toISOString().slice(0, 10);
    const { name, monday } = weekOf(day);
    expect(new Date(monday).getUTCDay()).toBe(1);
    const since = (days * DAY - Date.parse(monday)) / DAY;
    expect(since).toBeGreaterThanOrEqual(0);
    expect(since).toBeLessThan(7);
    const [, next = ''] = mondays(monday, new Date(Date.parse(monday) + 7 * DAY).toISOString().slice(0, 10));
    expect(weekOf(next).name).not.toBe(name);
    expect(weekOf(next).name > name).toBe(true);
  });
});

/** A log with these calls, at these times. */
function logWith(calls: readonly (Partial<Intent> & { at: string })[], at: Place = place()): Place {
  let now = 0;
  const log = open(at, { now: () => now });
  for (const { at: time, ...more } of calls) {
    now = Date.parse(time);
    const seq = log.intent(intent(more));
    log.outcome({ intent: seq, outcome: 'ok', settledUsd: 0, durationMs: 0 });
  }
  log.close();
  return at;
}

const logsOf = (...places: Place[]) => places.map((at, i) => ({ log: `log-${i}`, files: filesOf(at) }));
const approved = (
  by: string | null,
  waitedSeconds: number,
  answer: 'approved' | 'denied' | 'expired' = 'approved',
) => ({
  decision: 'ask' as const,
  rule: 'asks',
  approval: { answer, by, channel: 'inbox', waitedSeconds, reason: null },
});
const denied = (rule: string) => ({ decision: 'deny' as const, rule });

test('scoped denials are those outside of the grants, by agent and week', () => {
  const at = logWith([
    { at: '2026-11-01T23:59:59.999Z', ...denied('denied') },
    { at: '2026-11-02T00:00:00.000Z', ...denied('unlisted-tool') },
    { at: '2026-11-04T10:00:00.000Z', ...denied('arguments') },
    { at: '2026-11-04T10:00:01.000Z', ...denied('calls-a-day') },
    { at: '2026-11-04T10:00:02.000Z' },
    { at: '2026-11-08T23:59:59.999Z', agent: 'other', ...denied('state') },
    { at: '2026-11-15T12:00:00.000Z' },
    { at: '2026-11-16T00:00:00.000Z', ...denied('denied') },
  ]);
  const { weeks, agents, logs } = measure(logsOf(at), [], PERIOD);
  expect(logs).toEqual([{ log: 'log-0', calls: 6 }]);
  expect(weeks.map(({ week, from, whole }) => [week, from, whole])).toEqual([
    ['2026-W45', '2026-11-02', true],
    ['2026-W46', '2026-11-09', true],
  ]);
  expect(weeks[0]?.agents).toMatchObject([
    { agent: 'other', calls: 1, denials: 1, scopedDenials: 0, scopedDenialRate: 0 },
    { agent: 'refund-desk', calls: 4, denials: 3, scopedDenials: 2, scopedDenialRate: 0.5 },
  ]);
  expect(weeks[1]?.agents).toMatchObject([{ agent: 'refund-desk', calls: 1, denials: 0, scopedDenialRate: 0 }]);
  expect(agents.map(({ agent, calls }) => [agent, calls])).toEqual([
    ['other', 1],
    ['refund-desk', 5],
  ]);
});

test('weeks without anything stand between those with something, and a part of one is marked', () => {
  const at = logWith([{ at: '2026-10-01T00:00:00.000Z' }, { at: '2026-10-30T00:00:00.000Z' }]);
  const { weeks } = measure(logsOf(at), [], { since: Date.parse('2026-09-30'), until: Date.parse('2026-11-01') });
  expect(weeks.map(({ week, whole, agents }) => [week, whole, agents.length])).toEqual([
    ['2026-W40', false, 1],
    ['2026-W41', true, 0],
    ['2026-W42', true, 0],
    ['2026-W43', true, 0],
    ['2026-W44', false, 1],
  ]);
});

test('waiting is all of it; deciding counts no second of one person twice, and none of what nobody answered', () => {
  const at = logWith([
    // Both asked at 10:00:00; answered one after the other.
    { at: '2026-11-03T10:01:00.000Z', ...approved('ana', 60) },
    { at: '2026-11-03T10:01:30.000Z', ...approved('ana', 90, 'denied') },
    { at: '2026-11-03T10:01:40.000Z', ...approved('ben', 100) },
    { at: '2026-11-03T10:15:00.000Z', ...approved(null, 900, 'expired') },
  ]);
  const [agent] = measure(logsOf(at), [], PERIOD).agents;
  expect(agent).toMatchObject({ approved: 2, denied: 1, expired: 1 });
  expect(agent?.waitingHours).toBeCloseTo((60 + 90 + 100 + 900) / 3600, 6);
  expect(agent?.decidingHours).toBeCloseTo((60 + 30 + 100) / 3600, 6);
});

test('any answers: deciding is never more than waiting, nor than the time from the first question to the last answer', () => {
  const answers = fc.array(fc.tuple(fc.nat(3600), fc.nat(3600)), { minLength: 1, maxLength: 12 });
  holds(answers, (list) => {
    const start = Date.parse('2026-11-03T12:00:00Z');
    const counts = startCounts();
    let at = start;
    let from = start;
    for (const [gap, waited] of list) {
      at += gap * 1000;
      from = Math.min(from, at - waited * 1000);
      const time = new Date(at).toISOString();
      counts.add({ ...intent(approved('ana', waited)), time } as unknown as IntentRecord, '2026-11-02');
    }
    const [agent] = counts.all();
    expect(agent?.decidingHours).toBeLessThanOrEqual((agent?.waitingHours ?? 0) + 1e-6);
    expect(agent?.decidingHours).toBeLessThanOrEqual((at - from) / 3_600_000 + 1e-6);
  });
});

test('what people asked: the mean of what was answered, by week', () => {
  const asked = (time: string, seconds: number, answered = true) => ({ question: 'query', time, seconds, answered });
  const { weeks, questions } = measure(
    [],
    [
      asked('2026-11-01T23:59:59.999Z', 50),
      asked('2026-11-02T00:00:00.000Z', 1),
      asked('2026-11-03T00:00:00.000Z', 2),
      asked('2026-11-03T00:00:01.000Z', 99, false),
      asked('2026-11-10T00:00:00.000Z', 9),
      asked('2026-11-16T00:00:00.000Z', 50),
    ],
    PERIOD,
  );
  expect(weeks.map((week) => week.questions)).toEqual([
    { answered: 2, failed: 1, meanSeconds: 1.5, longestSeconds: 2 },
    { answered: 1, failed: 0, meanSeconds: 9, longestSeconds: 9 },
  ]);
  expect(questions).toEqual({ answered: 3, failed: 1, meanSeconds: 4, longestSeconds: 9 });
});

test('records of a newer version, half a line and what is no record are counted and not passed over', () => {
  const at = logWith([{ at: '2026-11-03T10:00:00.000Z' }]);
  const [file] = filesOf(at);
  const line =
    readFileSync(file?.path ?? '', 'utf8')
      .split('\n')
      .find((each) => each.includes('"kind":"intent"')) ?? '';
  const other = (from: string, to: string) => {
    expect(line).toContain(from);
    return line.replace(from, to);
  };
  const reordered = JSON.stringify(Object.fromEntries(Object.entries(JSON.parse(line) as object).reverse()));
  appendFileSync(
    file?.path ?? '',
    [
      other('stakes/record@1', 'stakes/record@2'),
      other('stakes/record@1', 'stakes/other@1'),
      other('"approval":null', '"approval":{"answer":"approved"}'),
      other('"time":"2026', '"time":"soon'),
      'not json',
      '',
      reordered,
      line.slice(0, 50),
    ].join('\n'),
  );
  const { unread, agents, errors } = measure(logsOf(at), [], PERIOD);
  expect(unread).toEqual({ newer: 1, unreadable: 6 });
  expect(agents[0]?.calls).toBe(2);
  expect(errors).toEqual([]);
  expect(measure([{ log: 'gone', files: [{ path: '/no/such', shown: 'no/such' }] }], [], PERIOD).errors).toMatchObject([
    { code: 'unreadable-file', file: 'no/such' },
  ]);
});

test('any number of agents is listed up to a thousand; the rest is one row', () => {
  const at = place();
  const log = open(at, { now: () => Date.parse('2026-11-03') });
  for (let i = 0; i < 1003; i++) log.intent(intent({ agent: `agent-${i}` }));
  log.close();
  const { agents } = measure(logsOf(at), [], PERIOD);
  expect(agents.length).toBe(1001);
  expect(agents.at(-1)).toMatchObject({ agent: null, calls: 3 });
});

/** A home with a log and a few questions in its state folder. */
function home(): { cwd: string; env: Record<string, string> } {
  const cwd = folderWith();
  const state = join(cwd, 'state/stakes');
  logWith(
    [
      { at: '2026-11-03T10:00:00.000Z', agent: 'we"ird\\na\nme' },
      { at: '2026-11-03T11:00:00.000Z', ...denied('unlisted-tool') },
      { at: '2026-11-12T11:00:00.000Z', ...approved('ana', 90) },
    ],
    { folder: join(state, 'audit/refund-desk'), keys: join(state, 'keys/refund-desk') },
  );
  recordQuestion(state, { question: 'query', time: '2026-11-10T00:00:00.000Z', seconds: 3, answered: true });
  return { cwd, env: { XDG_STATE_HOME: join(cwd, 'state') } };
}
const WHEN = ['--since', '2026-11-02', '--until', '2026-11-15'];

test('JSON fits its schema, also where there is nothing', async () => {
  const validate = new Ajv({ strict: true, strictTypes: false, allowUnionTypes: true }).compile(
    JSON.parse(readFileSync('schemas/audit-metrics.schema.json', 'utf8')),
  );
  const { cwd, env } = home();
  for (const args of [WHEN, ['--since', '2020-01-01', '--until', '2020-01-02']]) {
    const { out } = await run(cwd, ['audit', 'metrics', ...args, '-f', 'json'], { env });
    expect(validate(JSON.parse(out)), JSON.stringify(validate.errors)).toBe(true);
  }
});

test('Prometheus reads its text, with every label as it was', async () => {
  const { cwd, env } = home();
  const { code, out } = await run(cwd, ['audit', 'metrics', ...WHEN, '-f', 'prometheus'], { env });
  expect(code).toBe(0);
  const parsed = parsePrometheus(out);
  expect(parsed.every(({ type, help }) => type === 'GAUGE' && help !== '')).toBe(true);
  const named = (name: string) => parsed.find((metric) => metric.name === name)?.metrics;
  expect(named('stakes_audit_scoped_denial_ratio')).toEqual([
    { value: '1', labels: { agent: 'refund-desk', week: '2026-W45' } },
    { value: '0', labels: { agent: 'we"ird\\na\nme', week: '2026-W45' } },
    { value: '0', labels: { agent: 'refund-desk', week: '2026-W46' } },
  ]);
  expect(named('stakes_audit_question_mean_seconds')).toEqual([{ value: '3', labels: { week: '2026-W46' } }]);
  expect(named('stakes_audit_review_waiting_hours')?.at(-1)).toMatchObject({ value: '0.025' });
  // Once for each metric and set of labels, or a scrape fails as a whole.
  const lines = out.split('\n').filter((line) => line !== '' && !line.startsWith('#'));
  expect(new Set(lines.map((line) => line.replace(/ \S+$/, ''))).size).toBe(lines.length);
  for (const [, name] of out.matchAll(/^# TYPE (\S+)/gm)) expect(out.split(`# TYPE ${name} `).length).toBe(2);
});

test('for people: every definition, eighty columns, nothing that acts on a terminal', async () => {
  const { cwd, env } = home();
  const { out, err } = await run(cwd, ['audit', 'metrics', ...WHEN], { env });
  expect(err).toBe('');
  for (const line of out.split('\n')) expect(line.length).toBeLessThanOrEqual(80);
  for (const words of ['Scoped-denial rate', 'Mean time to audit', 'Manual-review hours', 'A healthy one is small'])
    expect(out).toContain(words);
  expect(out).toContain('we"ird\\na\\nme');
  expect(out).toMatch(/2026-W45 {2,}refund-desk +1 +1 +1 +100\.00%/);
  const { out: page } = await run(cwd, ['audit', 'metrics', ...WHEN, '-f', 'markdown'], { env });
  expect(page).toContain('| 2026-W45 | refund-desk | 1 | 1 | 1 | 100.00% |');
});

test.each([
  [['--since', 'soon'], '`--since soon` is no time'],
  [['--until', '2026-02-31'], '`--until 2026-02-31` is no time'],
  [['--since', '2026-11-02', '--until', '2026-11-01'], 'the period ends before it begins'],
  [['nowhere'], 'there is no `nowhere`'],
])('%j is told: 2', async (args, message) => {
  const { cwd, env } = home();
  const { code, out, err } = await run(cwd, ['audit', 'metrics', ...args], { env });
  expect([code, out]).toEqual([2, '']);
  expect(err).toContain(message);
});

test('nothing to count: 3', async () => {
  const { cwd, env } = home();
  expect((await run(cwd, ['audit', 'metrics', '--until', '2020-01-01'], { env })).code).toBe(3);
  expect((await run(cwd, ['audit', 'metrics'], { env: { XDG_STATE_HOME: join(cwd, 'other') } })).err).toContain(
    'there are no records here',
  );
});

const FEW = 2000;
const MANY = Number(process.env.STAKES_CASES ?? 0) >= 1000 ? 1_000_000 : 100_000;

test(`${MANY} records are measured with the memory of a few`, async () => {
  const program = await programOf('test/audit/memory-program.ts');
  const memory = (records: number): number => {
    const { folder, keys } = place();
    const ran = (deed: string) =>
      JSON.parse(
        execFileSync(process.execPath, [program, deed, folder, keys, String(records)], { encoding: 'utf8' }),
      ) as Record<string, unknown>;
    ran('write');
    const { calls, memory: most } = ran('measure');
    expect(calls).toBe(records / 2);
    return Number(most);
  };
  expect(memory(MANY)).toBeLessThan(memory(FEW) + 48 * 1024 * 1024);
}, 900_000);
