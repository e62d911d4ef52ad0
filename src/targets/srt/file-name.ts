import { createHash } from 'node:crypto';

/** A file name for any text, another one for every other text, on file systems that ignore case too. */
export function fileNameOf(text: string): string {
  if (/^[a-z0-9_-]{1,60}$/.test(text)) return text;
  const readable = text
    .toLowerCase()
    .replace(/[^a-z0-9_-]+/g, '-')
    .slice(0, 40);
  // A plain name holds no dot, so it never equals one of these.
  return `${readable}.${createHash('sha256').update(text, 'utf16le').digest('hex').slice(0, 32)}`;
}
