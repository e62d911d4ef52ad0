import { isRecord } from '../source/record.ts';
import { tokensOf } from './json-tokens.ts';

/** Deeper than any real call, and far from what a stack holds. */
const MOST_DEPTH = 64;

/**
 * A message, written as every reader of it sees the same; or why it cannot be judged by what it was parsed to. Two keys that are
 * one for some readers (`name`, `Name`), a key given twice and a number that cannot be carried would let a server run
 * something else than what was decided on.
 */
export function exactText(read: string, value: unknown): { text: string } | { fault: string } {
  const twins = twinsIn(value, 0);
  if (twins !== undefined) return { fault: twins };
  const text = JSON.stringify(value);
  // What was written by the same serialiser holds no key twice and no number that changes.
  const fault = text === read ? undefined : scan(read);
  return fault === undefined ? { text } : { fault };
}

function twinsIn(value: unknown, depth: number): string | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  if (depth > MOST_DEPTH) return `it nests deeper than ${MOST_DEPTH}`;
  if (isRecord(value)) {
    const keys = Object.keys(value);
    if (keys.length > 1 && !keys.every(isPlain) && new Set(keys.map(folded)).size < keys.length)
      return 'two of its keys differ only in case, which some servers read as one';
  }
  for (const inner of Object.values(value)) {
    const twins = twinsIn(inner, depth + 1);
    if (twins !== undefined) return twins;
  }
  return undefined;
}

/** Its own folded form, so that no two of them can be one. */
const isPlain = (key: string): boolean => /^[a-z0-9_-]*$/.test(key);

const folded = (key: string): string => (isPlain(key) ? key : key.normalize('NFKC').toUpperCase().toLowerCase());

/** No number that is meant has more; what follows takes longer the longer it is. */
const MOST_DIGITS = 1000;

/** Of a text that is known to be JSON: its tokens suffice. */
function scan(text: string): string | undefined {
  const open: (Set<string> | undefined)[] = [];
  let [before, string] = ['', ''];
  for (const token of tokensOf(text)) {
    if (token === '{') open.push(new Set());
    else if (token === '[') open.push(undefined);
    else if (token === '}' || token === ']') open.pop();
    else if (token === ':') {
      const keys = open.at(-1);
      if (keys?.has(string)) return 'one of its keys is given twice';
      keys?.add(string);
    } else if (token.startsWith('"')) string = JSON.parse(token) as string;
    else if (token !== ',' && !isCarried(token)) return 'one of its numbers has more digits than can be carried';
    before = token;
  }
  return before === '' ? 'it is empty' : undefined;
}

/** Is one of the outermost keys given twice? Of a text that is known to be JSON, however deep it nests. */
export function repeatsKey(text: string): boolean {
  const keys = new Set<string>();
  let depth = 0;
  let string = '';
  for (const token of tokensOf(text)) {
    if (token === '{' || token === '[') depth++;
    else if (token === '}' || token === ']') depth--;
    else if (depth !== 1) continue;
    else if (token.startsWith('"')) string = token;
    else if (token === ':') {
      const key = JSON.parse(string) as string;
      if (keys.has(key)) return true;
      keys.add(key);
    }
  }
  return false;
}

/** Is the number the same, digit for digit, once it was read and written again? */
function isCarried(number: string): boolean {
  return number.length <= MOST_DIGITS && digitsOf(String(Number(number))) === digitsOf(number);
}

/** Significant digits and the power of ten they stand at. */
function digitsOf(number: string): string {
  const [mantissa = '', power = '0'] = number.toLowerCase().split('e');
  const [whole = '', part = ''] = mantissa.replace('-', '').split('.');
  const digits = `${whole}${part}`.replace(/^0+/, '');
  const short = digits.replace(/0+$/, '');
  if (short === '') return '0';
  const exponent = Number(power) - part.length + (digits.length - short.length);
  return `${mantissa.startsWith('-') ? '-' : ''}${short}e${exponent}`;
}
