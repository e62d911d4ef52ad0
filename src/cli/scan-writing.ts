import type { McpServer } from '../model/manifest.ts';
import type { Scanned } from '../scan/scan.ts';
import { redactAll } from '../source/secrets.ts';
import { canAsk, confirm } from './ask.ts';
import { collect } from './collect.ts';
import type { Invocation } from './command.ts';
import { EXIT, type ExitCode } from './exit.ts';
import type { Io } from './io.ts';
import { rewritten } from './rewriting.ts';
import { type ScanWriting, writingOf } from './scan-write.ts';

export interface Prepared extends ScanWriting {
  /** The manifests as they were looked at. */
  texts: ReadonlyMap<string, string>;
}

/** What the scans make of the manifests below the working folder. A manifest that cannot be read keeps the others from nothing. */
export async function preparedWriting(
  scans: readonly Scanned[],
  entries: ReadonlyMap<string, McpServer>,
  options: Invocation['options'],
  io: Io,
): Promise<Prepared> {
  const before = await collect([], io, options);
  const completion = before.organisation?.completion;
  const { texts } = before;
  const writing = writingOf(scans, { cwd: io.cwd, before, completion, entries });
  return { ...writing, problems: [...before.problems, ...writing.problems], texts };
}

/** Shows what changes, asks, and writes. */
export async function writeManifests({ manifests, changed, texts }: Prepared, yes: boolean, io: Io): Promise<ExitCode> {
  if (manifests.length === 0) {
    io.err('no manifest here has tools of these servers (`stakes import` makes one)\n');
    return EXIT.nothing;
  }
  if (changed.length === 0) return EXIT.clean;
  for (const { diff } of changed) io.err(`${redactAll(diff)}\n`);
  if (!yes && !canAsk(io)) {
    io.err('error: manifests would change, and nobody can be asked: --yes changes them\n');
    return EXIT.usage;
  }
  const many = changed.length === 1 ? 'this manifest' : `these ${changed.length} manifests`;
  const answer = yes ? 'yes' : await confirm(io, `Write this into ${many}?`);
  if (answer !== 'yes') return answer === 'cancelled' ? EXIT.cancelled : EXIT.findings;
  let code: ExitCode = EXIT.clean;
  for (const change of changed) {
    const complaint = rewritten(change, texts, io.cwd);
    io.err(complaint === undefined ? `written: ${change.file}\n` : `error: ${complaint}\n`);
    if (complaint !== undefined) code = EXIT.usage;
  }
  return code;
}
