import { digest } from '../bundle/lock.ts';
import type { Installed } from '../model/lock.ts';
import type { Loaded } from '../model/place.ts';
import type { Change } from './change.ts';
import { settingsFaults } from './faults.ts';
import { type Content, type Destination, readDestination, textOf } from './read.ts';
import { isBare } from './remove.ts';
import { backupOf } from './state.ts';
import { stripped } from './strip.ts';

export interface Installment {
  key: string;
  destination: Destination;
  /** Already checked to be believable. */
  previous: Installed;
  /** Where backups are; undefined: nowhere. */
  state: string | undefined;
}

/** What taking an installed file back would change: the bytes of before where they can be had, else only what is ours. */
export function proposeUndo(asked: Installment, way: 'merge' | 'file'): Loaded<Change> {
  const { destination, previous, state } = asked;
  const content = readDestination(destination);
  if (content.state !== 'ok') return content;
  const from = content.value;
  const now = from.bytes === undefined ? null : digest(from.bytes);
  if (now === null || now === previous.before) return done(asked, from, from.bytes, 'bytes');
  const isAsLeft = now === previous.after || now === previous.pending?.from;
  // A lock that claims a whole file does not make it ours: it goes only when nothing else is in it.
  if (isAsLeft && previous.before === null)
    return way === 'file' ? done(asked, from, undefined, 'bytes') : takenOut(asked, from, 'bytes');
  const original =
    isAsLeft && previous.before !== null ? backupOf(state, destination.full, previous.before) : undefined;
  if (original) return done(asked, from, original, 'bytes');
  return way === 'merge' ? takenOut(asked, from, 'entries') : notOurs(asked, isAsLeft);
}

function takenOut(asked: Installment, from: Content, whole: Change['way']): Loaded<Change> {
  const { shown } = asked.destination;
  const opened = textOf(from.bytes ?? Buffer.alloc(0), shown);
  if (opened.state !== 'ok') return opened;
  const { text, mark } = opened.value;
  const faults = settingsFaults(text, shown);
  if (faults.length > 0) return { state: 'invalid', problems: faults };
  const without = stripped(text, asked.previous.owns);
  const isGone = asked.previous.before === null && isBare(without, []);
  return isGone ? done(asked, from, undefined, whole) : done(asked, from, Buffer.from(mark + without), 'entries');
}

/** Without the bytes of before there is nothing to put in the place of a file that was installed whole. */
function notOurs({ destination }: Installment, isAsLeft: boolean): Loaded<Change> {
  const { shown } = destination;
  const message = isAsLeft
    ? `the file that \`${shown}\` replaced is not kept on this machine`
    : `\`${shown}\` was edited after it was installed`;
  return {
    state: 'invalid',
    problems: [{ code: 'cannot-undo', message, help: 'remove or mend it by hand', file: shown }],
  };
}

function done({ key, destination, previous }: Installment, from: Content, to: Buffer | undefined, way: Change['way']) {
  const value: Change = {
    key,
    destination,
    from,
    to,
    keep: undefined,
    previous,
    record: undefined,
    warnings: [],
    yours: 0,
    way,
  };
  return { state: 'ok' as const, value };
}
