import { readFileSync } from 'node:fs';
import { isDeepStrictEqual } from 'node:util';
import { applyEdits, modify, type ParseError, parse } from 'jsonc-parser';
import { asList, asRecord, type Json, type JsonRecord } from '../../../probe/json.ts';

/** Keys that run programs of the user's own, by what such keys are called; a proof starts none of them. */
const RUNS_PROGRAMS = /helper|refresh|export|command|statusline|suggestion|plugin|^env$/i;

/** A settings file that people edit, as it may be handed to the client. */
export interface Installed {
  /** With what narrows, and our own hook; for a session. */
  session: string;
  /** With all but what would start a program; for the client's own check. */
  check: string;
}

/** Comments and layout stay: what the client makes of them is part of what is to be seen. */
export function readInstalled(path: string, hooks: Json | undefined): Installed | { reason: string } {
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch {
    return { reason: 'is gone, although the lock says that it was applied' };
  }
  const errors: ParseError[] = [];
  const value = asRecord(parse(text, errors, { allowTrailingComma: true }) as Json);
  if (errors.length > 0) return { reason: 'is not JSON' };
  const keys = Object.keys(value);
  const foreign = keys.filter((key) => !['permissions', 'sandbox', 'hooks'].includes(key));
  const running = foreign.filter((key) => RUNS_PROGRAMS.test(key));
  const own = ownHooks(asRecord(value.hooks), asRecord(hooks));
  const withOwn = keys.includes('hooks') ? edited(text, ['hooks'], own) : text;
  return { session: without(withOwn, foreign), check: without(withOwn, running) };
}

/** Of the file's hooks those that are ours, to the letter. */
function ownHooks(found: JsonRecord, planned: JsonRecord): JsonRecord {
  return Object.fromEntries(
    Object.entries(found).map(([event, entries]) => {
      const ours = asList(planned[event]);
      return [event, asList(entries).filter((entry) => ours.some((one) => isDeepStrictEqual(one, entry)))];
    }),
  );
}

function without(text: string, keys: readonly string[]): string {
  return keys.reduce((rest, key) => edited(rest, [key], undefined), text);
}

function edited(text: string, path: string[], value: unknown): string {
  return applyEdits(text, modify(text, path, value, {}));
}
