import { keyText, readKey } from '../verifier-key.ts';
import type { Place } from '../verify/walk.ts';
import { type Notes, note } from './notes.ts';
import { isKnownKind, type Other, type Read } from './parse-record.ts';

/** Where the lines of one log have come to. Hashes and signatures are the verification's; what is seen at a glance is told here. */
export interface Followed {
  log: string;
  origin: string | null;
  segment: number;
  /** Undefined: any number can come next. */
  seq: number | undefined;
  key: string | undefined;
  next: string | undefined;
  first: string | null;
  last: string | null;
  /** The latest time that was seen. */
  latest: string;
}

export const startFollowing = (log: string): Followed => ({
  log,
  origin: null,
  segment: 0,
  seq: undefined,
  key: undefined,
  next: undefined,
  first: null,
  last: null,
  latest: '',
});

export function follow(at: Followed, read: Exclude<Read, { kind: 'fault' }>, place: Place, notes: Notes): void {
  const { seq, time } = read;
  if (at.seq !== undefined && seq > at.seq)
    note(notes, at.log, 'gap', place, `records are missing before this one: ${at.seq} to ${seq - 1}`);
  if (at.seq !== undefined && seq < at.seq)
    note(notes, at.log, 'out-of-order', place, `record ${seq} stands where record ${at.seq} belongs`);
  at.seq = seq + 1;
  if (time < at.latest) note(notes, at.log, 'clock', place, `the clock ran back before this record, from ${at.latest}`);
  else at.latest = time;
  at.first ??= time;
  at.last = time;
  if (read.kind === 'other') followOther(at, read, place, notes);
}

function followOther(at: Followed, { is, values }: Other, place: Place, notes: Notes): void {
  if (is === 'segment') followHeader(at, values, place, notes);
  else if (is === 'rotation') at.next = typeof values.to === 'string' ? values.to : undefined;
  else if (is === 'signature' && at.next !== undefined) {
    at.key = at.next;
    at.next = undefined;
  } else if (!isKnownKind(is))
    note(
      notes,
      at.log,
      'unknown-kind',
      place,
      'a newer version of stakes wrote this kind of record; it was passed over',
    );
}

function followHeader(at: Followed, values: Record<string, unknown>, place: Place, notes: Notes): void {
  const { origin, segment, key } = values;
  const named = readKey(key);
  const text = named && keyText(named);
  if (typeof origin !== 'string' || !Number.isSafeInteger(segment) || text === undefined) {
    note(notes, at.log, 'not-a-record', place, 'this is no header of a file');
    return;
  }
  if (at.origin !== null && at.origin !== origin)
    note(notes, at.log, 'other-log', place, 'this file is of another log than those before it');
  else if (at.key !== undefined && at.key !== text)
    note(notes, at.log, 'other-key', place, 'the header names another key than the one that signed so far');
  if (at.segment !== 0 && Number(segment) !== at.segment + 1)
    note(notes, at.log, 'mixed-segments', place, `this is file ${String(segment)} of a log, after file ${at.segment}`);
  at.origin = origin;
  at.segment = Number(segment);
  at.key = text;
  at.next = undefined;
}
