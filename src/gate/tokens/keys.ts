import { createPublicKey, type KeyObject, randomBytes } from 'node:crypto';
import { linkSync, renameSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { calculateJwkThumbprint } from 'jose';
import { guardedKeys, makeKeyFile, readKeyFile, readKeyText } from '../../audit/key-file.ts';
import type { Jwks, PublicJwk } from '../../model/token.ts';
import { LIFE } from '../../model/token.ts';
import { faultOf } from '../../source/fault-code.ts';
import { isRecord } from '../../source/record.ts';
import { writeWhole } from '../../source/write-whole.ts';

/** In the folder of the keys of one agent's gates. */
export const TOKEN_FILES = { private: 'tokens.pem', public: 'jwks.json' } as const;

/** Milliseconds after which a gate that runs signs with a key that was replaced. */
const LOOK_AFTER = 1_000;
/** Seconds that a key which was replaced is still told: what it signed last must end first, by any clock near ours. */
const KEPT = LIFE.most + 2 * (LOOK_AFTER / 1000) + 60;

export interface TokenKey {
  /** Its thumbprint. */
  kid: string;
  secret: KeyObject;
}

/** The keys that all gates of one agent sign its tokens with. Everything throws `LogFault`. */
export interface TokenKeys {
  /** The one in use. */
  current(): Promise<TokenKey>;
  /** The public ones that somebody may still need. */
  jwks(): Promise<Jwks>;
  /** A new one from here on; gates that run follow within a second. */
  rotate(): Promise<TokenKey>;
}

export function tokenKeys(folder: string, now: () => number): TokenKeys {
  const file = join(folder, TOKEN_FILES.private);
  let known: { key: TokenKey; mark: string } | undefined;
  let looked = Number.NEGATIVE_INFINITY;

  async function look(): Promise<TokenKey> {
    const at = now();
    const mark = markOf(file);
    const key = await keyOf(readKeyFile(file, WORDS) ?? made(file));
    publish(folder, key, at);
    [known, looked] = [{ key, mark }, at];
    return key;
  }

  async function current(): Promise<TokenKey> {
    if (known !== undefined && now() - looked < LOOK_AFTER) return known.key;
    if (known === undefined || markOf(file) !== known.mark) return await look();
    looked = now();
    return known.key;
  }

  return {
    current,
    async jwks() {
      const { kid } = await current();
      const told = publicKeys(folder);
      const keys = told.filter((key) => key.kid === kid || (key.exp ?? 0) > now() / 1000);
      return { keys };
    },
    async rotate() {
      await look();
      const next = `${file}.${randomBytes(6).toString('hex')}.next`;
      guardedKeys(folder, () => {
        makeKeyFile(next);
        renameSync(next, file);
      });
      return await look();
    },
  };
}

const WORDS = { signs: 'tokens', help: 'take it away: the next start makes another' };

/** Gates that start at the same time end up with one key: whoever links it first. */
function made(file: string): KeyObject {
  const draft = `${file}.${randomBytes(6).toString('hex')}.next`;
  return guardedKeys(join(file, '..'), () => {
    const key = makeKeyFile(draft);
    try {
      linkSync(draft, file);
      return key;
    } catch (error) {
      const theirs = faultOf(error) === 'EEXIST' ? readKeyFile(file, WORDS) : undefined;
      if (theirs === undefined) throw error;
      return theirs;
    } finally {
      rmSync(draft, { force: true });
    }
  });
}

async function keyOf(secret: KeyObject): Promise<TokenKey> {
  return { secret, kid: await calculateJwkThumbprint(jwkOf(secret)) };
}

function jwkOf(secret: KeyObject): { kty: 'OKP'; crv: 'Ed25519'; x: string } {
  const { x } = createPublicKey(secret).export({ format: 'jwk' });
  return { kty: 'OKP', crv: 'Ed25519', x: x ?? '' };
}

/** Kept beside the key, for whoever checks tokens. A rotation that was killed half-way is finished by the next gate. */
function publish(folder: string, { kid, secret }: TokenKey, now: number): void {
  const before = publicKeys(folder);
  const seconds = Math.ceil(now / 1000);
  const others = before
    .filter((key) => key.kid !== kid && (key.exp ?? Number.POSITIVE_INFINITY) > seconds)
    .map((key) => ({ ...key, exp: key.exp ?? seconds + KEPT }));
  const own: PublicJwk = { ...jwkOf(secret), kid, use: 'sig', alg: 'EdDSA' };
  const text = `${JSON.stringify({ keys: [own, ...others] } satisfies Jwks, null, 2)}\n`;
  const file = join(folder, TOKEN_FILES.public);
  if (readKeyText(file) !== text) guardedKeys(folder, () => writeWhole(file, text, { mode: 0o644, flushed: true }));
}

/** What cannot be read is written anew: the private key says what the public one is. */
function publicKeys(folder: string): PublicJwk[] {
  const text = readKeyText(join(folder, TOKEN_FILES.public));
  try {
    const value: unknown = JSON.parse(text ?? '');
    const keys: unknown[] = isRecord(value) && Array.isArray(value.keys) ? value.keys : [];
    return keys.filter(isOurs);
  } catch {
    return [];
  }
}

function isOurs(key: unknown): key is PublicJwk {
  return (
    isRecord(key) &&
    key.kty === 'OKP' &&
    typeof key.x === 'string' &&
    typeof key.kid === 'string' &&
    !Object.hasOwn(key, 'd') &&
    (key.exp === undefined || typeof key.exp === 'number')
  );
}

function markOf(file: string): string {
  try {
    const { ino, mtimeMs } = statSync(file);
    return `${ino} ${mtimeMs}`;
  } catch {
    return 'gone';
  }
}
