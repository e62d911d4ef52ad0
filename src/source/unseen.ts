// Controls, bidirectional overrides, invisible spaces and tag characters: a name holding them could repaint the terminal,
// reorder the line or look like another name.
export const UNSEEN =
  /[\p{Cc}\p{Zl}\p{Zp}\p{Cs}\p{Co}\p{Default_Ignorable_Code_Point}\p{Noncharacter_Code_Point}\u202a-\u202e\u2066-\u2069\ufff9-\ufffb]/gu;

/** What cannot be seen as `\u{…}`, and the ends of lines as what a string literal has for them. */
export function spelledOut(text: string): string {
  return text.replace(UNSEEN, escapeSequence);
}

function escapeSequence(char: string): string {
  if (char === '\n') return '\\n';
  if (char === '\r') return '\\r';
  if (char === '\t') return '\\t';
  return `\\u{${(char.codePointAt(0) ?? 0).toString(16)}}`;
}
