// Controls, bidirectional overrides, invisible spaces and tag characters: a name holding them could repaint the terminal,
// reorder the line or look like another name.
export const UNSEEN =
  /[\p{Cc}\p{Zl}\p{Zp}\p{Cs}\p{Co}\p{Default_Ignorable_Code_Point}\p{Noncharacter_Code_Point}\u202a-\u202e\u2066-\u2069\ufff9-\ufffb]/gu;
const CLIP = 400;

/** Text from a manifest, made safe to print: what cannot be seen is written as `\u{…}`, and endless text is cut. */
export function shown(text: string, limit = CLIP): string {
  const cut = text.length > limit * 2 ? text.slice(0, limit * 2) : text;
  const safe = cut.replace(UNSEEN, escapeSequence);
  const chars = [...safe];
  return chars.length > limit ? `${chars.slice(0, limit - 1).join('')}…` : safe;
}

function escapeSequence(char: string): string {
  if (char === '\n') return '\\n';
  if (char === '\r') return '\\r';
  if (char === '\t') return '\\t';
  return `\\u{${(char.codePointAt(0) ?? 0).toString(16)}}`;
}
