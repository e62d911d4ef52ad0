import { basename, dirname, join } from 'node:path';
import { KEY_FILES } from './signing-key.ts';

/** Where a log of this machine is, below the state folder. */
export const logFolder = (state: string, name: string): string => join(state, 'audit', name);

/** Where its keys are: not in the log, which is for others to read. */
export const keysFolder = (state: string, name: string): string => join(state, 'keys', name);

/** The file of public keys that goes with a log of this machine; undefined: the log is from elsewhere. */
export function publicKeysOf(folder: string, state: string): string | undefined {
  const name = basename(folder);
  return logFolder(state, name) === folder && dirname(folder) !== folder
    ? join(keysFolder(state, name), KEY_FILES.public)
    : undefined;
}
