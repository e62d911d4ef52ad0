import { isRecord } from '../../source/record.ts';
import { holdsSecret, redactSource } from '../../source/secrets.ts';

/** What these hold is made of digests, keys and signatures, whose letters are those of chance. */
const MADE: Readonly<Record<string, RegExp>> = {
  prev: /^sha256:[0-9a-f]{64}$/,
  arguments: /^sha256:[0-9a-f]{64}$/,
  policy: /^sha256:[0-9a-f]{64}$/,
  signature: /^[A-Za-z0-9+/=]{88}$/,
  root: /^[A-Za-z0-9+/=]{44}$/,
};
const KEY = /^[\x21-\x2a\x2c-\x7e]{1,200}\+[0-9a-f]{8}\+[A-Za-z0-9+/=]{44}$/;
const MOST_KNOWN = 10_000;
const MOST_KEPT = 2000;

/** Looks into lines of a log, and what was read of them, for what looks like a secret. The same few texts come again and again. */
export function lineSecrets(): (value: unknown, line: string) => boolean {
  const known = new Map<string, boolean>();
  const isSecret = (text: string): boolean => {
    const before = known.get(text);
    if (before !== undefined) return before;
    const found = holdsSecret(text);
    if (known.size >= MOST_KNOWN) known.clear();
    if (text.length <= MOST_KEPT) known.set(text, found);
    return found;
  };
  const visit = (value: unknown): boolean => {
    if (typeof value === 'string') return isSecret(value);
    if (Array.isArray(value)) return value.some(visit);
    if (!isRecord(value)) return false;
    return Object.entries(value).some(([key, inner]) => isSecret(key) || visit(inner));
  };
  return (value, line) => {
    if (value === undefined) return redactSource(line) !== line;
    if (!isRecord(value)) return visit(value);
    return Object.entries(value).some(([key, inner]) => !isMade(key, inner, value) && (isSecret(key) || visit(inner)));
  };
}

function isMade(key: string, value: unknown, record: Record<string, unknown>): boolean {
  if (typeof value === 'string') {
    if (MADE[key]?.test(value)) return true;
    if ((key === 'key' && record.kind === 'segment') || key === 'to') return KEY.test(value);
    // Its signature is of chance, too; what it is about is origin, number and root.
    return key === 'note' && record.kind === 'checkpoint' && !holdsSecret(value.split('\n')[0] ?? '');
  }
  return key === 'peaks' && Array.isArray(value) && value.every((peak) => MADE.root?.test(String(peak)));
}
