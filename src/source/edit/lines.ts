export function lineStart(text: string, at: number): number {
  return at === 0 ? 0 : text.lastIndexOf('\n', at - 1) + 1;
}

/** Where the line's own characters end, before its line break. */
export function lineEnd(text: string, at: number): number {
  const feed = text.indexOf('\n', at);
  if (feed < 0) return text.length;
  return feed > at && text[feed - 1] === '\r' ? feed - 1 : feed;
}

/** Where the next line starts; the end of the text after the last one. */
export function nextLine(text: string, at: number): number {
  const feed = text.indexOf('\n', at);
  return feed < 0 ? text.length : feed + 1;
}

/** Nothing but space and at most one comment? */
export function isTail(text: string): boolean {
  return /^[ \t]*(?:#.*)?\r?$/.test(text);
}

export function isBlank(text: string): boolean {
  return /^[ \t]*$/.test(text);
}

/** The next character between two values that is neither space nor in a comment. */
export function markAfter(text: string, from: number): number {
  let at = from;
  while (at < text.length) {
    if (text[at] === '#') at = nextLine(text, at);
    else if (/\s/.test(text[at] ?? '')) at++;
    else break;
  }
  return at;
}
