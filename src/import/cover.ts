import type { Part, Reading } from '../importers/define.ts';
import type { Place, Problem } from '../model/place.ts';
import { isRecord } from '../source/record.ts';
import { redact } from '../source/secrets.ts';

const WORD = 'SECRET';

/**
 * The parts without secrets that stand where nobody looks for any: in the name of a job, of a tool or of a model. Importers
 * turn the others into references; this comes before names become ids and files. `texts`: what was read, whose secrets are
 * known again in capitals or with other hyphens, where they no longer look like any.
 */
export function covered({ parts, problems }: Reading, file: string, texts: readonly string[]): Reading {
  const told: Problem[] = [];
  const cores = coresIn(texts);
  const withoutSecrets = (written: string) => (cores ? plain(written).replace(cores, WORD) : plain(written));
  const visited = (value: unknown): unknown => {
    if (typeof value === 'string') return withoutSecrets(value);
    if (Array.isArray(value)) return value.map(visited);
    if (!isRecord(value)) return value;
    return Object.fromEntries(Object.entries(value).map(([key, inner]) => [withoutSecrets(key), visited(inner)]));
  };
  const clean = parts.map((part) => {
    // Most hold none, and one long text is searched faster than a thousand short ones.
    const { from, ...said } = part;
    const text = JSON.stringify([said, Object.keys(from)]);
    if (withoutSecrets(text) === text) return part;
    told.push(problemOf(from['/agent'] ?? Object.values(from)[0], file));
    const pointers = Object.entries(from).map(([pointer, place]): [string, Place] => [withoutSecrets(pointer), place]);
    return { ...(visited(said) as Part), from: Object.fromEntries(pointers) };
  });
  const [first] = told;
  return first ? { parts: clean, problems: [...problems, first] } : { parts, problems };
}

function problemOf(place: Place | undefined, file: string): Problem {
  const message = 'a secret is written out among the names in this file';
  const help = 'revoke it, and take it out; it was not taken over';
  return { code: 'literal-secret', message, help, ...(place ? { place } : { file }) };
}

const MOST = 200;

/** The long rows of letters and digits in the secrets of the texts, which survive whatever a name is made of them. */
function coresIn(texts: readonly string[]): RegExp | undefined {
  const rows = texts.flatMap((text) => {
    const shown = redact(text);
    if (shown === text || shown.length !== text.length) return [];
    const hidden = [...shown.matchAll(/\*+/g)].map(({ index, 0: { length } }) => text.slice(index, index + length));
    return hidden.flatMap((secret) => secret.match(/[A-Za-z0-9]{16,1000}/g) ?? []);
  });
  const cores = [...new Set(rows.filter((row) => /[0-9]/.test(row)))].slice(0, MOST);
  return cores.length === 0 ? undefined : new RegExp(cores.join('|'), 'gi');
}

/** One word for each secret, which names can hold, unlike stars. */
function plain(text: string): string {
  const shown = redact(text);
  if (shown === text) return text;
  // Characters of two halves are one star.
  if (shown.length !== text.length) return WORD;
  let clean = '';
  for (let at = 0; at < text.length; at++) {
    const isHidden = (i: number) => shown[i] === '*' && text[i] !== '*';
    if (!isHidden(at)) clean += text[at];
    else if (at === 0 || !isHidden(at - 1)) clean += WORD;
  }
  return clean;
}
