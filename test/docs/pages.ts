import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { lexer, type Token, walkTokens } from 'marked';

export interface DocPage {
  path: string;
  text: string;
  /** Every token, those within others too. */
  tokens: Token[];
}

const FOLDERS = ['docs', 'examples', 'action', 'ci'];

/** Everything in Markdown that people are meant to read. */
export const pages: DocPage[] = [
  ...readdirSync('.').filter((name) => name.endsWith('.md')),
  ...FOLDERS.flatMap((folder) =>
    readdirSync(folder, { recursive: true, encoding: 'utf8' })
      .filter((name) => name.endsWith('.md'))
      .map((name) => join(folder, name).replaceAll('\\', '/')),
  ),
]
  .sort()
  .map((path) => pageOf(path, readFileSync(path, 'utf8')));

export function pageOf(path: string, text: string): DocPage {
  const tokens: Token[] = [];
  walkTokens(lexer(text), (token) => void tokens.push(token));
  return { path, text, tokens };
}
