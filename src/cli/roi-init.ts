import { resolve } from 'node:path';
import { diskComplaint } from '../bundle/disk.ts';
import type { RoiResult } from '../model/roi.ts';
import { draftOf } from '../roi/file/draft.ts';
import { ROI_FILES } from '../roi/file/names.ts';
import { onDisk } from '../source/files.ts';
import { redactAll } from '../source/secrets.ts';
import { writeWhole } from '../source/write-whole.ts';
import { canAsk, confirm } from './ask.ts';
import { EXIT, type ExitCode } from './exit.ts';
import type { Io } from './io.ts';

/** Writes `stakes.roi.yaml` here; over one that is there only after a yes. */
export async function writeDraft(results: readonly RoiResult[], yes: boolean, io: Io): Promise<ExitCode> {
  const [name] = ROI_FILES;
  const there = ROI_FILES.find((each) => onDisk.has(resolve(io.cwd, each)));
  const path = onDisk.real(resolve(io.cwd, there ?? name));
  const text = redactAll(draftOf(results));
  if (there !== undefined && !yes) {
    if (!canAsk(io)) {
      io.err(`\`${there}\` is there, and there is no terminal to ask on: run again with \`--yes\` to write over it\n`);
      return EXIT.usage;
    }
    const answer = await confirm(io, `\`${there}\` is there, with what somebody wrote. Write over it?`);
    if (answer !== 'yes') {
      io.err('nothing was written\n');
      return answer === 'cancelled' ? EXIT.cancelled : EXIT.clean;
    }
  }
  try {
    writeWhole(path, text);
  } catch (error) {
    io.err(`\`${there ?? name}\` cannot be written: ${diskComplaint(error)}\n`);
    return EXIT.usage;
  }
  io.err(`wrote \`${there ?? name}\`: take the \`# \` away from what you know, and run \`stakes roi\` again\n`);
  return EXIT.clean;
}
