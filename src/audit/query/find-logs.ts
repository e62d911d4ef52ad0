import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { Loaded } from '../../model/place.ts';
import { faultOf } from '../../source/fault-code.ts';
import { segmentsIn } from '../segments.ts';
import type { LogFile } from '../verify/log.ts';

export interface FoundLog {
  /** A file that is read by itself, or the folder of a log. */
  path: string;
  /** As messages name it. */
  shown: string;
  files: LogFile[];
}

/** Folders of a state folder that are looked into. */
const MOST_LOGS = 10_000;

/** A file of records, the folder of a log, or a folder of such folders. */
export function logsAt(path: string, show: (path: string) => string): Loaded<FoundLog[]> {
  const shown = show(path);
  try {
    if (!statSync(path).isDirectory())
      return { state: 'ok', value: [{ path, shown, files: [{ path, shown, number: undefined }] }] };
    const own = logIn(path, show);
    if (own.files.length > 0) return { state: 'ok', value: [own] };
    const below = readdirSync(path, { withFileTypes: true })
      .filter((entry) => entry.isDirectory())
      .map(({ name }) => name)
      .sort()
      .slice(0, MOST_LOGS);
    const found = below.map((name) => logIn(join(path, name), show)).filter(({ files }) => files.length > 0);
    return { state: 'ok', value: found };
  } catch (error) {
    const fault = faultOf(error);
    const isMissing = fault === 'ENOENT' || fault === 'ENOTDIR';
    const message = isMissing ? `there is no \`${shown}\`` : `\`${shown}\` cannot be read (${fault})`;
    const code = isMissing ? 'missing-file' : 'unreadable-file';
    return { state: 'invalid', problems: [{ code, message, file: shown }] };
  }
}

function logIn(path: string, show: (path: string) => string): FoundLog {
  const files = segmentsIn(path).map(({ path: file, number }) => ({ path: file, shown: show(file), number }));
  return { path, shown: show(path), files };
}
