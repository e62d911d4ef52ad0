import { redact } from '../source/secrets.ts';

const MOST_KNOWN = 1000;
const MOST_KEPT = 2000;

/**
 * Makes a text that others chose fit for a record: secrets covered, no half of a surrogate pair (RFC 8785 has none), not endless.
 * The same few come again and again, and looking for secrets is what takes the time. As a JSON string.
 */
function cleaner(most: number): (text: string) => string {
  const known = new Map<string, string>();
  return (text) => {
    const before = known.get(text);
    if (before !== undefined) return before;
    const cut = text.length > most ? `${text.slice(0, most)}…` : text;
    const clean = JSON.stringify(redact(cut).replaceAll(/\p{Cs}/gu, '\ufffd'));
    if (known.size >= MOST_KNOWN) known.clear();
    if (text.length <= MOST_KEPT) known.set(text, clean);
    return clean;
  };
}

export const nameJson = cleaner(300);
export const reasonJson = cleaner(1000);
