import { isRecord } from '../../source/record.ts';
import { eachLine } from '../each-line.ts';
import type { LogFile } from '../verify/log.ts';
import { lineSecrets } from './line-secret.ts';

/** Which part of a log belongs to a period, and what may not go into a pack. */
export interface Scan {
  /** The first file that is about the period. */
  first: number;
  /** The last file, and its last line; files and lines beyond are from later. `file: -1`: nothing is of the period. */
  end: { file: number; line: number };
  /** By file, why it may not be copied. */
  faults: ReadonlyMap<number, string>;
}

/** Reads everything from the beginning of the period on: a clock may have run back, so that no line is known to be the last one of it. */
export function scanFiles(files: readonly LogFile[], since: string, until: string): Scan {
  const begins = files.map(({ path }) => firstTime(path));
  const first = begins.findIndex((_, i) => i === files.length - 1 || (begins[i + 1] ?? '~') > since);
  const isSecret = lineSecrets();
  const faults = new Map<number, { line: number; because: string }>();
  let isAny = false;
  let end: Scan['end'] | undefined;
  for (const [i, { path }] of files.entries()) {
    if (i < first) continue;
    eachLine(path, ({ marked, state }, line) => {
      const text = marked.toString('utf8', 1);
      const value = parsed(text);
      const fault = (because: string) => {
        if (!faults.has(i)) faults.set(i, { line, because });
      };
      if (state === 'long') fault(`line ${line} is longer than any that is written`);
      else if (!faults.has(i) && isSecret(value, text)) fault(`line ${line} holds what looks like a secret`);
      const time = isRecord(value) && typeof value.time === 'string' ? value.time : undefined;
      if (time === undefined || time < until) end = undefined;
      if (time !== undefined && time < until) isAny = true;
      else if (end === undefined && isRecord(value) && value.kind === 'signature') end = { file: i, line };
      return true;
    });
  }
  const last = end ?? { file: files.length - 1, line: Number.POSITIVE_INFINITY };
  const isWithin = (file: number, line: number) => file < last.file || (file === last.file && line <= last.line);
  return {
    first,
    end: isAny ? last : { file: -1, line: 0 },
    faults: new Map([...faults].flatMap(([i, { line, because }]) => (isWithin(i, line) ? [[i, because]] : []))),
  };
}

/** The header of a file says when it was begun. */
function firstTime(path: string): string | undefined {
  let time: string | undefined;
  eachLine(path, ({ marked }) => {
    const value = parsed(marked.toString('utf8', 1));
    time = isRecord(value) && typeof value.time === 'string' ? value.time : undefined;
    return false;
  });
  return time;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
