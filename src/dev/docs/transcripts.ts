import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, normalize, resolve } from 'node:path';
import { applyPatch } from 'diff';
import { lexer, type Token, type Tokens } from 'marked';
import { main } from '../../cli/main.ts';
import { writeSyntheticLog } from '../synthetic-log.ts';

/** Where a reader of the page works; some things are called after it. */
const FOLDER = /^<!-- folder: ([a-z][a-z-]*) -->$/m;

/** Where the records of the page's agent are written, as its gate would have. */
const RECORDS = /^<!-- records: order-desk -->$/m;

/** What pages use besides the examples and the files that they show. */
const FIXTURE = /(?<![\w/])fixtures\/[a-z-]+/g;

/**
 * The page with what its `console` blocks really print, one after the other in one folder, at 80 columns. A block with
 * `title="path"` is a file that the reader writes there, and with the language `diff` a change to it. The folder holds
 * the examples and fixtures that the page names.
 */
export async function freshPage(page: string): Promise<string> {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'stakes-docs-')));
  try {
    return await playPage(page, folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** The same in a folder that stays, or in the one below it that the page names. */
export async function playPage(page: string, parent: string): Promise<string> {
  const folder = folderOf(page, parent);
  mkdirSync(folder, { recursive: true });
  const parts = tokensOf(page);
  const commands = parts.filter(isConsole).flatMap(({ text }) => commandsIn(text));
  if (commands.some((line) => line.includes('examples'))) copyExamples(folder);
  for (const [path] of commands.join('\n').matchAll(FIXTURE)) cpSync(path, join(folder, path), { recursive: true });
  const fresh: string[] = [];
  for (const part of parts) {
    if (isConsole(part)) fresh.push(await freshBlock(part, folder));
    else {
      if (part.type === 'code') writeTitled(part as Tokens.Code, folder);
      if (part.type === 'html' && RECORDS.test(part.raw)) writeSyntheticLog(folder, 10_000);
      fresh.push(part.raw);
    }
  }
  return fresh.join('');
}

export function folderOf(page: string, parent: string): string {
  return join(parent, FOLDER.exec(page)?.[1] ?? '');
}

function tokensOf(page: string): Token[] {
  const tokens = lexer(page);
  if (tokens.map(({ raw }) => raw).join('') !== page) throw new Error('a page holds tabs or odd line ends');
  const nested = (page.match(/^ *```console/gm) ?? []).length - tokens.filter(isConsole).length;
  if (nested > 0) throw new Error('a `console` block stands in a list or a quotation, where it is not re-run');
  return tokens;
}

function isConsole(token: Token): token is Tokens.Code {
  return token.type === 'code' && /^console\b/.test((token as Tokens.Code).lang ?? '');
}

function commandsIn(text: string): string[] {
  const commands = text.split('\n').flatMap((line) => (line.startsWith('$ ') ? [line.slice(2)] : []));
  const odd = commands.find((line) => !/^stakes( |$)/.test(line));
  if (odd !== undefined || !text.startsWith('$ ')) throw new Error(`only \`stakes\` is re-run, not \`${odd ?? text}\``);
  return commands;
}

async function freshBlock({ raw, text }: Tokens.Code, folder: string): Promise<string> {
  const lines: string[] = [];
  for (const command of commandsIn(text)) lines.push(`$ ${command}\n`, await transcript(command, folder));
  const fence = raw.slice(0, raw.indexOf('\n') + 1);
  return `${fence}${lines.join('')}${raw.slice(raw.lastIndexOf('```'))}`;
}

/** What one command line prints, on both streams. */
export async function transcript(line: string, cwd: string): Promise<string> {
  const [command = '', redirect] = line.split(' > ');
  let shown = '';
  let data = '';
  const code = await main(command.split(' ').slice(1), {
    cwd,
    env: { HOME: join(cwd, '../home') },
    out: (text) => {
      if (redirect === undefined) shown += text;
      else data += text;
    },
    err: (text) => {
      shown += text;
    },
    readStdin: async () => new Uint8Array(),
    stdoutIsTty: false,
    stdinIsTty: false,
    columns: 80,
  });
  if (code === 4) throw new Error(`\`${line}\` ends with an internal error: ${shown}`);
  if (redirect !== undefined) writeFileSync(resolve(cwd, redirect), data);
  return shown.endsWith('\n') || shown === '' ? shown : `${shown}\n`;
}

function writeTitled({ lang = '', text }: Tokens.Code, folder: string): void {
  const path = /\btitle="([^"]+)"/.exec(lang)?.[1];
  if (path === undefined) return;
  if (normalize(path).startsWith('..') || path.startsWith('/')) throw new Error(`\`${path}\` is outside of the folder`);
  const full = join(folder, path);
  mkdirSync(dirname(full), { recursive: true });
  const content = lang.startsWith('diff') ? applyPatch(readFileSync(full, 'utf8'), `${text}\n`) : `${text}\n`;
  if (content === false) throw new Error(`a change to \`${path}\` does not fit what the page has made of it`);
  writeFileSync(full, content);
}

function copyExamples(folder: string): void {
  for (const name of readdirSync('examples')) {
    if (name.endsWith('.yaml')) cpSync(join('examples', name), join(folder, 'examples', name));
  }
}
