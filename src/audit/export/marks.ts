import { existsSync } from 'node:fs';
import type { Loaded } from '../../model/place.ts';
import { readText } from '../../source/read.ts';
import { isRecord } from '../../source/record.ts';
import { writeWhole } from '../../source/write-whole.ts';

export const EXPORT_MARKS_SCHEMA = 'stakes/audit-export-marks@1';
const MOST_LOGS = 10_000;

/** How far each log was exported, by its origin: the number of the last record. */
export type Marks = Map<string, number>;

/** None where there is no such file yet. */
export function readMarks(path: string, shown: string): Loaded<Marks> {
  if (!existsSync(path)) return { state: 'ok', value: new Map() };
  const text = readText(path, shown);
  if (text.state !== 'ok') return text;
  const marks = marksIn(text.value);
  if (marks) return { state: 'ok', value: marks };
  const message = `\`${shown}\` does not say how far an export has come`;
  const help = 'name a file that `--resume` wrote, or one that is not there yet';
  return { state: 'invalid', problems: [{ code: 'no-marks', message, file: shown, help }] };
}

function marksIn(text: string): Marks | undefined {
  try {
    const value: unknown = JSON.parse(text);
    if (!isRecord(value) || value.schema !== EXPORT_MARKS_SCHEMA || !isRecord(value.logs)) return undefined;
    const logs = Object.entries(value.logs);
    if (logs.length > MOST_LOGS || !logs.every(([, seq]) => Number.isSafeInteger(seq) && Number(seq) >= 0))
      return undefined;
    return new Map(logs as [string, number][]);
  } catch {
    return undefined;
  }
}

export function writeMarks(path: string, marks: Marks): void {
  const logs = Object.fromEntries([...marks].sort(([a], [b]) => (a < b ? -1 : 1)));
  writeWhole(path, `${JSON.stringify({ schema: EXPORT_MARKS_SCHEMA, logs }, null, 2)}\n`, {
    mode: 0o600,
    flushed: true,
  });
}
