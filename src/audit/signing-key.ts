import { createPrivateKey, createPublicKey, generateKeyPairSync, type KeyObject, sign } from 'node:crypto';
import { chmodSync, mkdirSync, readFileSync, renameSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { faultOf } from '../source/fault-code.ts';
import { writeWhole } from '../source/write-whole.ts';
import { LogFault } from './fault.ts';
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
  guarded(folder, () => {
    renameSync(join(folder, KEY_FILES.next), join(folder, KEY_FILES.private));
    publish(folder, key);
  });
}

function makeKey(folder: string, name: string, file: string): SigningKey {
  return guarded(folder, () => {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    chmodSync(folder, 0o700);
    const { privateKey } = generateKeyPairSync('ed25519');
    const pem = privateKey.export({ format: 'pem', type: 'pkcs8' });
    const path = join(folder, file);
    writeWhole(path, pem, { mode: 0o600, exact: true, flushed: true });
    const made = signingKey(privateKey, name);
    if (file === KEY_FILES.private) publish(folder, made.key);
    return made;
  });
}

function publish(folder: string, key: VerifierKey): void {
  const path = join(folder, KEY_FILES.public);
  const text = keyText(key);
  const before =
    readText(path)
      ?.split('\n')
      .filter((line) => line !== '' && line !== text) ?? [];
  writeWhole(path, `${[...before, text].join('\n')}\n`, { mode: 0o644, flushed: true });
  writeWhole(join(folder, KEY_FILES.publicPem), publicPem(key), { mode: 0o644, flushed: true });
}

function readPrivate(file: string, name: string): SigningKey | undefined {
  const text = readText(file);
  if (text === undefined) return undefined;
  if (process.platform !== 'win32' && (statSync(file).mode & 0o077) !== 0)
    throw new LogFault(
      'open-key',
      `others can read \`${file}\`, which signs the records`,
      `make a new one; if nobody else uses this machine: \`chmod 600 ${file}\``,
    );
  try {
    const key = createPrivateKey(text);
    if (key.asymmetricKeyType === 'ed25519') return signingKey(key, name);
  } catch {
    // What a broken key holds is not told.
  }
  throw new LogFault('bad-key', `\`${file}\` holds no Ed25519 key`, 'bring the key of this log back');
}

function signingKey(secret: KeyObject, name: string): SigningKey {
  const raw = createPublicKey(secret).export({ format: 'der', type: 'spki' }).subarray(-32);
  return { key: verifierKey(name, raw), sign: (message) => sign(null, Buffer.from(message), secret) };
}

function readText(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    if (faultOf(error) === 'ENOENT') return undefined;
    throw new LogFault('no-key', `\`${file}\` cannot be read (${faultOf(error)})`, 'check its permissions');
  }
}

function guarded<T>(folder: string, step: () => T): T {
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
