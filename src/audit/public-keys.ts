import { createPublicKey } from 'node:crypto';
import type { Loaded } from '../model/place.ts';
import { readKey, type VerifierKey } from './verifier-key.ts';

/** A key of somebody whose signatures count; a name is not part of it. */
export type TrustedKey = Pick<VerifierKey, 'raw'>;

/** A verifier key itself, or a file with some (one a line, `#` for remarks), or with a public key as PEM. */
export function publicKeysIn(given: string, read: (file: string) => Loaded<string>): Loaded<TrustedKey[]> {
  const key = readKey(given);
  if (key !== undefined) return { state: 'ok', value: [key] };
  const text = read(given);
  if (text.state !== 'ok') return text;
  const keys = keysOf(text.value);
  return keys === undefined ? wrong(given, text.value) : { state: 'ok', value: keys };
}

function keysOf(text: string): TrustedKey[] | undefined {
  if (text.includes('PRIVATE KEY')) return undefined;
  if (text.includes('-----BEGIN PUBLIC KEY-----')) return pemKey(text);
  const lines = text.split('\n').map((line) => line.trim());
  const keys = lines.filter((line) => line !== '' && !line.startsWith('#')).map(readKey);
  return keys.length > 0 && keys.every((key) => key !== undefined) ? keys : undefined;
}

function pemKey(text: string): TrustedKey[] | undefined {
  try {
    const key = createPublicKey(text);
    if (key.asymmetricKeyType !== 'ed25519') return undefined;
    return [{ raw: key.export({ format: 'der', type: 'spki' }).subarray(-32) }];
  } catch {
    return undefined;
  }
}

function wrong(file: string, text: string): Loaded<never> {
  const isPrivate = text.includes('PRIVATE KEY');
  const message = isPrivate ? `\`${file}\` holds a private key` : `\`${file}\` holds no public key that signs records`;
  const help = isPrivate
    ? 'a verifier needs the public one (`signing.pub`), and nobody else should have this'
    : 'it takes lines such as `name+1a2b3c4d+…`, or an Ed25519 public key as PEM';
  return { state: 'invalid', problems: [{ code: 'no-key', message, file, help }] };
}
