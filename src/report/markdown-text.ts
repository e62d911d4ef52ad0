import { shown } from './shown.ts';

const PLAIN_CODE = /^[\w ./:*@{}$()=,'"+;?!%&~<>[\]#^-]+$/;
const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;' };

/** Prose for Markdown: no markup, link, HTML, table cell, mention or reference can come out of it; `code` stays code. */
export function markdown(text: string): string {
  const parts = shown(text).split('`');
  // With an odd number of backticks the last one opens nothing.
  const spans = parts.length % 2 === 1 ? parts : [...parts.slice(0, -2), `${parts.at(-2)}\`${parts.at(-1)}`];
  return spans.map((part, index) => (index % 2 === 0 ? escaped(part) : part === '' ? '' : codeOf(part))).join('');
}

/** A name as code, in a cell of a table too. */
export function code(text: string): string {
  return codeOf(shown(text));
}

export function cells(...columns: readonly string[]): string {
  return `| ${columns.join(' | ')} |`;
}

/** A table with its head; nothing where it has no rows. */
export function table(head: readonly string[], rows: readonly (readonly string[])[]): string[] {
  if (rows.length === 0) return [];
  return ['', cells(...head), cells(...head.map(() => '---')), ...rows.map((row) => cells(...row))];
}

/** A backtick or a pipe cannot be escaped within backticks in every Markdown, so such a name goes into an element, letter by letter. */
function codeOf(text: string): string {
  if (PLAIN_CODE.test(text) && text.trim() === text) return `\`${text}\``;
  const safe = text.replace(/[^A-Za-z0-9 ]/gu, (char) => `&#${char.codePointAt(0)};`);
  return `<code>${safe}</code>`;
}

function escaped(text: string): string {
  return (
    text
      .replace(/[&<>]/g, (char) => ENTITIES[char] ?? char)
      .replace(/[\\`*_~[\]|!]/g, '\\$&')
      // Hosts link these by themselves; a space of no width keeps them words.
      .replace(/[@#](?=\w)|:(?=\/\/)|\bwww(?=\.)/gi, '$&&#8203;')
  );
}
