/** A word that bash and zsh take as it is. */
export function quoted(text: string): string {
  return `'${oneLine(text).replaceAll("'", "'\\''")}'`;
}

/** A word that fish takes as it is. */
export function fishQuoted(text: string): string {
  return `'${oneLine(text).replace(/[\\']/g, '\\$&')}'`;
}

export const quotedAll = (words: readonly string[]): string => words.map(quoted).join(' ');

/** A script has its lines, and a list that is shown has its own. */
function oneLine(text: string): string {
  return text.replace(/[\u0000-\u001f\u007f-\u009f\u2028\u2029]+/g, ' ');
}
