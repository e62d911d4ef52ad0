import { createPublicKey, hash, verify } from 'node:crypto';
import { fromBase64 } from './base64.ts';

/** An Ed25519 key that signs notes. Source: https://c2sp.org/signed-note */
export interface VerifierKey {
  /** No space and no plus in it. */
  name: string;
  /** Eight hexadecimal digits, from name and key. */
  id: string;
  /** 32 bytes. */
  raw: Buffer;
}

const ED25519 = Buffer.from([1]);
const SPKI = Buffer.from('302a300506032b6570032100', 'hex');

export function verifierKey(name: string, raw: Buffer): VerifierKey {
  const id = hash('sha256', Buffer.concat([Buffer.from(`${name}\n`), ED25519, raw])).slice(0, 8);
  return { name, id, raw };
}

/** `name+id+key`, as Go's `note.NewVerifier` takes it. */
export function keyText({ name, id, raw }: VerifierKey): string {
  return `${name}+${id}+${Buffer.concat([ED25519, raw]).toString('base64')}`;
}

/** Undefined: this is no such text, or its id is not its key's. */
export function readKey(text: unknown): VerifierKey | undefined {
  const [, name, , coded] = (typeof text === 'string' && /^([^+\s]{1,200})\+([0-9a-f]{8})\+(\S{44})$/.exec(text)) || [];
  const bytes = fromBase64(coded, 33);
  if (!isName(name) || bytes?.[0] !== 1) return undefined;
  const key = verifierKey(name, bytes.subarray(1));
  return keyText(key) === text ? key : undefined;
}

export function isName(text: unknown): text is string {
  return typeof text === 'string' && /^[\x21-\x2a\x2c-\x7e]{1,200}$/.test(text);
}

export const publicPem = ({ raw }: VerifierKey): string =>
  createPublicKey({ key: Buffer.concat([SPKI, raw]), format: 'der', type: 'spki' })
    .export({ format: 'pem', type: 'spki' })
    .toString();

const made = new WeakMap<VerifierKey, ReturnType<typeof createPublicKey>>();

export function isSignedBy(key: VerifierKey, message: string | Buffer, signature: Buffer): boolean {
  const known = made.get(key) ?? createPublicKey({ key: Buffer.concat([SPKI, key.raw]), format: 'der', type: 'spki' });
  made.set(key, known);
  return verify(null, Buffer.from(message as string), known, signature);
}
