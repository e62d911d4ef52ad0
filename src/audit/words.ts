import { redact } from '../source/secrets.ts';

const MOST_KNOWN = 2000;
const known = new Map<string, string>();

/**
 * A text that others chose, made fit for a record: secrets covered, no half of a surrogate pair (RFC 8785 has none), not endless.
 * The same few names come again and again, and looking for secrets is what takes the time.
 */
export function cleaned(text: string, most = 300): string {
  const key = `${most}:${text}`;
  const before = known.get(key);
  if (before !== undefined) return before;
  const cut = text.length > most ? `${text.slice(0, most)}…` : text;
  const clean = redact(cut.replaceAll(/\p{Cs}/gu, '\ufffd'));
  if (known.size >= MOST_KNOWN) known.clear();
  if (text.length <= 2000) known.set(key, clean);
  return clean;
}
