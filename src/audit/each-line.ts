import { closeSync, constants, fstatSync, openSync } from 'node:fs';
import type { Problem } from '../model/place.ts';
import { faultOf } from '../source/fault-code.ts';
import { type Line, linesOf } from './read-lines.ts';

const NO_FILE = 'it is no file';

/** Until the step says that it is enough; lines are counted from 1. Throws what the system says. */
export function eachLine(path: string, step: (line: Line, number: number) => boolean): void {
  // Without O_NONBLOCK, opening a named pipe waits for ever.
  const handle = openSync(path, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0));
  try {
    if (!fstatSync(handle).isFile()) throw Object.assign(new Error(NO_FILE), { code: 'EINVAL', syscall: 'read' });
    let number = 0;
    for (const line of linesOf(handle)) {
      number++;
      if (!step(line, number)) return;
    }
  } finally {
    closeSync(handle);
  }
}

export function unreadable(shown: string, error: unknown): Problem {
  const why = error instanceof Error && error.message === NO_FILE ? NO_FILE : faultOf(error);
  return { code: 'unreadable-file', message: `\`${shown}\` cannot be read (${why})`, file: shown };
}
