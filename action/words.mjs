import { visible } from './runner.mjs';

/** A text that a shell takes as one word. */
export function shellWord(text) {
  const word = visible(text.startsWith('-') ? `./${text}` : text);
  return /^(?!~)[\w./@:+,~-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`;
}

/** Code in Markdown, whatever is in it. */
export function code(text) {
  const safe = visible(text);
  if (/^[^`<&|]+$/.test(safe)) return `\`${safe}\``;
  return `<code>${safe.replace(/[^A-Za-z0-9 ]/gu, (char) => `&#${char.codePointAt(0)};`)}</code>`;
}

/** Prose in Markdown: no markup, link, HTML, mention or reference comes out of it. */
export const prose = (text) =>
  visible(text)
    .replace(/[&<>]/g, (char) => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;' })[char])
    .replace(/[\\`*_~[\]|!]/g, '\\$&')
    .replace(/[@#](?=\w)|:(?=\/\/)|\bwww(?=\.)/gi, '$&&#8203;');

export const count = (number, one) => `${number} ${one}${number === 1 ? '' : 's'}`;
