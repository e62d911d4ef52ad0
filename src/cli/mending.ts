import type { Collected } from './collect.ts';
import { EXIT, type ExitCode } from './exit.ts';
import type { Io } from './io.ts';
import type { LintOptions } from './lint-options.ts';
import type { LintSettings } from './linting.ts';

export interface Mending {
  /** The manifests as they now are. */
  looked: Collected;
  /** What could not be written, in words. */
  complaints: string[];
}

/** Mends what can be mended, where that was asked; a code where that was all that was asked, or cannot be done. */
export async function mendFirst(
  paths: readonly string[],
  { fix, diff }: LintOptions,
  before: Collected,
  settings: LintSettings,
  io: Io,
): Promise<Mending | { code: ExitCode }> {
  if (fix === undefined) return { looked: before, complaints: [] };
  if (paths.includes('-')) {
    io.err('error: standard input cannot be mended; name a file\n');
    return { code: EXIT.usage };
  }
  const [{ mend }, { rewritten }] = await Promise.all([import('./fixing.ts'), import('./rewriting.ts')]);
  const { fixed, changed, collected } = mend(paths, before, fix, settings);
  for (const { finding, reason } of fixed.dropped)
    io.err(`not mended: ${finding.rule} at ${finding.file}${finding.pointer}: ${reason}\n`);
  if (diff) {
    io.out(changed.map((change) => `${change.diff}\n`).join(''));
    return { code: changed.length > 0 ? EXIT.findings : EXIT.clean };
  }
  const complaints: string[] = [];
  for (const change of changed) {
    const complaint = rewritten(change, before.texts, io.cwd);
    if (complaint === undefined) io.err(`mended: ${change.file}\n`);
    else complaints.push(complaint);
  }
  return { looked: complaints.length === 0 ? collected : before, complaints };
}
