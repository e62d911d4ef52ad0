import { digest } from '../bundle/lock.ts';
import type { Installed } from '../model/lock.ts';
import type { Loaded } from '../model/place.ts';
import { missingFolders } from '../source/folders.ts';
import { MAX_BYTES } from '../source/read.ts';
import type { Installation } from '../targets/define.ts';
import type { Change } from './change.ts';
import { readingFaults } from './faults.ts';
import { misfits } from './fit.ts';
import { merged } from './merge.ts';
import { type Content, type Destination, readDestination, recordedFolder, textOf } from './read.ts';
import { isBare } from './remove.ts';
import { stripped } from './strip.ts';
import { wantedOf } from './wanted.ts';

export interface Asked {
  key: string;
  installation: Extract<Installation, { way: 'merge' | 'file' }>;
  destination: Destination;
  /** The generated file. */
  source: Buffer;
  /** What the lock says is there, already checked to be believable. */
  previous: Installed | undefined;
}

/** What applying would change. Writes nothing. */
export function propose(asked: Asked): Loaded<Change> {
  const content = readDestination(asked.destination);
  if (content.state !== 'ok') return content;
  return asked.installation.way === 'file' ? wholeFile(asked, content.value) : merge(asked, content.value);
}

function merge({ installation, ...asked }: Asked, from: Content): Loaded<Change> {
  if (installation.way !== 'merge') throw new Error('only a merge is merged');
  const { shown } = asked.destination;
  const opened = textOf(from.bytes ?? Buffer.alloc(0), shown);
  if (opened.state !== 'ok') return opened;
  const { text, mark } = opened.value;
  const wanted = wantedOf(JSON.parse(asked.source.toString('utf8')), installation.rules);
  const faults = readingFaults(text, shown, installation.reads);
  const problems = faults.length > 0 ? faults : misfits(text, wanted, shown);
  if (problems.length > 0) return { state: 'invalid', problems };
  const standing = standingOf(from, asked.previous);
  const owned = standing === 'none' ? [] : (asked.previous?.owns ?? []);
  const result = merged(text, wanted, owned);
  const to = Buffer.from(mark + result.text);
  if (to.length > MAX_BYTES) return tooLarge(shown);
  const base = (): Base => {
    if (standing !== 'edited') return baseOf(from, asked.previous, standing);
    const without = stripped(text, owned);
    if (asked.previous?.before === null && isBare(without, [])) return { before: null, keep: undefined };
    const keep = Buffer.from(mark + without);
    return { before: digest(keep), keep };
  };
  return {
    state: 'ok',
    value: changeOf(asked, { from, to, base: base(), ...result }),
  };
}

function wholeFile(asked: Asked, from: Content): Loaded<Change> {
  const base = baseOf(from, asked.previous, standingOf(from, asked.previous));
  const caution = asked.installation.way === 'file' ? asked.installation.caution : undefined;
  const cautions = caution === undefined ? [] : [caution];
  return {
    state: 'ok',
    value: changeOf(asked, { from, to: asked.source, base, owns: [], warnings: cautions, yours: 0 }),
  };
}

function tooLarge(file: string): Loaded<never> {
  const message = `\`${file}\` would have more than ${MAX_BYTES} bytes, the most that is read again`;
  return { state: 'invalid', problems: [{ code: 'too-large', message, help: 'is this the right file?', file }] };
}

interface Base {
  before: string | null;
  keep: Buffer | undefined;
}

/** `none`: nothing of ours is in the file. `edited`: it is neither as it was left nor as it was before. */
function standingOf({ bytes }: Content, previous: Installed | undefined): 'none' | 'ours' | 'edited' {
  if (!previous || !bytes) return 'none';
  const now = digest(bytes);
  // A run that ended before it wrote: what the lock claims never came to be.
  if (now === previous.before && now !== previous.after) return 'none';
  return now === previous.after || now === previous.pending?.from ? 'ours' : 'edited';
}

/** What comes back, and whether it must be kept first. */
function baseOf({ bytes }: Content, previous: Installed | undefined, standing: 'none' | 'ours' | 'edited'): Base {
  if (!bytes) return { before: null, keep: undefined };
  if (standing === 'ours' && previous) return { before: previous.before, keep: undefined };
  return { before: digest(bytes), keep: bytes };
}

function changeOf(
  { key, destination, source, previous }: Omit<Asked, 'installation'>,
  {
    from,
    to,
    base,
    owns,
    warnings,
    yours,
  }: { from: Content; to: Buffer; base: Base } & Pick<Installed, 'owns'> & Pick<Change, 'warnings' | 'yours'>,
): Change {
  const record: Installed = {
    path: destination.recorded,
    source: digest(source),
    before: base.before,
    after: digest(to),
    owns,
    folders: [
      ...new Set([
        ...(previous?.folders ?? []),
        ...missingFolders(destination.full).map((folder) => recordedFolder(destination, folder)),
      ]),
    ],
  };
  return { key, destination, from, to, keep: base.keep, previous, record, warnings, yours, way: 'bytes' };
}
