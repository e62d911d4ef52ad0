import { createHmac, createPrivateKey, type KeyObject, sign, timingSafeEqual } from 'node:crypto';

/** Each signs every message, so that a receiver can change from one to the next. */
export type SigningKeys = readonly ({ hmac: Buffer } | { ed25519: KeyObject })[];

/** What stands before the 32 bytes of an Ed25519 key in PKCS #8. */
const PKCS8 = Buffer.from('302e020100300506032b657004220420', 'hex');

/** Of Standard Webhooks, one or several with spaces between them; undefined: one of them is none. */
export function readKeys(text: string): SigningKeys | undefined {
  const keys = text.trim().split(/\s+/).map(readKey);
  return keys.every((key) => key !== undefined) ? keys : undefined;
}

function readKey(text: string): SigningKeys[number] | undefined {
  const [, kind, base64 = ''] = /^(whsec|whsk)_([A-Za-z0-9+/]+={0,2})$/.exec(text) ?? [];
  const bytes = Buffer.from(base64, 'base64');
  if (kind === 'whsec') return bytes.length >= 24 && bytes.length <= 64 ? { hmac: bytes } : undefined;
  // Some keep the public half behind the private one.
  if (kind !== 'whsk' || (bytes.length !== 32 && bytes.length !== 64)) return undefined;
  const der = Buffer.concat([PKCS8, bytes.subarray(0, 32)]);
  return { ed25519: createPrivateKey({ key: der, format: 'der', type: 'pkcs8' }) };
}

export interface Message {
  /** Without a full stop. */
  id: string;
  body: string;
  /** Seconds since 1970. */
  time: number;
}

/** The three headers of Standard Webhooks 1.0. */
export function signedHeaders(keys: SigningKeys, { id, body, time }: Message): Record<string, string> {
  const content = contentOf(id, String(time), body);
  const signatures = keys.map((key) =>
    'hmac' in key
      ? `v1,${hmacOf(key.hmac, content).toString('base64')}`
      : `v1a,${sign(null, content, key.ed25519).toString('base64')}`,
  );
  return { 'webhook-id': id, 'webhook-timestamp': String(time), 'webhook-signature': signatures.join(' ') };
}

/** Seconds that two clocks may differ by. */
const MOST_OFF = 300;

/** Is a response of whoever has the secret, to this very message and from now? Without a shared one, only TLS can tell. */
export function isSigned(keys: SigningKeys, { id, body, time }: Message, headers: Headers): boolean {
  const secrets = keys.flatMap((key) => ('hmac' in key ? [key.hmac] : []));
  if (secrets.length === 0) return true;
  const at = headers.get('webhook-timestamp') ?? '';
  if (headers.get('webhook-id') !== id || !(Math.abs(Number(at) - time) <= MOST_OFF)) return false;
  const content = contentOf(id, at, body);
  const given = (headers.get('webhook-signature') ?? '').slice(0, MOST_SIGNATURES).split(' ');
  return given.some(
    (one) => one.startsWith('v1,') && secrets.some((secret) => isSame(one.slice(3), hmacOf(secret, content))),
  );
}

const MOST_SIGNATURES = 4_096;

const contentOf = (id: string, time: string, body: string): Buffer => Buffer.from(`${id}.${time}.${body}`);
const hmacOf = (secret: Buffer, content: Buffer): Buffer => createHmac('sha256', secret).update(content).digest();

function isSame(base64: string, made: Buffer): boolean {
  const given = Buffer.from(base64, 'base64');
  return given.length === made.length && timingSafeEqual(given, made);
}
