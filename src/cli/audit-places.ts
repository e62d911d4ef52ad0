import { homedir, platform } from 'node:os';
import { join, resolve } from 'node:path';
import { type FoundLog, logsAt } from '../audit/query/find-logs.ts';
import { shownAs } from '../manifest/paths.ts';
import type { Problem } from '../model/place.ts';
import { stateFolder } from '../source/state-folder.ts';
import type { Io } from './io.ts';

export function auditState(io: Io): string | undefined {
  return stateFolder({ platform: platform(), env: io.env, home: io.env.HOME ?? homedir() });
}

/** The logs that a command is about: those given, or all of this machine. */
export function logsFor(paths: readonly string[], io: Io): { logs: FoundLog[]; errors: Problem[]; where: string } {
  const state = auditState(io);
  const own = state === undefined ? [] : [join(state, 'audit')];
  const logs = new Map<string, FoundLog>();
  const errors: Problem[] = [];
  for (const path of paths.length > 0 ? paths.map((each) => resolve(io.cwd, each)) : own) {
    const found = logsAt(path, (file) => shownAs(file, io.cwd));
    if (found.state === 'ok') for (const log of found.value) logs.set(log.path, log);
    // That nothing was ever recorded here is no fault of anybody's.
    else if (paths.length > 0) errors.push(...found.problems);
  }
  const named = paths.length > 0 ? paths : own.map((path) => shownAs(path, io.cwd));
  return { logs: [...logs.values()], errors, where: named.map((path) => `\`${path}\``).join(', ') };
}
