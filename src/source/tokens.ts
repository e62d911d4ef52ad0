import { type CST, Lexer, Parser } from 'yaml';

export type Tokens = { tokens: CST.Token[] } | { tooDeep: number } | { tooMany: number };

/** Words and marks of one file: a hundred times those of a manifest with a dozen tools. More would take the parser seconds. */
export const MAX_LEXEMES = 250_000;

/** Syntax tokens of a text, or the offset where it is too much to go on: what comes after recurses, and its time grows faster than the text. */
export function tokensOf(text: string, most: number): Tokens {
  const parser = new Parser();
  const tokens: CST.Token[] = [];
  // The stack also holds the document and the scalar at hand.
  const limit = most + 2;
  let lexemes = 0;
  for (const lexeme of new Lexer().lex(text)) {
    if (++lexemes > MAX_LEXEMES) return { tooMany: parser.offset };
    const { offset } = parser;
    for (const token of parser.next(lexeme)) tokens.push(token);
    if (parser.stack.length > limit) return { tooDeep: offset };
  }
  for (const token of parser.end()) tokens.push(token);
  return { tokens };
}

/** Offsets of brackets and quotes that are opened and never closed, in the order of the text. */
export function unclosed(tokens: readonly CST.Token[]): { offset: number; opener: string }[] {
  const found: { offset: number; opener: string }[] = [];
  const visit = (token: unknown): void => {
    if (!isToken(token)) return;
    if (token.type === 'flow-collection') {
      const opener = token.start.source;
      if (token.end[0]?.source !== CLOSER[opener]) found.push({ offset: token.offset, opener });
    } else if (token.type === 'single-quoted-scalar' || token.type === 'double-quoted-scalar') {
      const opener = token.source.charAt(0);
      if (token.source.length < 2 || !token.source.endsWith(opener)) found.push({ offset: token.offset, opener });
    }
    if ('value' in token) visit(token.value);
    for (const item of 'items' in token ? token.items : []) {
      if (item.key) visit(item.key);
      if (item.value) visit(item.value);
    }
  };
  for (const token of tokens) visit(token);
  return found.sort((a, b) => a.offset - b.offset);
}

const CLOSER: Readonly<Record<string, string>> = { '{': '}', '[': ']' };

function isToken(value: unknown): value is CST.Token {
  return typeof value === 'object' && value !== null && 'type' in value;
}
