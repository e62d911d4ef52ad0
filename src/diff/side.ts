import type { Agent } from '../manifest/tree.ts';
import type { Finding } from '../model/finding.ts';
import type { Held } from './ignores.ts';

/** One side of a comparison, as the lint sees it. */
export interface Side {
  agents: readonly Agent[];
  /** What the lint shows. */
  shown: readonly Finding[];
  /** The same and all that is held back. */
  raw: readonly Finding[];
  /** Of those, what a comment, the configuration or the baseline holds back. */
  heldBack: readonly Finding[];
  held: readonly Held[];
  /** Files in which something cannot be read: what is not found there is not known to be gone. */
  unread: ReadonlySet<string>;
  /** From the name of a file to the one that it goes by on both sides. */
  known(file: string): string;
}
