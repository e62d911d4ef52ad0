const ESCAPES: Record<string, string> = { '"': '\\"', '\\': '\\\\', '\n': '\\n', '\r': '\\r', '\t': '\\t' };

/** Everything but printable ASCII, letters and digits is spelled out, so that nothing invisible hides in a policy file. */
function escapeText(text: string): string {
  return text.replace(
    /["\\]|[^\x20-\x7e\p{L}\p{N}]/gu,
    (char) => ESCAPES[char] ?? `\\u{${(char.codePointAt(0) ?? 0).toString(16)}}`,
  );
}

/** A Cedar string literal. The text must be well formed: see `isSayable`. */
export function cedarString(text: string): string {
  return `"${escapeText(text)}"`;
}

/** The right side of `like`: the text with any text before or after it. */
export function likePattern(start: string, end: string): string {
  const literal = (text: string) => escapeText(text).replaceAll('*', '\\*');
  return `"${literal(start)}*${literal(end)}"`;
}

/** A lone surrogate has no UTF-8 form: two such names would become one in a file. */
export function isSayable(text: string): boolean {
  return !/\p{Surrogate}/u.test(text);
}

/** Names that Cedar's JSON form of a request reads as something else than an attribute. */
const RESERVED = new Set(['__entity', '__extn', '__expr']);

export function isAttribute(name: string): boolean {
  return isSayable(name) && !RESERVED.has(name);
}

export function wellFormed(text: string): string {
  return text.replace(/\p{Surrogate}/gu, '\ufffd');
}
