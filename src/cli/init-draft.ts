import { createHash } from 'node:crypto';
import { rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { stateIn } from '../apply/state.ts';
import { diskComplaint } from '../bundle/disk.ts';
import { INIT_MODES, type InitMode } from '../model/init.ts';
import { makeFolders, missingFolders } from '../source/folders.ts';
import { readText } from '../source/read.ts';
import { isRecord } from '../source/record.ts';
import { writeWhole } from '../source/write-whole.ts';
import type { Answers } from '../wizard/question.ts';
import type { Io } from './io.ts';

const SCHEMA = 'stakes/draft@1';

/** Answers that wait for `--resume`: one set a folder, where no repository is. */
export interface Draft {
  mode: InitMode;
  /** In the order in which they were given. */
  answers: Answers;
}

/** Undefined: the machine names no folder for it. */
function pathOf(folder: string, io: Io): string | undefined {
  const state = stateIn(io.env);
  const name = createHash('sha256').update(resolve(io.cwd, folder)).digest('hex').slice(0, 16);
  return state === undefined ? undefined : join(state, 'drafts', `${name}.json`);
}

/** What went wrong, in words; undefined: it is kept. */
export function keepDraft(folder: string, { mode, answers }: Draft, io: Io): string | undefined {
  const path = pathOf(folder, io);
  if (path === undefined) return 'there is no folder for it: set `XDG_STATE_HOME` or `HOME`';
  try {
    makeFolders(missingFolders(path), 0o700);
    const draft = { schema: SCHEMA, folder: resolve(io.cwd, folder), mode, answers: [...answers] };
    writeWhole(path, `${JSON.stringify(draft, null, 2)}\n`, { mode: 0o600 });
    return undefined;
  } catch (error) {
    return diskComplaint(error);
  }
}

export function draftFor(folder: string, io: Io): Draft | 'none' | 'broken' {
  const path = pathOf(folder, io);
  if (path === undefined) return 'none';
  const text = readText(path, path);
  if (text.state === 'missing') return 'none';
  if (text.state !== 'ok') return 'broken';
  try {
    const value: unknown = JSON.parse(text.value);
    if (!isRecord(value) || value.schema !== SCHEMA || !Array.isArray(value.answers)) return 'broken';
    const mode = INIT_MODES.find((each) => each === value.mode);
    const isPair = (pair: unknown): pair is [string, string] =>
      Array.isArray(pair) && pair.length === 2 && pair.every((part) => typeof part === 'string');
    return mode && value.answers.every(isPair) ? { mode, answers: new Map(value.answers) } : 'broken';
  } catch {
    return 'broken';
  }
}

export function dropDraft(folder: string, io: Io): void {
  const path = pathOf(folder, io);
  if (path !== undefined) rmSync(path, { force: true });
}
