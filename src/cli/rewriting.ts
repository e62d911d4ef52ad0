import { readFileSync, realpathSync, statSync } from 'node:fs';
import { resolve } from 'node:path';
import { diskComplaint } from '../bundle/disk.ts';
import { decode } from '../source/read.ts';
import { writeWhole } from '../source/write-whole.ts';

/** Writes one manifest anew, whole or not at all, if it still has the text that was looked at; why not, in words. */
export function rewritten(
  { file, text }: { file: string; text: string },
  texts: ReadonlyMap<string, string>,
  cwd: string,
): string | undefined {
  try {
    // Through a link that was named: the file it leads to is what is written.
    const full = realpathSync(resolve(cwd, file));
    const bytes = readFileSync(full);
    const now = decode(bytes, file);
    if (now.state !== 'ok' || now.value !== texts.get(file))
      return `\`${file}\` changed while it was looked at; run again`;
    const mark = bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf ? '\uFEFF' : '';
    const { mode, uid, gid } = statSync(full);
    writeWhole(full, mark + text, { mode: mode & 0o7777, owner: { uid, gid }, exact: true, flushed: true });
    return undefined;
  } catch (error) {
    return `\`${file}\` cannot be written: ${diskComplaint(error)}`;
  }
}
