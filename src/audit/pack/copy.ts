import { basename } from 'node:path';
import { eachLine } from '../each-line.ts';
import { segmentName } from '../segments.ts';
import type { LogFile } from '../verify/log.ts';
import type { Draft } from './draft.ts';
import { scanFiles } from './scan.ts';

/** What became of the files of one log. */
export interface Copied {
  /** Files that end before the period; they are where they were. */
  earlier: LogFile[];
  /** Those of the period, in their order: in the pack, or where they were if they were withheld. */
  period: (LogFile & { packed: string | null })[];
  withheld: { file: string; because: string }[];
}

const FLUSH = 1024 * 1024;
const FEED = Buffer.from('\n');

/**
 * Copies the files that have anything to do with a period, line by line as they are. The last one ends with a signature from
 * after the period, so that a log that goes on gives the same pack again; all that is before it is under that signature.
 */
export function copyLog(name: string, files: readonly LogFile[], since: string, until: string, draft: Draft): Copied {
  const { first, end, faults } = scanFiles(files, since, until);
  const copied: Copied = { earlier: files.slice(0, first), period: [], withheld: [] };
  for (const [i, file] of files.entries()) {
    if (i < first || i > end.file) continue;
    const shown = `records/${name}/${fileName(file, i)}`;
    const because = faults.get(i);
    if (because !== undefined) {
      copied.withheld.push({ file: shown, because });
      copied.period.push({ ...file, packed: null });
      continue;
    }
    copyFile(file.path, shown, i === end.file ? end.line : Number.POSITIVE_INFINITY, draft);
    copied.period.push({ path: `${draft.folder}/${shown}`, shown, number: file.number, packed: shown });
  }
  return copied;
}

/** A file that was named alone may have any name. */
function fileName({ path }: LogFile, i: number): string {
  const name = basename(path);
  return /^segment-\d{6,12}\.jsonl$/.test(name) ? name : segmentName(i + 1);
}

/** The first lines of a file. Throws what the system says. */
function copyFile(path: string, shown: string, lines: number, draft: Draft): void {
  const file = draft.begin(shown);
  let waiting: Buffer[] = [];
  let bytes = 0;
  try {
    eachLine(path, ({ marked, state }, number) => {
      const line = Buffer.from(marked.subarray(1));
      waiting.push(line, ...(state === 'whole' ? [FEED] : []));
      bytes += line.length;
      if (bytes >= FLUSH) {
        file.write(Buffer.concat(waiting));
        waiting = [];
        bytes = 0;
      }
      return number < lines;
    });
    file.write(Buffer.concat(waiting));
  } finally {
    file.end();
  }
}
