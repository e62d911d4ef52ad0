import { isDeepStrictEqual } from 'node:util';
import { asList, asRecord, type Json, type JsonRecord, parseJson } from '../../../probe/json.ts';
import { readText } from '../hook/files.ts';
import { strangeSandboxKey } from './harmless.ts';

/** Keys that run programs of the user's own, by what such keys are called; a proof starts none of them. */
const RUNS_PROGRAMS = /helper|refresh|export|command|statusline|suggestion|plugin|marketplace|wrapper|^env$/i;

/** What decides whether our rules and our hook hold. */
const DECIDES = [
  'permissions',
  'sandbox',
  'hooks',
  'disableAllHooks',
  'allowManagedHooksOnly',
  'strictPluginOnlyCustomization',
];

/** Bytes; far more than a settings file has. */
const MOST = 8_000_000;

/** A settings file that people edit, as it may be handed to the client. */
export interface Installed {
  /** With what narrows, and our own hook; for a session. */
  session: string;
  /** With all but what would start a program; for the client's own check. */
  check: string;
}

/**
 * Written anew from what was read: of a key that stands twice, the client must not find one that was never looked at. What
 * is no plain JSON the client ignores.
 */
export function readInstalled(path: string, hooks: Json | undefined): Installed | { reason: string } {
  const read = readText(path, MOST);
  if ('fault' in read)
    return {
      reason: read.fault === 'ENOENT' ? 'is gone, although the lock says that it was applied' : 'cannot be read',
    };
  const mark = read.text.startsWith('\uFEFF') ? '\uFEFF' : '';
  const value = recordIn(read.text.slice(mark.length));
  if (value === undefined) return { reason: 'is no plain JSON object, so Claude Code ignores all of it' };
  const strange = strangeSandboxKey(value.sandbox);
  if (strange !== undefined)
    return { reason: `has \`sandbox.${strange}\`, which may start a program; nothing was tried with it` };
  if (Object.hasOwn(value, 'hooks')) value.hooks = ownHooks(asRecord(value.hooks), asRecord(hooks));
  const only = (isKept: (key: string) => boolean): string =>
    mark + JSON.stringify(Object.fromEntries(Object.entries(value).filter(([key]) => isKept(key))), null, 2);
  return {
    session: only((key) => DECIDES.includes(key)),
    check: only((key) => DECIDES.includes(key) || !RUNS_PROGRAMS.test(key)),
  };
}

/** Of the file's hooks those that are ours, to the letter. */
function ownHooks(found: JsonRecord, planned: JsonRecord): JsonRecord {
  return Object.fromEntries(
    Object.entries(found).map(([event, entries]) => {
      const ours = Object.hasOwn(planned, event) ? asList(planned[event]) : [];
      return [event, asList(entries).filter((entry) => ours.some((one) => isDeepStrictEqual(one, entry)))];
    }),
  );
}

function recordIn(text: string): JsonRecord | undefined {
  try {
    const value = parseJson(text);
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? value : undefined;
  } catch {
    return undefined;
  }
}
