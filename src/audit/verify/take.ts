import { RECORD_SCHEMA } from '../../model/record.ts';
import { isRecord } from '../../source/record.ts';
import { isCanonical } from '../canonical.ts';
import { leafHash, linkTo } from '../hash.ts';
import type { Line } from '../read-lines.ts';
import { timeOf } from '../time-text.ts';
import { grow } from '../tree.ts';
import { compareKept } from './kept.ts';
import { type Found, kinds } from './kinds.ts';
import { type Place, tell, type Walk } from './walk.ts';

/** One more line of the log. False: what follows cannot be read. */
export function take(walk: Walk, { marked, state }: Line, place: Place): boolean {
  if (state === 'torn') {
    tell(
      walk,
      'torn-line',
      place,
      'the file ends within this line',
      'a killed writer leaves one; where it starts again, it keeps the rest aside and says so',
    );
    return false;
  }
  if (state === 'long') {
    tell(walk, 'long-line', place, 'the line is longer than any that is written; what follows is not read');
    return false;
  }
  const line = marked.subarray(1);
  const found = read(walk, line, place);
  walk.lines++;
  if (found !== undefined) {
    follow(walk, found, place);
    walk.unsigned ??= place;
    if (place.line === 1 && found.kind !== 'segment')
      tell(walk, 'mixed-segments', place, 'the file does not begin with a header');
    const check = Object.hasOwn(kinds, found.kind) ? kinds[found.kind as keyof typeof kinds] : undefined;
    if (check) check(walk, found, place);
    else
      tell(
        walk,
        'unknown-kind',
        place,
        'a newer version of stakes wrote this kind of record; it is counted, not understood',
      );
    compareKept(walk, place);
    walk.each?.(found);
  } else walk.tree = undefined;
  const leaf = leafHash(marked);
  walk.prev = linkTo(leaf);
  walk.seq++;
  if (walk.tree) grow(walk.tree, leaf);
  // Under a signature are all lines up to and with it.
  if (walk.signed === walk.seq) walk.unsigned = undefined;
  return true;
}

const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

function read(walk: Walk, line: Buffer, place: Place): Found | undefined {
  let value: unknown;
  let isExact = false;
  try {
    const text = utf8.decode(line);
    value = JSON.parse(text);
    isExact = isCanonical(value, text);
  } catch {
    // Told below, as what it is.
  }
  const version =
    isRecord(value) && typeof value.schema === 'string'
      ? /^stakes\/record@(\d{1,9})$/.exec(value.schema)?.[1]
      : undefined;
  if (version !== undefined && value !== undefined && (value as Found).schema !== RECORD_SCHEMA) {
    tell(
      walk,
      'newer-version',
      place,
      `the record has version ${version}, and this stakes knows 1`,
      'use a newer stakes',
    );
    return undefined;
  }
  if (!isFound(value)) {
    tell(walk, 'not-a-record', place, 'this is no record');
    return undefined;
  }
  if (!isExact) tell(walk, 'not-canonical', place, 'the same record was written in other bytes (RFC 8785 has one way)');
  return value;
}

function isFound(value: unknown): value is Found {
  if (!isRecord(value)) return false;
  const { schema, kind, seq, prev, time } = value;
  return (
    schema === RECORD_SCHEMA &&
    typeof kind === 'string' &&
    Number.isSafeInteger(seq) &&
    Number(seq) >= 0 &&
    typeof prev === 'string' &&
    typeof time === 'string' &&
    timeOf(time) !== undefined
  );
}

/** Does the line stand where it says, after what it says, and when? */
function follow(walk: Walk, { kind, seq, prev, time }: Found, place: Place): void {
  const isFirst = walk.lines === 1;
  // A file that is checked alone begins where its header says; what came before is not here to compare with.
  if (isFirst && kind === 'segment') {
    walk.seq = walk.from = walk.signed = seq;
    walk.prev = prev;
    walk.tree = seq === 0 ? walk.tree : undefined;
  }
  if (seq > walk.seq) {
    const missing = seq - walk.seq;
    tell(
      walk,
      'gap',
      place,
      missing === 1
        ? `record ${walk.seq} is missing before this one`
        : `${missing} records are missing before this one: ${walk.seq} to ${seq - 1}`,
    );
  } else if (seq < walk.seq) tell(walk, 'out-of-order', place, `record ${seq} stands where record ${walk.seq} belongs`);
  else if (prev !== walk.prev)
    tell(
      walk,
      'chain',
      place,
      'the line before is not the one that this one was written after',
      'one of the two was changed, or something was put in or taken out between them',
    );
  if (seq !== walk.seq || prev !== walk.prev) walk.tree = undefined;
  walk.seq = seq;
  const at = timeOf(time) ?? Number.NaN;
  if (at < walk.time)
    tell(walk, 'clock', place, `the clock ran back by ${(walk.time - at) / 1000} s before this record`);
  walk.time = Math.max(walk.time, at);
  walk.first ??= time;
  walk.last = time;
}
