import { createPublicKey, type KeyObject, sign } from 'node:crypto';
import { renameSync } from 'node:fs';
import { join } from 'node:path';
import { writeWhole } from '../source/write-whole.ts';
import { LogFault } from './fault.ts';
import { guardedKeys, makeKeyFile, readKeyFile, readKeyText } from './key-file.ts';
import { keyText, publicPem, type VerifierKey, verifierKey } from './verifier-key.ts';

/** A key that signs, and never leaves this module. */
export interface SigningKey {
  key: VerifierKey;
  sign(message: string): Buffer;
}

/** In the folder of the keys of one log. The private ones are for their owner alone. */
export const KEY_FILES = {
  private: 'signing.pem',
  /** While a key is being replaced. */
  next: 'next.pem',
  /** C2SP verifier keys, one a line, the one in use last: what a verifier needs. */
  public: 'signing.pub',
  /** The one in use, for openssl. */
  publicPem: 'signing.pub.pem',
} as const;

/** The key of a log; made where there is none yet. Throws `LogFault`. */
export function openKey(folder: string, name: string, mayMake: boolean): SigningKey {
  const file = join(folder, KEY_FILES.private);
  const found = readPrivate(file, name);
  if (found !== undefined) return found;
  if (!mayMake)
    throw new LogFault(
      'no-key',
      `the key of this log is gone: there is no \`${file}\``,
      'bring it back, or start a new log in another folder',
    );
  return makeKey(folder, name, KEY_FILES.private);
}

/** The next key, not yet in use: one that a rotation was killed over is taken again. */
export function nextKey(folder: string, name: string): SigningKey {
  return readPrivate(join(folder, KEY_FILES.next), name) ?? makeKey(folder, name, KEY_FILES.next);
}

/** The key that a killed rotation had brought into the log already, if there is one. */
export const pendingKey = (folder: string, name: string): SigningKey | undefined =>
  readPrivate(join(folder, KEY_FILES.next), name);

/** The next key takes the place of the one before it, which nothing needs any more. */
export function putNext(folder: string, { key }: SigningKey): void {
  guardedKeys(folder, () => {
    renameSync(join(folder, KEY_FILES.next), join(folder, KEY_FILES.private));
    publish(folder, key);
  });
}

function makeKey(folder: string, name: string, file: string): SigningKey {
  return guardedKeys(folder, () => {
    const made = signingKey(makeKeyFile(join(folder, file)), name);
    if (file === KEY_FILES.private) publish(folder, made.key);
    return made;
  });
}

function publish(folder: string, key: VerifierKey): void {
  const path = join(folder, KEY_FILES.public);
  const text = keyText(key);
  const before =
    readKeyText(path)
      ?.split('\n')
      .filter((line) => line !== '' && line !== text) ?? [];
  writeWhole(path, `${[...before, text].join('\n')}\n`, { mode: 0o644, flushed: true });
  writeWhole(join(folder, KEY_FILES.publicPem), publicPem(key), { mode: 0o644, flushed: true });
}

const WORDS = { signs: 'the records', help: 'bring the key of this log back' };

function readPrivate(file: string, name: string): SigningKey | undefined {
  const key = readKeyFile(file, WORDS);
  return key === undefined ? undefined : signingKey(key, name);
}

function signingKey(secret: KeyObject, name: string): SigningKey {
  const raw = createPublicKey(secret).export({ format: 'der', type: 'spki' }).subarray(-32);
  return { key: verifierKey(name, raw), sign: (message) => sign(null, Buffer.from(message), secret) };
}
