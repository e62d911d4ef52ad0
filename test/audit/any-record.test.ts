import { readFileSync } from 'node:fs';
import { Ajv } from 'ajv';
import canonicalize from 'canonicalize';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { LogFault } from '../../src/audit/fault.ts';
import { APPROVAL_ANSWERS, OUTCOMES } from '../../src/model/record.ts';
import { ACCESSES } from '../../src/model/vocabulary.ts';
import { holds } from '../arbitraries/cases.ts';
import { codesOf, intent, linesIn, open, place, verified } from './audit.fixture.ts';

const said = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.string({ unit: 'grapheme' }),
  fc.constantFrom('\ud800', '__proto__', '"}\n{"', 'l'.repeat(5000)),
);
const amount = fc.oneof(fc.double({ min: 0, max: 1e12, noNaN: true }), fc.constantFrom(0, -0, 1e-7, 1e21));
const approval = fc.option(
  fc.record({
    answer: fc.constantFrom(...APPROVAL_ANSWERS),
    by: fc.option(said),
    channel: said,
    waitedSeconds: amount,
    reason: fc.option(said),
  }),
);
const call = fc.record({
  agent: said,
  tool: said,
  session: said,
  reason: said,
  rule: said,
  arguments: fc.jsonValue(),
  record: fc.array(
    fc.oneof(
      said,
      fc.string().map((key) => `/${key}`),
    ),
    { maxLength: 5 },
  ),
  decision: fc.constantFrom(...ACCESSES),
  approval,
  reservedUsd: amount,
});

test('any call: its lines are canonical JSON, as the schema says, and the log stays whole', () => {
  const isRecord = new Ajv({ strict: true, strictTypes: false }).compile(
    JSON.parse(readFileSync('schemas/audit-record.schema.json', 'utf8')),
  );
  const at = place();
  const log = open(at, { segmentBytes: 50_000 });
  let written = 0;
  holds(fc.tuple(call, fc.constantFrom(...OUTCOMES), amount), ([more, outcome, settledUsd]) => {
    try {
      const seq = log.intent(intent(more));
      log.outcome({ intent: seq, outcome, settledUsd, durationMs: settledUsd });
      written++;
    } catch (error) {
      // Half a surrogate pair in the arguments has no canonical JSON; nothing else may be refused.
      expect(error).toBeInstanceOf(LogFault);
      expect(JSON.stringify([more.arguments, more.record])).toMatch(/\\ud[89a-f]/);
    }
  });
  log.close();
  for (const line of linesIn(at)) {
    const record = JSON.parse(line) as unknown;
    expect(canonicalize(record)).toBe(line);
    expect(isRecord(record), JSON.stringify(isRecord.errors)).toBe(true);
  }
  expect(written).toBeGreaterThan(0);
  expect(codesOf(verified(at))).toEqual([]);
  expect(verified(at).log).toMatchObject({ intents: written, outcomes: written });
});
