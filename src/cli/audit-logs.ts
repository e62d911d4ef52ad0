import { readdirSync, statSync } from 'node:fs';
import { platform } from 'node:os';
import { basename, join, resolve } from 'node:path';
import { keysFolder, logFolder } from '../audit/places.ts';
import { publicKeysIn, type TrustedKey } from '../audit/public-keys.ts';
import { segmentsIn } from '../audit/segments.ts';
import { KEY_FILES } from '../audit/signing-key.ts';
import type { LogFile } from '../audit/verify/log.ts';
import { shownAs } from '../manifest/paths.ts';
import type { Loaded, Problem } from '../model/place.ts';
import { faultOf } from '../source/fault-code.ts';
import { readText } from '../source/read.ts';
import { stateFolder } from '../source/state-folder.ts';
import type { Io } from './io.ts';

/** One log on the disk. */
export interface FoundLog {
  /** Of its folder, or of its file where that was named alone. */
  name: string;
  files: LogFile[];
  /** The keys that this machine has under the same name. Undefined: none. */
  keys: string | undefined;
}

export const stateOf = (io: Io): string | undefined =>
  stateFolder({ platform: platform(), env: io.env, home: io.env.HOME ?? '' });

/** A file, the folder of a log, or a folder of such folders; without a path the logs of this machine. By name. */
export function logsAt(path: string | undefined, io: Io): Loaded<FoundLog[]> {
  const state = stateOf(io);
  if (path === undefined && state === undefined)
    return problemOf('no-state-folder', 'there is no folder of records', 'set `HOME`, or name a log');
  const full = path === undefined ? logFolder(state ?? '', '') : resolve(io.cwd, path);
  try {
    if (!statSync(full).isDirectory())
      return {
        state: 'ok',
        value: [
          {
            name: basename(full),
            files: [{ path: full, shown: shownAs(full, io.cwd), number: undefined }],
            keys: undefined,
          },
        ],
      };
    const own = logIn(full, io, state);
    if (own) return { state: 'ok', value: [own] };
    const names = readdirSync(full, { withFileTypes: true }).filter((entry) => entry.isDirectory());
    const logs = names.map(({ name }) => name).sort();
    return { state: 'ok', value: logs.flatMap((name) => logIn(join(full, name), io, state) ?? []) };
  } catch (error) {
    const fault = faultOf(error);
    const isMissing = fault === 'ENOENT' || fault === 'ENOTDIR';
    if (path === undefined && isMissing) return { state: 'ok', value: [] };
    const file = shownAs(full, io.cwd);
    return isMissing
      ? problemOf('missing-file', `there is no \`${file}\``, 'name a log, or leave it out for those of this machine')
      : problemOf('unreadable-file', `\`${file}\` cannot be read (${fault})`, 'check its permissions');
  }
}

function logIn(folder: string, io: Io, state: string | undefined): FoundLog | undefined {
  const segments = segmentsIn(folder);
  if (segments.length === 0) return undefined;
  const name = basename(folder);
  return {
    name,
    files: segments.map(({ path, number }) => ({ path, shown: shownAs(path, io.cwd), number })),
    keys: state === undefined ? undefined : keysFolder(state, name),
  };
}

/** Those that were given, or else those that this machine signs the log with; none is an answer, too. */
export function keysFor({ keys }: FoundLog, given: readonly string[], io: Io): Loaded<TrustedKey[]> {
  if (given.length > 0) {
    const loaded = given.map((text) => publicKeysIn(text, (file) => readText(resolve(io.cwd, file), file)));
    const problems = loaded.flatMap((each) => (each.state === 'ok' ? [] : each.problems));
    if (problems.length > 0) return { state: 'invalid', problems };
    return { state: 'ok', value: loaded.flatMap((each) => (each.state === 'ok' ? each.value : [])) };
  }
  if (keys === undefined) return { state: 'ok', value: [] };
  const file = join(keys, KEY_FILES.public);
  const own = publicKeysIn(file, (name) => readText(name, name));
  return own.state === 'missing' ? { state: 'ok', value: [] } : own;
}

function problemOf(code: string, message: string, help: string): Loaded<never> {
  const problem: Problem = { code, message, help };
  return { state: 'invalid', problems: [problem] };
}
