import { diffOf } from '../apply/diff.ts';
import { diskComplaint } from '../bundle/disk.ts';
import type { Pins } from '../model/pins.ts';
import { pinned } from '../scan/pins/pin.ts';
import { pinsText } from '../scan/pins/read.ts';
import type { Scanned } from '../scan/scan.ts';
import { onDisk } from '../source/files.ts';
import { redactAll } from '../source/secrets.ts';
import { writeWhole } from '../source/write-whole.ts';
import { canAsk, confirm } from './ask.ts';
import { EXIT, type ExitCode } from './exit.ts';
import type { Io } from './io.ts';
import type { PinsFile } from './pins-file.ts';

/** Writes what was scanned into the file; a pin that somebody may have looked at changes only with a yes. */
export async function writePins(
  { path, file, text, pins }: PinsFile,
  scans: readonly Scanned[],
  yes: boolean,
  io: Io,
): Promise<ExitCode> {
  const servers = pinned(pins?.servers ?? {}, scans);
  const next = pinsText(servers, pins);
  if (next === text) {
    io.err(`\`${file}\` is up to date\n`);
    return EXIT.clean;
  }
  if (loses(pins?.servers ?? {}, servers)) {
    io.err(`${redactAll(diffOf(file, text, next))}\n`);
    if (!yes && !canAsk(io)) {
      io.err('error: tools that are pinned would be pinned as they are now, and nobody can be asked: --yes does it\n');
      return EXIT.usage;
    }
    const answer = yes ? 'yes' : await confirm(io, 'Pin these as they are now?');
    if (answer !== 'yes') return answer === 'cancelled' ? EXIT.cancelled : EXIT.findings;
  }
  try {
    writeWhole(onDisk.real(path), next);
  } catch (error) {
    io.err(`error: \`${file}\` cannot be written: ${diskComplaint(error)}\n`);
    return EXIT.usage;
  }
  io.err(
    `pinned in \`${file}\`; look at each tool, and write \`"reviewed": { "by": …, "on": … }\` beside what you have seen\n`,
  );
  return EXIT.clean;
}

/** Does a pin go, or become another? */
function loses(before: Pins['servers'], after: Pins['servers']): boolean {
  return Object.entries(before).some(([server, { tools }]) => {
    const now = new Map(Object.entries(after[server]?.tools ?? {}));
    return Object.entries(tools).some(([name, { digest }]) => now.get(name)?.digest !== digest);
  });
}
