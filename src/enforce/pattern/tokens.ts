/** Why a pattern cannot be matched in time that is linear in the text, or not at all. */
export type Refusal = 'not-a-pattern' | 'lookaround' | 'back-reference' | 'inline-flags' | 'too-large';

export type Token =
  /** One character's worth of pattern, as it is written. */
  | { kind: 'atom'; text: string }
  | { kind: 'assert'; what: '^' | '$' | '\\b' | '\\B' }
  | { kind: 'repeat'; least: number; most: number }
  | { kind: 'open' | 'close' | 'bar' };

const REPEAT = /[*+?]|\{(\d+)(?:(,)(\d*))?\}/y;
const ESCAPE =
  /\\(?:u\{[0-9a-fA-F]+\}|u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2}|u[0-9a-fA-F]{4}|x[0-9a-fA-F]{2}|c[A-Za-z]|[pP]\{[^}]*\}|.)/suy;
const CLASS = /\[(?:[^\]\\]|\\.)*\]/suy;
const CHARACTER = /./suy;
const GROUP = /\((?:\?(?::|<(?![=!])[^>]*>))?/y;
const LOOKAROUND = /\(\?<?[=!]/y;

/** The tokens of a pattern that `new RegExp(source, 'u')` has already taken, or what in it is not regular. */
export function tokensOf(source: string): Token[] | Refusal {
  const tokens: Token[] = [];
  let at = 0;
  const take = (expression: RegExp): RegExpExecArray | null => {
    expression.lastIndex = at;
    const found = expression.exec(source);
    if (found) at = expression.lastIndex;
    return found;
  };
  while (at < source.length) {
    const start = source[at];
    if (start === '|' || start === ')') {
      tokens.push({ kind: start === '|' ? 'bar' : 'close' });
      at++;
    } else if (start === '(') {
      if (take(LOOKAROUND)) return 'lookaround';
      take(GROUP);
      if (source[at] === '?') return 'inline-flags';
      tokens.push({ kind: 'open' });
    } else if (start === '^' || start === '$') {
      tokens.push({ kind: 'assert', what: start });
      at++;
    } else if (start === '\\') {
      const text = take(ESCAPE)?.[0] ?? '';
      if (/^\\[1-9k]/.test(text)) return 'back-reference';
      tokens.push(text === '\\b' || text === '\\B' ? { kind: 'assert', what: text } : { kind: 'atom', text });
    } else {
      const repeat = take(REPEAT);
      if (repeat) {
        tokens.push({ kind: 'repeat', ...boundsOf(repeat) });
        if (source[at] === '?') at++;
      } else tokens.push({ kind: 'atom', text: (take(CLASS) ?? take(CHARACTER))?.[0] ?? '' });
    }
  }
  return tokens;
}

function boundsOf([text, least, comma, most]: RegExpExecArray): { least: number; most: number } {
  if (text === '?') return { least: 0, most: 1 };
  if (least === undefined) return { least: text === '+' ? 1 : 0, most: Number.POSITIVE_INFINITY };
  if (comma === undefined) return { least: Number(least), most: Number(least) };
  return { least: Number(least), most: most ? Number(most) : Number.POSITIVE_INFINITY };
}
