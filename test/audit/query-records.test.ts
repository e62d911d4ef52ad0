import fc from 'fast-check';
import { expect, test } from 'vitest';
import { parsed } from '../../src/audit/query/parse-record.ts';
import { readRecord } from '../../src/audit/query/read-record.ts';
import { INTENT, OUTCOME } from '../../src/audit/query/shapes.ts';
import { APPROVAL_ANSWERS, OUTCOMES } from '../../src/model/record.ts';
import { ACCESSES } from '../../src/model/vocabulary.ts';
import { calls, intent, linesIn, open, place } from './audit.fixture.ts';

const bytes = (text: string) => Buffer.from(text);

/** Lines that a log really has, with names of every kind in them. */
function someLines(names: readonly string[], more: { cost: number; answer: (typeof APPROVAL_ANSWERS)[number] }) {
  const at = place((remove) => after.push(remove));
  const log = open(at);
  calls(log, 2);
  for (const [i, name] of names.entries()) {
    const by = more.answer === 'expired' ? null : name;
    const approval = { answer: more.answer, by, channel: name, waitedSeconds: more.cost, reason: i % 2 ? name : null };
    const seq = log.intent(
      intent({
        agent: name,
        tool: name,
        reason: name,
        arguments: { amount: name, '/': more.cost },
        record: ['/amount', '/~1'],
        decision: ACCESSES[i % ACCESSES.length] ?? 'deny',
        approval: i % 3 ? approval : null,
        reservedUsd: more.cost,
      }),
    );
    log.outcome({
      intent: seq,
      outcome: OUTCOMES[i % OUTCOMES.length] ?? 'ok',
      settledUsd: more.cost,
      durationMs: more.cost * 7,
    });
  }
  log.close();
  const lines = linesIn(at);
  for (const remove of after.splice(0)) remove();
  return lines;
}
const after: (() => void)[] = [];

const names = fc.array(fc.oneof(fc.string(), fc.string({ unit: 'binary' }), fc.constant('a "b" \\ c\u2028é')), {
  maxLength: 4,
});
const more = fc.record({
  cost: fc.double({ min: 0, max: 1e9, noNaN: true }),
  answer: fc.constantFrom(...APPROVAL_ANSWERS),
});

test('what is read by its parts is what `JSON.parse` reads', () => {
  fc.assert(
    fc.property(names, more, (list, facts) => {
      for (const line of someLines(list, facts)) expect(readRecord(bytes(line))).toEqual(parsed(bytes(line)));
    }),
    { numRuns: Number(process.env.STAKES_CASES ?? 40) },
  );
});

test('and so is what somebody changed in it', () => {
  const lines = someLines(['desk', 'é'], { cost: 0.5, answer: 'approved' });
  const inserts = fc.constantFrom('', '"', '\\', ',', '}', '0', '-', '.5', ' ', '\n', 'é', '\u0000', '"agent":"x",');
  fc.assert(
    fc.property(fc.constantFrom(...lines), fc.nat(), fc.nat(9), inserts, (line, where, cut, put) => {
      const at = where % line.length;
      const changed = bytes(`${line.slice(0, at)}${put}${line.slice(at + cut)}`);
      expect(readRecord(changed)).toEqual(parsed(changed));
    }),
    { numRuns: Number(process.env.STAKES_CASES ?? 2000) },
  );
});

test('lines as they are written have the shape that is read fast', () => {
  const lines = someLines(['desk'], { cost: 0.5, answer: 'denied' });
  const shaped = lines.filter((line) => INTENT.test(line) || OUTCOME.test(line));
  expect(shaped).toHaveLength(6);
});

test('a record of a newer version, of a newer kind, and what is no record at all', () => {
  const [line = ''] = linesOf();
  const read = (text: string) => readRecord(bytes(text));
  expect(read(line.replace('record@1', 'record@2'))).toMatchObject({ kind: 'fault', code: 'newer-version' });
  expect(read(line.replace('"kind":"intent"', '"kind":"verdict"'))).toMatchObject({ kind: 'other', is: 'verdict' });
  for (const text of [
    '',
    '{}',
    '[]',
    'null',
    '{"schema":"other@1"}',
    line.slice(0, -1),
    line.replace('"ask"', '"may"'),
  ])
    expect([text, read(text)]).toMatchObject([text, { kind: 'fault', code: 'not-a-record' }]);
  const raw = Buffer.concat([bytes(line.slice(0, 12)), Buffer.from([0xff, 0xfe]), bytes(line.slice(12))]);
  expect(readRecord(raw)).toMatchObject({ kind: 'fault' });
});

function linesOf(): string[] {
  const at = place();
  const log = open(at);
  calls(log, 1, { decision: 'ask' });
  log.close();
  return linesIn(at).filter((line) => line.includes('"kind":"intent"'));
}
