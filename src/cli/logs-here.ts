import { basename, join, resolve } from 'node:path';
import { keysFolder } from '../audit/places.ts';
import { publicKeysIn, type TrustedKey } from '../audit/public-keys.ts';
import type { FoundLog } from '../audit/query/find-logs.ts';
import { KEY_FILES } from '../audit/signing-key.ts';
import type { Loaded } from '../model/place.ts';
import { readText } from '../source/read.ts';
import { auditState, logsFor } from './audit-places.ts';
import type { Io } from './io.ts';

/** A log, and what this machine has of the same name. */
export interface NamedLog extends Pick<FoundLog, 'files'> {
  /** Of its folder, or of its file where that was named alone; another one of the same name has a number behind it. */
  name: string;
  /** Folder of its keys. Undefined: this machine has none of its own. */
  keys: string | undefined;
}

/** The logs that were named, or all of this machine. */
export function logsHere(paths: readonly string[], io: Io): Loaded<NamedLog[]> {
  const { logs, errors } = logsFor(paths, io);
  if (errors.length > 0) return { state: 'invalid', problems: errors };
  const state = auditState(io);
  const names = new Map<string, number>();
  return {
    state: 'ok',
    value: logs.map(({ path, files }) => {
      const own = basename(path);
      const plain = own.replace(/[^A-Za-z0-9._-]/g, '_').replace(/^\.+/, '_');
      const number = (names.get(plain) ?? 0) + 1;
      names.set(plain, number);
      const name = number === 1 ? plain : `${plain}+${number}`;
      return { name, files, keys: state === undefined ? undefined : keysFolder(state, own) };
    }),
  };
}

/** Those that were given, or else those that this machine signs a log of this name with; none is an answer, too. */
export function keysFor({ keys }: NamedLog, given: readonly string[], io: Io): Loaded<TrustedKey[]> {
  const files = given.length > 0 ? given : keys === undefined ? [] : [join(keys, KEY_FILES.public)];
  const loaded = files.map((text) => publicKeysIn(text, (file) => readText(resolve(io.cwd, file), file)));
  // A log from elsewhere has no key here, which is no fault of anybody's.
  const found = loaded.filter((each) => given.length > 0 || each.state !== 'missing');
  const problems = found.flatMap((each) => (each.state === 'ok' ? [] : each.problems));
  if (problems.length > 0) return { state: 'invalid', problems };
  return { state: 'ok', value: found.flatMap((each) => (each.state === 'ok' ? each.value : [])) };
}
