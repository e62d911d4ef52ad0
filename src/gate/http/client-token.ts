import { randomBytes } from 'node:crypto';
import { closeSync, fstatSync, openSync, readSync, writeSync } from 'node:fs';
import { platform, userInfo } from 'node:os';
import { faultOf } from '../../source/fault-code.ts';

export type ClientToken = { token: string } | { fault: string; help: string };

const MOST_BYTES = 4096;
/** Characters; fewer can be guessed. */
const LEAST = 24;

/** What a client has to show, from a file for its owner's eyes only; made where there is none. */
export function clientToken(file: string): ClientToken {
  try {
    const descriptor = openSync(file, 'wx', 0o600);
    try {
      const token = randomBytes(32).toString('base64url');
      writeSync(descriptor, `${token}\n`);
      return { token };
    } finally {
      closeSync(descriptor);
    }
  } catch (error) {
    if (faultOf(error) !== 'EEXIST') return { fault: `cannot be made (${faultOf(error)})`, help: 'name another file' };
  }
  try {
    return read(file);
  } catch (error) {
    return { fault: `cannot be read (${faultOf(error)})`, help: 'make it readable, or name another file' };
  }
}

function read(file: string): ClientToken {
  const descriptor = openSync(file, 'r');
  try {
    const { mode, uid } = fstatSync(descriptor);
    if (platform() !== 'win32' && uid !== userInfo().uid)
      return { fault: 'is of another user, who knows it', help: 'name another file' };
    if (platform() !== 'win32' && (mode & 0o077) !== 0)
      return { fault: 'may be read by others than its owner', help: 'take their rights away: `chmod 600`' };
    const bytes = Buffer.alloc(MOST_BYTES);
    const token = bytes.toString('latin1', 0, readSync(descriptor, bytes)).trim();
    return /^[\x21-\x7e]+$/.test(token) && token.length >= LEAST && token.length < MOST_BYTES - 2
      ? { token }
      : { fault: `is no token: one line of at least ${LEAST} characters`, help: 'delete it, and another one is made' };
  } finally {
    closeSync(descriptor);
  }
}
