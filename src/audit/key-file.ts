import { createPrivateKey, generateKeyPairSync, type KeyObject } from 'node:crypto';
import { chmodSync, mkdirSync, readFileSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { faultOf } from '../source/fault-code.ts';
import { writeWhole } from '../source/write-whole.ts';
import { LogFault } from './fault.ts';

/** Words for a private key that cannot be used. */
export interface KeyWords {
  /** What it signs: `the records`. */
  signs: string;
  /** What to do about a file that holds no key. */
  help: string;
}

/** The Ed25519 key in a file that is for its owner alone; undefined: there is no such file. Throws `LogFault`. */
export function readKeyFile(file: string, { signs, help }: KeyWords): KeyObject | undefined {
  const text = readKeyText(file);
  if (text === undefined) return undefined;
  if (process.platform !== 'win32' && (statSync(file).mode & 0o077) !== 0)
    throw new LogFault(
      'open-key',
      `others can read \`${file}\`, which signs ${signs}`,
      `make a new one; if nobody else uses this machine: \`chmod 600 ${file}\``,
    );
  try {
    const key = createPrivateKey(text);
    if (key.asymmetricKeyType === 'ed25519') return key;
  } catch {
    // What a broken key holds is not told.
  }
  throw new LogFault('bad-key', `\`${file}\` holds no Ed25519 key`, help);
}

/** A new Ed25519 key, whole in its file before it is used, for its owner alone. */
export function makeKeyFile(file: string): KeyObject {
  const folder = dirname(file);
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  chmodSync(folder, 0o700);
  const { privateKey } = generateKeyPairSync('ed25519');
  const pem = privateKey.export({ format: 'pem', type: 'pkcs8' });
  writeWhole(file, pem, { mode: 0o600, exact: true, flushed: true });
  return privateKey;
}

/** Undefined: there is no such file. Throws `LogFault`. */
export function readKeyText(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    if (faultOf(error) === 'ENOENT') return undefined;
    throw new LogFault('no-key', `\`${file}\` cannot be read (${faultOf(error)})`, 'check its permissions');
  }
}

/** What fails while a key is written, as a `LogFault`. */
export function guardedKeys<T>(folder: string, step: () => T): T {
  try {
    return step();
  } catch (error) {
    if (error instanceof LogFault) throw error;
    throw new LogFault(
      'no-key',
      `no key can be written in \`${folder}\` (${faultOf(error)})`,
      'make the folder writable',
    );
  }
}
