import { dirname, resolve } from 'node:path';
import { publicKeysOf } from '../audit/places.ts';
import { publicKeysIn, type TrustedKey } from '../audit/public-keys.ts';
import type { Loaded } from '../model/place.ts';
import { readText } from '../source/read.ts';
import { auditState } from './audit-places.ts';
import type { Io } from './io.ts';

/** The keys that count for the log at a path: those that were given, or else those that this machine has for its own log; none is an answer, too. */
export function trustedKeys(given: readonly string[], path: string, io: Io): Loaded<TrustedKey[]> {
  const loaded = given.map((text) => publicKeysIn(text, (file) => readText(resolve(io.cwd, file), file)));
  if (given.length === 0) {
    const state = auditState(io);
    const own = state === undefined ? [] : [path, dirname(path)].flatMap((folder) => publicKeysOf(folder, state) ?? []);
    for (const file of own) loaded.push(publicKeysIn(file, (name) => readText(name, name)));
  }
  const problems = loaded.flatMap((each) => (each.state === 'ok' ? [] : each.problems));
  if (problems.length > 0) return { state: 'invalid', problems };
  return { state: 'ok', value: loaded.flatMap((each) => (each.state === 'ok' ? each.value : [])) };
}
