import { HOLDS, type Hold } from '../../../holds.ts';
import type { BlastGraph } from './model.ts';

/** What a mark, a line or a box of the drawing means. */
export interface KeyEntry {
  words: string;
  hold?: Hold;
  /** Classes of a line. */
  line?: string;
  /** Classes of a box. */
  box?: string;
}

const WORDS: Record<Hold, string> = {
  unattended: 'high-stakes, lands without a person',
  unknown: 'high-stakes, not known who approves',
  bounded: 'high-stakes, bounded',
  asks: 'high-stakes, a person approves each call',
  denied: 'denied',
};

/** The key to a drawing: only what is in it. */
export function keyOf({ nodes, edges }: BlastGraph): KeyEntry[] {
  const holds = HOLDS.filter((hold) => nodes.some(({ rows }) => rows.some((row) => row.hold === hold)));
  const some = (test: boolean, entry: KeyEntry) => (test ? [entry] : []);
  return [
    ...holds.map((hold) => ({ words: WORDS[hold], hold, line: hold })),
    { words: 'not high-stakes', line: 'plain' },
    ...some(
      edges.some(({ leaks }) => leaks),
      { words: "disclosure path: 1 data is read, 2 strangers' text comes in, 3 it can be sent out", line: 'leak' },
    ),
    ...some(
      edges.some(({ open }) => open),
      { words: 'only if an open fact turns out so', line: 'plain open' },
    ),
    ...some(
      nodes.some(({ sensitive }) => sensitive),
      { words: 'confidential, regulated or not classified', box: 'data sensitive' },
    ),
  ];
}
