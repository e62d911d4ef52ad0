import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ProofJob } from '../../prover.ts';

/** Why a file of the target's folder is not as it would be written now; undefined: it is. */
export function sameFile({ bundle, files }: ProofJob, folder: string, path: string): string | undefined {
  const wanted = files.find((file) => file.path === path)?.content;
  try {
    if (readFileSync(join(bundle, folder, path), 'utf8') === wanted) return undefined;
  } catch {
    return `\`${folder}/${path}\` is gone`;
  }
  return `\`${folder}/${path}\` was edited, and a script that was edited is not run`;
}
