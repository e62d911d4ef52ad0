/** Tokens that one gate has given to servers, so that none comes back. */
export interface Redactor {
  /** A token of ours begins like every other of its key. */
  beginning(start: string): void;
  /** A token of somebody else, until `until`, in milliseconds. */
  whole(token: string, until: number): void;
  /** The text without any of them, in plain or JSON spelling; the same text where there is none. */
  clean(text: string): string;
}

export const REDACTED = '[token removed]';

/** Tokens of others that are still good; the oldest go first. Each is looked for in all that a server writes. */
const MOST_KNOWN = 1_000;

const SPELLED = /\\(?:u00([2-7][0-9a-f])|[^u]|u)/gi;
const IN_TOKENS = /^[A-Za-z0-9._~+/=-]$/;

export function redactor(now: () => number): Redactor {
  const beginnings: string[] = [];
  const wholes = new Map<string, number>();

  function strip(text: string): string {
    let clean = text;
    for (const start of beginnings)
      if (clean.includes(start))
        clean = clean.replace(new RegExp(`${escaped(start)}[\\w-]*(?:\\.[\\w-]*)*`, 'g'), REDACTED);
    for (const [token, until] of wholes) {
      if (until < now()) wholes.delete(token);
      else if (clean.includes(token)) clean = clean.replaceAll(token, REDACTED);
    }
    return clean;
  }

  return {
    beginning(start) {
      if (!beginnings.includes(start)) beginnings.push(start);
    },
    whole(token, until) {
      const [oldest] = wholes.keys();
      if (wholes.size >= MOST_KNOWN && oldest !== undefined) wholes.delete(oldest);
      wholes.set(token, until);
    },
    clean(text) {
      if (beginnings.length === 0 && wholes.size === 0) return text;
      const stripped = strip(text);
      if (!/\\u00[2-7]|\\\//i.test(stripped)) return stripped;
      // JSON can spell any letter with a number; only text that hides a token so is spelled anew.
      const plain = stripped.replace(SPELLED, (spelling, code?: string) => {
        if (spelling === '\\/') return '/';
        const letter = code === undefined ? '' : String.fromCharCode(Number.parseInt(code, 16));
        return IN_TOKENS.test(letter) ? letter : spelling;
      });
      const again = strip(plain);
      return again === plain ? stripped : again;
    },
  };
}

const escaped = (text: string) => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
