import type { Installed } from '../model/lock.ts';
import type { Content, Destination } from './read.ts';

/** One file as it is and as it would be; nothing is written before a person has seen it. */
export interface Change {
  /** `<target>/<installation>`, as in the lock. */
  key: string;
  destination: Destination;
  from: Content;
  /** Undefined: the file goes. */
  to: Buffer | undefined;
  /** The bytes that `--undo` brings back, where they are not kept yet. */
  keep: Buffer | undefined;
  /** What the lock says now, and afterwards; undefined: nothing is installed. */
  previous: Installed | undefined;
  record: Installed | undefined;
  /** Where the person's own choice stands although ours is narrower. */
  warnings: string[];
  /** Entries that a person wrote into lists that hold some of ours. */
  yours: number;
  /** How an undo works: the bytes of before, or only what is ours taken out. */
  way: 'bytes' | 'entries';
}

export function changesFile({ from, to }: Change): boolean {
  return from.bytes === undefined || to === undefined ? from.bytes !== to : !from.bytes.equals(to);
}
