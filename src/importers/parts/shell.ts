/** The commands of a shell script, each as its words; also those inside `$(…)` and backticks. */
export function commandsOf(script: string): string[][] {
  const commands: string[][] = [];
  scan({ text: script.replace(/\\\r?\n/g, ' '), at: 0 }, '', commands, 0);
  return commands;
}

/** The words of one command line that spans several lines; lines that start with `#` are comments. */
export function wordsOf(line: string): string[] {
  const plain = line
    .split('\n')
    .filter((part) => !part.trimStart().startsWith('#'))
    .join(' ');
  return commandsOf(plain).flat();
}

interface Cursor {
  text: string;
  at: number;
}

const DEEPEST = 20;

/** Reads up to `end`; nothing: to the end of the text. */
function scan(cursor: Cursor, end: string, commands: string[][], depth: number): void {
  let [words, word]: [string[], string | undefined] = [[], undefined];
  const heredocs: string[] = [];
  const endWord = () => {
    if (word !== undefined) words.push(word);
    word = undefined;
  };
  const endCommand = () => {
    endWord();
    if (words.length > 0) commands.push(words);
    words = [];
  };
  while (cursor.at < cursor.text.length) {
    const char = cursor.text[cursor.at] ?? '';
    if (char === end) {
      cursor.at++;
      break;
    }
    if (char === '#' && word === undefined) cursor.at = lineEnd(cursor);
    else if (char === '\n') {
      endCommand();
      cursor.at++;
      for (const mark of heredocs.splice(0)) skipHeredoc(cursor, mark);
    } else if (char === '<' && cursor.text.startsWith('<<', cursor.at) && heredocOf(cursor) !== undefined) {
      endWord();
      const found = heredocOf(cursor);
      cursor.at += found?.length ?? 2;
      heredocs.push(found?.mark ?? '');
    } else if (/[ \t\r]/.test(char)) {
      endWord();
      cursor.at++;
    } else if (';&|()<>'.includes(char)) {
      if ('<>'.includes(char)) endWord();
      else endCommand();
      cursor.at++;
    } else word = (word ?? '') + piece(cursor, commands, depth);
  }
  endCommand();
}

/** A character, or what a quote, an expression or a substitution makes of several. */
function piece(cursor: Cursor, commands: string[][], depth: number, quoted = false): string {
  const { text, at } = cursor;
  const char = text[at] ?? '';
  if (text.startsWith('${{', at)) return upTo(cursor, '}}');
  if (text.startsWith('${', at)) return upTo(cursor, '}');
  if ((text.startsWith('$(', at) || char === '`') && depth < DEEPEST) {
    cursor.at += char === '`' ? 1 : 2;
    scan(cursor, char === '`' ? '`' : ')', commands, depth + 1);
    return '$()';
  }
  if (char === "'" && !quoted) {
    const close = text.indexOf("'", at + 1);
    const last = close < 0 ? text.length : close;
    cursor.at = last + 1;
    return text.slice(at + 1, last);
  }
  if (char === '"' && !quoted) {
    cursor.at++;
    const parts: string[] = [];
    while (cursor.at < text.length && text[cursor.at] !== '"') parts.push(piece(cursor, commands, depth, true));
    cursor.at++;
    return parts.join('');
  }
  const escaped = char === '\\' && at + 1 < text.length;
  cursor.at += escaped ? 2 : 1;
  return escaped ? (text[at + 1] ?? '') : char;
}

function upTo(cursor: Cursor, close: string): string {
  const found = cursor.text.indexOf(close, cursor.at);
  const last = found < 0 ? cursor.text.length : found + close.length;
  const text = cursor.text.slice(cursor.at, last);
  cursor.at = last;
  return text;
}

function lineEnd({ text, at }: Cursor): number {
  const found = text.indexOf('\n', at);
  return found < 0 ? text.length : found;
}

function heredocOf({ text, at }: Cursor): { mark: string; length: number } | undefined {
  const found = /^<<-?[ \t]*(['"]?)([A-Za-z_]\w{0,60})\1/.exec(text.slice(at, at + 80));
  return found ? { mark: found[2] ?? '', length: found[0].length } : undefined;
}

/** What stands in a here-document is text for the command, and no command. */
function skipHeredoc(cursor: Cursor, mark: string): void {
  while (cursor.at < cursor.text.length) {
    const end = lineEnd(cursor);
    const line = cursor.text.slice(cursor.at, end);
    cursor.at = Math.min(end + 1, cursor.text.length);
    if (line.trim() === mark) return;
  }
}
