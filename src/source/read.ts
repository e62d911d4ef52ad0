import { closeSync, constants, fstatSync, lstatSync, openSync, readSync } from 'node:fs';
import type { Loaded, Problem } from '../model/place.ts';

/** The largest file that is read: a hand-written manifest of this size would hold thousands of tools. */
export const MAX_BYTES = 1024 * 1024;
const SPLIT = 'one agent a file is enough; is this the right file?';

/** Reads a text file a stranger may have written, of at most `most` bytes. `shown` is how messages name it. */
export function readText(path: string, shown: string, most = MAX_BYTES): Loaded<string> {
  const refuse = (
    state: 'missing' | 'unreadable' | 'empty' | 'invalid',
    code: string,
    message: string,
    help?: string,
  ) => {
    const problem: Problem = { code, message, file: shown, ...(help ? { help } : {}) };
    return { state, problems: [problem] };
  };
  let handle: number;
  try {
    // Without O_NONBLOCK, opening a named pipe waits for ever.
    handle = openSync(path, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0));
  } catch (error) {
    const code = errorCode(error);
    if (code === 'ENOENT' && lstatSync(path, { throwIfNoEntry: false })) {
      return refuse('missing', 'missing-file', `\`${shown}\` is a symbolic link to a file that is not there`);
    }
    if (code === 'ENOENT' || code === 'ENOTDIR')
      return refuse('missing', 'missing-file', `there is no file \`${shown}\``);
    if (code === 'ELOOP') return refuse('unreadable', 'unreadable-file', `\`${shown}\` is a loop of symbolic links`);
    if (code === 'ENXIO') return refuse('unreadable', 'not-a-file', `\`${shown}\` is a socket, not a file`);
    const help = code === 'EACCES' || code === 'EPERM' ? 'check its permissions' : undefined;
    return refuse('unreadable', 'unreadable-file', `\`${shown}\` cannot be read (${code})`, help);
  }
  try {
    const stat = fstatSync(handle);
    if (stat.isDirectory()) return refuse('unreadable', 'not-a-file', `\`${shown}\` is a folder, not a file`);
    if (!stat.isFile()) return refuse('unreadable', 'not-a-file', `\`${shown}\` is a pipe or a device, not a file`);
    if (stat.size > most) {
      return refuse('invalid', 'too-large', `\`${shown}\` has ${stat.size} bytes, and at most ${most} are read`, SPLIT);
    }
    return decode(readAll(handle, stat.size, most), shown, most);
  } catch (error) {
    return refuse('unreadable', 'unreadable-file', `\`${shown}\` cannot be read (${errorCode(error)})`);
  } finally {
    closeSync(handle);
  }
}

/** Bytes to text: UTF-8 (a byte order mark is dropped), at most `most`. */
export function decode(bytes: Uint8Array, shown: string, most = MAX_BYTES): Loaded<string> {
  const invalid = (code: string, message: string, help: string): Loaded<string> => ({
    state: 'invalid',
    problems: [{ code, message, file: shown, help }],
  });
  if (bytes.length > most) {
    return invalid('too-large', `\`${shown}\` has more than ${most} bytes, the most that is read`, SPLIT);
  }
  const mark = ((bytes[0] ?? 0) << 8) | (bytes[1] ?? 0);
  if (mark === 0xfffe || mark === 0xfeff)
    return invalid('not-utf8', `\`${shown}\` is UTF-16 or UTF-32`, 'save it as UTF-8');
  if (bytes.includes(0))
    return invalid('not-text', `\`${shown}\` is not a text file`, 'manifests are YAML or JSON in UTF-8');
  try {
    return { state: 'ok', value: new TextDecoder('utf-8', { fatal: true }).decode(bytes) };
  } catch {
    return invalid('not-utf8', `\`${shown}\` is not UTF-8`, 'save it as UTF-8');
  }
}

/** The size from `fstat` is only a first guess: the file may grow while it is read. */
function readAll(handle: number, guess: number, most: number): Uint8Array {
  const chunks: Buffer[] = [];
  let length = 0;
  for (let size = guess + 1; length <= most; size = most + 1 - length) {
    const chunk = Buffer.allocUnsafe(size);
    const read = readSync(handle, chunk, 0, size, null);
    if (read === 0) break;
    chunks.push(chunk.subarray(0, read));
    length += read;
  }
  return Buffer.concat(chunks);
}

function errorCode(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : 'unknown error';
}
