import { diffOf } from '../apply/diff.ts';
import { diskComplaint } from '../bundle/disk.ts';
import type { InitState } from '../model/init.ts';
import type { Problem } from '../model/place.ts';
import { shown } from '../report/shown.ts';
import { makeFolders, missingFolders } from '../source/folders.ts';
import { redactAll } from '../source/secrets.ts';
import { writeWhole } from '../source/write-whole.ts';
import { canAsk } from './ask.ts';
import type { Wanted } from './init-manifest.ts';
import type { Io } from './io.ts';

export type Written = InitState | 'back' | 'cancelled' | { problems: Problem[] };

/** Shows what changes, asks, and writes. A file that lies there is changed only after a yes to its diff. */
export async function writeFiles(
  wanted: readonly Wanted[],
  { io, yes, asked }: { io: Io; yes: boolean; asked: boolean },
): Promise<Written> {
  const changed = wanted.filter(({ before, text }) => before !== text);
  if (changed.length === 0) return 'same';
  const over = changed.filter(({ before }) => before !== undefined);
  for (const { shown: name, before, text } of over) io.err(`${redactAll(diffOf(name, before, text))}\n`);
  if (!yes && (over.length > 0 || asked)) {
    const answer = canAsk(io) ? await mayWrite(changed, over.length > 0, io) : 'nobody';
    if (answer === 'nobody') return { problems: over.map(({ shown: name }) => needsYes(name)) };
    if (answer !== 'yes') return answer;
  }
  const problems = changed.flatMap((file): Problem[] => {
    const complaint = written(file);
    const message = `\`${file.shown}\` cannot be written: ${complaint}`;
    return complaint === undefined
      ? []
      : [{ code: 'not-written', message, help: 'see to that and run it again', file: file.shown }];
  });
  return problems.length > 0 ? { problems } : 'written';
}

async function mayWrite(
  files: readonly Wanted[],
  isOver: boolean,
  io: Io,
): Promise<'yes' | 'declined' | 'back' | 'cancelled'> {
  const names = files.map(({ shown: name }) => `\`${shown(name)}\``).join(', ');
  const line = await io.question?.(`\n${isOver ? 'Change' : 'Write'} ${names}? ${isOver ? '[y/N' : '[Y/n'}, < back] `);
  if (line === undefined) return 'cancelled';
  const typed = line.trim();
  if (typed === '<') return 'back';
  const isYes = typed === '' ? !isOver : /^y(es)?$/i.test(typed);
  return isYes ? 'yes' : 'declined';
}

function needsYes(file: string): Problem {
  const message = `\`${file}\` is there and would change, and there is no terminal to ask on`;
  return { code: 'needs-yes', message, help: 'look at the diff, then run again with `--yes`', file };
}

function written({ path, text, memory }: Wanted): string | undefined {
  try {
    // A manifest without its memory would pass for one that somebody wrote by hand.
    const files = [...(memory ? [memory] : []), { path, text }];
    for (const file of files) {
      makeFolders(missingFolders(file.path));
      writeWhole(file.path, file.text);
    }
    return undefined;
  } catch (error) {
    return diskComplaint(error);
  }
}
