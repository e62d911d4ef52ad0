import type { IntentRecord, OutcomeRecord, StartRecord } from '../model/record.ts';
import { argumentsDigest } from './canonical.ts';
import { LogFault } from './fault.ts';
import { recordFields } from './fields.ts';
import { intentLine, outcomeLine, rotationLine, type Said } from './lines.ts';
import { openParts } from './open.ts';
import { createPen } from './pen.ts';
import { nextKey } from './signing-key.ts';

export interface LogOptions {
  /** Folder of the log; made where it is not there. One writer at a time. */
  folder: string;
  /** Folder of its keys, best on another disk or with another owner than whoever reads the log. */
  keys: string;
  /** Names the log and its keys to the world: no spaces and no plus, such as `example.com/refund-desk`. */
  origin: string;
  /**
   * What a record survives once `intent` or `outcome` has returned. False: the end of the process, `kill -9` included, because the
   * system has the bytes; the power failing may cost the last seconds. True: the power failing, too, as far as the disk keeps
   * what it says that it has (`fdatasync` before returning, milliseconds each).
   */
  durable: boolean;
  /** Milliseconds to wait for another writer to end; by default a second. */
  patience?: number;
  /** Bytes after which a new file is begun. */
  segmentBytes?: number;
  /** At least this often there is a checkpoint, while something is written. */
  checkpointSeconds?: number;
  /** Milliseconds since 1970. */
  now?: () => number;
  /** A signature that could not be written; every record is refused until one can. */
  onFault?: (fault: LogFault) => void;
}

export interface Intent extends Omit<Said<IntentRecord>, 'arguments' | 'fields'> {
  /** As the model gave them: only their digest is written. */
  arguments: unknown;
  /** Their digest, where it is known already. */
  digest?: string;
  /** The policy's record fields: JSON Pointers into the arguments. */
  record: readonly string[];
}

/** The records of one gate. Everything throws `LogFault` where nothing was written: then nothing may be forwarded. */
export interface Log {
  /** What the last writer left: half a line, lines without a signature. */
  readonly found: Said<StartRecord>;
  /** Returns the record's `seq`, for its outcome. */
  intent(intent: Intent): number;
  outcome(outcome: Said<OutcomeRecord>): number;
  /** What the step records is written at once when it ends, whole or, where that throws, not at all. */
  together(step: () => void): void;
  /** Does now what the next record would have to wait for; good for a moment in which nobody waits. */
  catchUp(): void;
  /** Signs what is not signed yet, now. */
  sign(): void;
  /** A checkpoint of everything up to now, as a C2SP signed note, to be kept elsewhere. */
  checkpoint(): string;
  /** Another key signs from here on, and the one before it vouches for it. */
  rotateKey(): void;
  /** With a checkpoint, so that the next writer starts at once. */
  close(): void;
}

/** Throws `LogFault`: a log that is in use, damaged or not ours is not written to. */
export function openLog(options: LogOptions): Log {
  const { durable, segmentBytes = 16 * 1024 * 1024, checkpointSeconds = 60, now = Date.now, onFault } = options;
  const parts = openParts(options, durable, now);
  const { release, found } = parts;
  try {
    const pen = createPen(parts, { ...options, durable, segmentBytes, checkpointSeconds, now, onFault });
    return {
      found,
      intent: (said) => {
        finite(said.reservedUsd);
        finite(said.approval?.waitedSeconds ?? 0);
        const { arguments: values, record } = said;
        const digest = said.digest ?? inJson(() => argumentsDigest(values));
        const fields = record.length === 0 ? NO_FIELDS : inJson(() => recordFields(values, record));
        return pen.append((at) => intentLine(said, digest, fields, at));
      },
      together: (step) => pen.together(step),
      catchUp: () => pen.catchUp(),
      outcome: (said) => {
        finite(said.settledUsd);
        finite(said.durationMs);
        return pen.append((at) => outcomeLine(said, at));
      },
      sign: () => pen.sign(),
      checkpoint: () => pen.checkpoint(),
      rotateKey: () => pen.rotate(nextKey(options.keys, options.origin), rotationLine),
      close: () => {
        try {
          pen.close();
        } finally {
          release();
        }
      },
    };
  } catch (error) {
    parts.file.close();
    release();
    throw error;
  }
}

const NO_FIELDS: IntentRecord['fields'] = {};

/** JSON has no other numbers, and would say null. */
function finite(number: number): void {
  if (!Number.isFinite(number))
    throw new LogFault('no-json', 'an amount or a duration is no number', 'the call is to be refused');
}

function inJson<T>(step: () => T): T {
  try {
    return step();
  } catch {
    throw new LogFault(
      'no-json',
      'the arguments have no canonical JSON, so there is no digest of them',
      'the call is to be refused',
    );
  }
}
