import type { RotationRecord } from '../model/record.ts';
import { checkpointText, signatureLine } from './checkpoint.ts';
import { LogFault } from './fault.ts';
import { leafHash, linkTo } from './hash.ts';
import { type At, checkpointLine, type Said, signatureRecordLine, signedText, startLine } from './lines.ts';
import { beginSegment, type Parts } from './open.ts';
import { MOST_LINE } from './read-lines.ts';
import { putNext, type SigningKey } from './signing-key.ts';
import { timeText } from './time-text.ts';
import { grow, peaksText, rootOf } from './tree.ts';
import { keyText } from './verifier-key.ts';

export interface PenOptions {
  folder: string;
  keys: string;
  origin: string;
  durable: boolean;
  segmentBytes: number;
  checkpointSeconds: number;
  now: () => number;
  onFault: ((fault: LogFault) => void) | undefined;
}

/** Writes lines, and signs them. */
export interface Pen {
  append(make: (at: At) => string): number;
  /** What is appended meanwhile is written at once, whole or not at all. */
  together(step: () => void): void;
  /** Does now what the next record would have to wait for. */
  catchUp(): void;
  sign(): void;
  checkpoint(): string;
  rotate(next: SigningKey, make: (said: Said<RotationRecord>, at: At) => string): void;
  close(): void;
}

/** Milliseconds: with what a timer may come late by, every record is under a signature within 50. */
const SIGN_AFTER = 20;
/** The timer is late where calls leave it no time; then the next record waits for the signature. */
const SIGN_AT_LAST = 40;
const AGAIN_AFTER = 250;

/** Throws `LogFault`, as everything in it does. */
export function createPen(parts: Parts, options: PenOptions): Pen {
  const { tree, found } = parts;
  const { folder, keys, origin, durable, segmentBytes, checkpointSeconds, now, onFault } = options;
  let { file, key, next, prev } = parts;
  /** The line before, as long as nothing asked for its hash: whoever waits for the line is not kept by that. */
  let last: string | undefined;
  let batch: string | undefined;
  let unsigned = found.unsigned;
  let unsignedSince = performance.now();
  let checkpointAt = performance.now();
  let lastNote: string | undefined;
  let timer: NodeJS.Timeout | undefined;
  let closed = false;

  function at(): At {
    link();
    return { prev, seq: tree.size, time: timeText(now()) };
  }

  function put(line: string): void {
    if (line.length > MOST_LINE / 3 && Buffer.byteLength(line) > MOST_LINE)
      throw new LogFault(
        'too-long',
        `a record of more than ${MOST_LINE} bytes is not written`,
        'let the policy record fewer fields',
      );
    if (batch === undefined) file.append(`${line}\n`);
    else batch += `${line}\n`;
    last = line;
    lastNote = undefined;
  }

  function link(): void {
    if (last === undefined) return;
    const leaf = leafHash(`\0${last}`);
    prev = linkTo(leaf);
    grow(tree, leaf);
    last = undefined;
  }

  /** What must stand before the next record. */
  function ready(): void {
    if (closed) throw new LogFault('closed', 'the log is closed', 'open it again');
    if (file.bytes >= segmentBytes) turnOver();
    if (unsigned > 0 && performance.now() - unsignedSince > SIGN_AT_LAST) sign();
  }

  function append(make: (at: At) => string): number {
    if (batch === undefined) ready();
    const place = at();
    put(make(place));
    if (unsigned++ === 0) unsignedSince = performance.now();
    wake(SIGN_AFTER);
    return place.seq;
  }

  function together(step: () => void): void {
    if (batch !== undefined) {
      step();
      return;
    }
    ready();
    const before = { prev, last, unsigned, size: tree.size, peaks: [...tree.peaks], lastNote };
    batch = '';
    try {
      step();
      if (batch !== '') file.append(batch);
    } catch (error) {
      ({ prev, last, unsigned, lastNote } = before);
      Object.assign(tree, { size: before.size, peaks: before.peaks });
      throw error;
    } finally {
      batch = undefined;
    }
  }

  function sign(): void {
    if (unsigned === 0) return;
    file.checkSize();
    const place = at();
    const { id } = key.key;
    const signature = key.sign(signedText(id, place)).toString('base64');
    put(signatureRecordLine({ key: id, signature }, place));
    unsigned = 0;
    if (next === undefined) return;
    putNext(keys, next);
    key = next;
    next = undefined;
  }

  function checkpoint(): string {
    if (lastNote !== undefined && unsigned === 0) return lastNote;
    sign();
    link();
    const text = checkpointText({ origin, size: tree.size, root: rootOf(tree) });
    const note = `${text}\n${signatureLine(key.key, key.sign(text))}`;
    put(checkpointLine({ note, peaks: peaksText(tree) }, at()));
    unsigned++;
    sign();
    lastNote = note;
    checkpointAt = performance.now();
    return note;
  }

  /** The file that ends has everything signed; the one that begins names where it goes on. */
  function turnOver(): void {
    checkpoint();
    const place = at();
    const begun = beginSegment({ folder, origin, number: file.number + 1, key, tree, durable }, place);
    file.close();
    ({ file, prev } = begun);
    lastNote = undefined;
    if (unsigned++ === 0) unsignedSince = performance.now();
  }

  function wake(delay: number): void {
    timer ??= setTimeout(() => {
      timer = undefined;
      try {
        sign();
        if (performance.now() - checkpointAt > checkpointSeconds * 1000) checkpoint();
      } catch (error) {
        if (error instanceof LogFault) onFault?.(error);
        wake(AGAIN_AFTER);
      }
    }, delay);
  }

  function close(): void {
    if (closed) return;
    closed = true;
    clearTimeout(timer);
    try {
      checkpoint();
    } finally {
      file.close();
    }
  }

  append((place) => startLine(found, place));
  return {
    append,
    together,
    catchUp: link,
    sign,
    checkpoint,
    rotate: (following, make) => {
      sign();
      append((place) => make({ to: keyText(following.key) }, place));
      next = following;
      sign();
    },
    close,
  };
}
