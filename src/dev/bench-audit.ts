import { closeSync, mkdtempSync, openSync, readFileSync, rmSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import { openLog } from '../audit/log.ts';
import { segmentsIn } from '../audit/segments.ts';
import { verifyLog } from '../audit/verify/log.ts';

const RECORDS = Number(process.argv[2] ?? 4000);
const ROUNDS = Number(process.argv[3] ?? 40);
const folder = mkdtempSync(join(tmpdir(), 'stakes-bench-audit-'));
const SAID = {
  agent: 'refund-desk',
  tool: 'stripe/create_refund',
  session: '0f0e5f9c-7f0c-4f5e-9d6d-6d1b3a0a1b2c',
  record: ['/amount'],
  decision: 'ask',
  rule: 'asks',
  reason: '`stripe/create_refund` runs after a person has approved this very call: refunds cannot be recalled',
  policy: `sha256:${'a'.repeat(64)}`,
  mode: 'enforce',
  approval: { answer: 'approved', by: 'payments-oncall', channel: 'inbox', waitedSeconds: 12, reason: null },
  reservedUsd: 0,
} as const;

/** Microseconds a record: one call is an intent and an outcome. */
function records(round: number): { each: number; verified: number; bytes: Buffer[] } {
  const place = { folder: join(folder, `log-${round}`), keys: join(folder, 'keys'), origin: 'example.com/bench' };
  const log = openLog({ ...place, durable: false });
  const started = performance.now();
  for (let i = 0; i < RECORDS / 2; i++) {
    const intent = log.intent({ ...SAID, arguments: { amount: i, charge: 'ch_1', reason: 'requested' } });
    log.outcome({ intent, outcome: 'ok', settledUsd: 0, durationMs: 3 });
  }
  const each = ((performance.now() - started) * 1000) / RECORDS;
  log.close();
  const files = segmentsIn(place.folder);
  const text = files.map(({ path }) => readFileSync(path, 'utf8')).join('');
  const verifying = performance.now();
  const { log: found } = verifyLog(
    files.map(({ path, number }) => ({ path, shown: path, number })),
    { keys: [], checkpoints: [] },
  );
  const verified = ((performance.now() - verifying) * 1000) / (found?.lines ?? 1);
  if (found?.verdict !== 'unproven') throw new Error(`the log is ${found?.verdict}`);
  return {
    each,
    verified,
    bytes: text
      .split('\n')
      .slice(0, -1)
      .map((line) => Buffer.from(`${line}\n`)),
  };
}

/** The same lines, and nothing but the write. */
function bare(lines: readonly Buffer[]): number {
  const handle = openSync(join(folder, 'bare'), 'a');
  const started = performance.now();
  for (const line of lines) writeSync(handle, line);
  const each = ((performance.now() - started) * 1000) / lines.length;
  closeSync(handle);
  return each;
}

const rounds = Array.from({ length: ROUNDS }, (_, round) => {
  const { bytes, ...taken } = records(round);
  return { ...taken, bare: bare(bytes) };
});
rmSync(folder, { recursive: true });
const least = (which: 'each' | 'verified' | 'bare') => Math.min(...rounds.map((round) => round[which]));
const [each, write] = [least('each'), least('bare')];
process.stdout.write(
  `${JSON.stringify({ records: RECORDS, rounds: ROUNDS, usPerRecord: each, usPerBareWrite: write, usOverBareWrite: each - write, usPerVerifiedLine: least('verified'), recordsPerSecond: Math.round(1e6 / each) })}\n`,
);
