import { Lexer } from 'yaml';

export interface Comment {
  offset: number;
  /** With its `#`, without the line break. */
  text: string;
}

/** What the lexer says in between, which is not in the text: that a scalar follows, that a document starts, that brackets do not match. */
const SCALAR = '\u001f';
const UNWRITTEN: ReadonlySet<string> = new Set([SCALAR, '\u0002', '\u0018']);

/** Every comment of a YAML text, in order; a `#` inside a value is none. */
export function commentsOf(text: string): Comment[] {
  const found: Comment[] = [];
  if (!text.includes('#')) return found;
  let offset = 0;
  let before = '';
  for (const lexeme of new Lexer().lex(text)) {
    if (before !== SCALAR) {
      if (UNWRITTEN.has(lexeme)) {
        before = lexeme;
        continue;
      }
      if (lexeme.startsWith('#')) found.push({ offset, text: lexeme.trimEnd() });
    }
    offset += lexeme.length;
    before = '';
  }
  return found;
}
