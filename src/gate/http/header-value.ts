/** Text as a header carries it: what is no plain ASCII goes as `=?base64?…?=`, as the protocol has it since 2026-07-28. */
export function encoded(text: string): string {
  const isPlain = /^[\x21-\x7e](?:[\x20-\x7e]*[\x21-\x7e])?$/.test(text) && !SENTINEL.test(text);
  return isPlain ? text : `=?base64?${Buffer.from(text, 'utf8').toString('base64')}?=`;
}

const SENTINEL = /^=\?base64\?(.*)\?=$/s;

/** Undefined: not what it says that it is. */
export function decoded(value: string): string | undefined {
  const base64 = SENTINEL.exec(value)?.[1];
  if (base64 === undefined) return /^[\t\x20-\x7e]*$/.test(value) ? value : undefined;
  const bytes = Buffer.from(base64, 'base64');
  // Of several spellings of the same bytes, other readers may know one only.
  return bytes.toString('base64') === base64 ? bytes.toString('utf8') : undefined;
}
