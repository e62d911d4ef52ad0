import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished, vi } from 'vitest';
import { readCheckpoint } from '../../src/audit/checkpoint.ts';
import { type Intent, type Log, type LogOptions, openLog } from '../../src/audit/log.ts';
import { segmentsIn } from '../../src/audit/segments.ts';
import { readKey, type VerifierKey } from '../../src/audit/verifier-key.ts';
import { type LogFile, verifyLog } from '../../src/audit/verify/log.ts';
import type { KeptCheckpoint } from '../../src/audit/verify/walk.ts';
import type { AuditVerifyReport } from '../../src/model/audit-report.ts';

export const ORIGIN = 'example.com/refund-desk';

export interface Place {
  folder: string;
  keys: string;
}

/** A folder for a log and one for its keys, gone when the test ends, or when `gone` says so. */
export function place(gone: (remove: () => void) => void = onTestFinished): Place {
  const root = mkdtempSync(join(tmpdir(), 'stakes-audit-'));
  gone(() => rmSync(root, { recursive: true, force: true }));
  return { folder: join(root, 'log'), keys: join(root, 'keys') };
}

export function open(at: Place, more: Partial<LogOptions> = {}): Log {
  return openLog({ ...at, origin: ORIGIN, durable: false, ...more });
}

/** For the rest of the test no time passes for the writer, so that it signs only when its timer says so: machines may be slow. */
export function still(): void {
  const spy = vi.spyOn(performance, 'now').mockReturnValue(1);
  onTestFinished(() => spy.mockRestore());
}

export function intent(more: Partial<Intent> = {}): Intent {
  return {
    agent: 'refund-desk',
    tool: 'stripe/create_refund',
    session: 's-1',
    arguments: { amount: 120, charge: 'ch_1' },
    record: ['/amount'],
    decision: 'allow',
    rule: 'allowed',
    reason: '`stripe/create_refund` is allowed: bounded',
    policy: `sha256:${'0'.repeat(64)}`,
    mode: 'enforce',
    approval: null,
    reservedUsd: 0,
    ...more,
  };
}

/** Calls that were let through, each with what became of it. */
export function calls(log: Log, count: number, more: Partial<Intent> = {}): void {
  for (let i = 0; i < count; i++) {
    const seq = log.intent(intent({ arguments: { amount: i }, ...more }));
    log.outcome({ intent: seq, outcome: 'ok', settledUsd: 0, durationMs: i % 7 });
  }
}

export const filesOf = ({ folder }: Place): LogFile[] =>
  segmentsIn(folder).map(({ path, number }) => ({ path, shown: `log/${path.slice(folder.length + 1)}`, number }));

export const textOf = (at: Place): string =>
  filesOf(at)
    .map(({ path }) => readFileSync(path, 'utf8'))
    .join('');

export const linesIn = (at: Place): string[] => textOf(at).split('\n').slice(0, -1);
export const recordsIn = (at: Place) => linesIn(at).map((line) => JSON.parse(line) as Record<string, unknown>);

/** The keys that a verifier would be given. */
export function keysOf({ keys }: Place): VerifierKey[] {
  return readFileSync(join(keys, 'signing.pub'), 'utf8')
    .trim()
    .split('\n')
    .map((line) => readKey(line) ?? expectKey(line));
}

function expectKey(line: string): never {
  throw new Error(`no key: ${line}`);
}

export function verified(at: Place, keys = keysOf(at), checkpoints: KeptCheckpoint[] = []): AuditVerifyReport {
  return verifyLog(filesOf(at), { keys, checkpoints });
}

/** A note as a verifier would be given it. */
export function kept(note: string | null | undefined): KeptCheckpoint {
  const read = readCheckpoint(note);
  if (read === undefined) throw new Error('this is no checkpoint');
  return { ...read, file: 'kept.txt', compared: false };
}

export const codesOf = ({ findings, errors }: AuditVerifyReport): string[] =>
  [...new Set([...findings, ...errors].map(({ code }) => code))].sort();
