import { diffOf } from '../apply/diff.ts';
import { type Fixed, fix } from '../lint/fix.ts';
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
