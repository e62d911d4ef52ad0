import type { Clue } from '../../model/scan.ts';
import type { Kind } from '../verbs/lexicon.ts';

/** One verb that a tool is said to do. */
export interface Deed {
  verb: string;
  kind: Kind;
  clue: Clue;
  /** Could the word as well be the name of a thing? */
  sure: boolean;
  /** Singular words of what it is done to; the first one is the noun that is meant. */
  objects: readonly string[];
  /** Of a choice: the argument's name says that it chooses a deed, and not a kind of thing. */
  strict?: boolean;
}
