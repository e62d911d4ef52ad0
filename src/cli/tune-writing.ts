import { diffOf } from '../apply/diff.ts';
import { digestOf } from '../manifest/digest.ts';
import { type Agent, agentsOf } from '../manifest/tree.ts';
import type { TuneReport } from '../model/tune.ts';
import { redactAll } from '../source/secrets.ts';
import { writtenInto } from '../tune/write.ts';
import { canAsk, confirm } from './ask.ts';
import { type CollectOptions, collectWith, type Gathered } from './collect.ts';
import { EXIT, type ExitCode } from './exit.ts';
import type { Io } from './io.ts';
import { rewritten } from './rewriting.ts';

export interface TuneWriting {
  /** Files whose text changes, with a unified diff of each. */
  changed: { file: string; text: string; diff: string }[];
}

/** The files as they are with all proposals in them, read again to see that they say just that; a text: why not. */
export function writingOf(
  paths: readonly string[],
  before: Gathered,
  { proposals }: TuneReport,
  after: readonly Agent[],
  cwd: string,
): TuneWriting | string {
  const patch = proposals.flatMap((proposal) => proposal.patch);
  const texts = writtenInto(before.texts, patch, before.agents.flatMap(agentsOf));
  if (typeof texts === 'string') return texts;
  const overlay = new Map([...texts].filter(([file, text]) => text !== before.texts.get(file)));
  const completion = before.organisation?.completion;
  const options: CollectOptions = { overlay, ...(completion ? { completion } : {}) };
  const read = collectWith(paths, cwd, options);
  const isMeant = (root: Agent) =>
    read.agents.some(
      (other) =>
        other.file === root.file &&
        other.document === root.document &&
        digestOf(agentsOf(other)) === digestOf(agentsOf(root)),
    );
  if (!after.every(isMeant)) return 'the changed files would not say what was assessed';
  const changed = [...overlay].map(([file, text]) => ({
    file,
    text,
    diff: redactAll(diffOf(file, before.texts.get(file), text)),
  }));
  return { changed };
}

/** Asks, and writes each file whole or not at all. */
export async function writeTuned({ changed }: TuneWriting, before: Gathered, yes: boolean, io: Io): Promise<ExitCode> {
  if (changed.length === 0) return EXIT.clean;
  for (const { diff } of changed) io.err(`${diff}\n`);
  if (!yes && !canAsk(io)) {
    io.err('error: manifests would change, and nobody can be asked: --yes changes them\n');
    return EXIT.usage;
  }
  const many = changed.length === 1 ? 'this manifest' : `these ${changed.length} manifests`;
  const answer = yes ? 'yes' : await confirm(io, `Write this into ${many}?`);
  if (answer !== 'yes') return answer === 'cancelled' ? EXIT.cancelled : EXIT.clean;
  let code: ExitCode = EXIT.clean;
  for (const change of changed) {
    const complaint = rewritten(change, before.texts, io.cwd);
    io.err(complaint === undefined ? `written: ${change.file}\n` : `error: ${complaint}\n`);
    if (complaint !== undefined) code = EXIT.usage;
  }
  if (code === EXIT.clean) io.err('run `stakes generate` to bring it into the policy that the gate goes by\n');
  return code;
}
