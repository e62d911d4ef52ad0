import type { Tokens } from 'marked';
import type { DocPage } from './pages.ts';

export interface CommandLine {
  path: string;
  line: string;
  words: string[];
  /** In the text, where arguments may be left out. */
  mentioned: boolean;
}

const BLOCKS = new Set(['', 'sh', 'bash', 'shell', 'zsh', 'fish', 'console', 'text', 'yaml']);
const STAKES = /(?:^|(?<=[(&|;]\s*|\$ |npx |- |run: ))stakes(?= |$)/;

/** Every call of `stakes` in a page: in blocks that are meant for a shell, and in the text. */
export function commandLines({ path, tokens }: DocPage): CommandLine[] {
  const lines = tokens.flatMap((token) => {
    if (token.type === 'codespan') return [{ line: (token as Tokens.Codespan).text, mentioned: true }];
    if (token.type !== 'code') return [];
    const { lang = '', text } = token as Tokens.Code;
    if (!BLOCKS.has(lang.split(' ')[0] ?? '')) return [];
    return text.split('\n').flatMap((line) => (isCommand(lang)(line) ? [{ line, mentioned: false }] : []));
  });
  return lines.flatMap(({ line, mentioned }) => {
    const at = STAKES.exec(line.trim());
    if (at === null) return [];
    const words = wordsOf(line.trim().slice(at.index + 'stakes'.length));
    return words === undefined ? [] : [{ path, line: line.trim(), words, mentioned }];
  });
}

/** In a transcript only what is typed is a command; in a file only what a job runs. */
function isCommand(lang: string): (line: string) => boolean {
  if (/^(?:console|text)/.test(lang)) return (line) => line.startsWith('$ ') || line.startsWith('stakes ');
  if (lang.startsWith('yaml')) return (line) => /(?:run:|^\s+-) stakes /.test(line);
  return () => true;
}

/** As a shell would, up to where another command, a file or a comment begins; undefined: it is a name, not a call. */
function wordsOf(rest: string): string[] | undefined {
  const [own = ''] = rest.split(/ (?:\||>|&&|;|#)(?: |$)|\)/);
  const words = [...own.matchAll(/'([^']*)'|"([^"]*)"|(\S+)/g)].map(
    ([, single, double, bare]) => single ?? double ?? bare,
  );
  if (words.includes('…')) return undefined;
  return words.flatMap((word) => (word === undefined || /^\[.*\]$/.test(word) ? [] : [word.replaceAll('&lt;', '<')]));
}
