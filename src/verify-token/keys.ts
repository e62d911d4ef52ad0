import { type CryptoKey, importJWK } from 'jose';
import type { KnownKey, KnownKeys } from './known.ts';
import { TokenRefused } from './refused.ts';

const imported = new WeakMap<KnownKey, Promise<CryptoKey>>();

/** Of the key that a token names; `now` in seconds. Throws `TokenRefused` for one that is not among them. */
export async function keyNamed(given: KnownKeys, kid: unknown, now: number): Promise<CryptoKey> {
  const keys = typeof given === 'function' ? await given() : given;
  if (typeof keys === 'function') return await keyNamed(keys, kid, now);
  const all = 'keys' in keys ? keys.keys : [keys];
  for (const key of all)
    if (Object.hasOwn(key, 'd')) throw new TypeError('a verifier needs public keys, and this one is private');
  const named = all.find(
    (key) => key.kty === 'OKP' && key.crv === 'Ed25519' && key.kid === kid && typeof kid === 'string',
  );
  if (named === undefined || (named.exp !== undefined && named.exp < now)) throw new TokenRefused('key');
  const { x = '' } = named;
  const known = imported.get(named) ?? (importJWK({ kty: 'OKP', crv: 'Ed25519', x }, 'EdDSA') as Promise<CryptoKey>);
  imported.set(named, known);
  return await known;
}
