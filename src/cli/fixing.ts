import { readFileSync, realpathSync, statSync } from 'node:fs';
import { resolve } from 'node:path';
import { diffOf } from '../apply/diff.ts';
import { diskComplaint } from '../bundle/disk.ts';
import { type Fixed, fix } from '../lint/fix.ts';
import { decode } from '../source/read.ts';
import { writeWhole } from '../source/write-whole.ts';
import { type Collected, collectWith } from './collect.ts';
import { type LintSettings, lintedOf } from './linting.ts';

export interface Mended {
  fixed: Fixed;
  /** Files whose text changes, with a unified diff of each. */
  changed: { file: string; text: string; diff: string }[];
  /** As it is once the texts are written. */
  collected: Collected;
}

/** Mends what can be mended, in memory. */
export function mend(
  paths: readonly string[],
  before: Collected,
  kind: 'safe' | 'unsafe',
  settings: LintSettings,
): Mended {
  const completion = settings.config?.organisation.completion;
  const again = (overlay: ReadonlyMap<string, string>): Collected =>
    collectWith(paths, settings.cwd, { overlay, ...(completion ? { completion } : {}) });
  const fixed = fix(before.texts, kind, (texts) => lintedOf(again(texts), settings));
  const changed = [...fixed.texts].flatMap(([file, text]) => {
    const old = before.texts.get(file);
    return old === text ? [] : [{ file, text, diff: diffOf(file, old, text) }];
  });
  return { fixed, changed, collected: again(fixed.texts) };
}

/** Writes one mended file, whole or not at all; why not, in words. */
export function writeMended(
  { file, text }: Mended['changed'][number],
  before: Collected,
  cwd: string,
): string | undefined {
  try {
    // Through a link that was named: the file it leads to is what is mended.
    const full = realpathSync(resolve(cwd, file));
    const bytes = readFileSync(full);
    const now = decode(bytes, file);
    if (now.state !== 'ok' || now.value !== before.texts.get(file))
      return `\`${file}\` changed while it was looked at; run again`;
    const mark = bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf ? '\uFEFF' : '';
    const { mode, uid, gid } = statSync(full);
    writeWhole(full, mark + text, { mode: mode & 0o7777, owner: { uid, gid }, exact: true, flushed: true });
    return undefined;
  } catch (error) {
    return `\`${file}\` cannot be written: ${diskComplaint(error)}`;
  }
}
