import { clipped, monoWidth, sansWidth, smallWidth } from '../../../page/measure.ts';
import type { Box } from '../layout.ts';
import type { GraphNode } from './model.ts';

export const HEAD = 30;
export const ROW = 20;
/** Room for the mark before a name. */
export const MARK = 26;
const NAME = 30;
const PAD = 12;

/** How a box of the drawing is named: long names are cut in the middle, and said whole beside it. */
export function nameOf({ kind, title }: GraphNode): string {
  return clipped(title, kind === 'tools' ? 26 : 20);
}

export const rowName = (name: string) => clipped(name, NAME);

/** Width and height of a box, from its texts. */
export function boxOf(node: GraphNode): Box {
  const { id, kind, note, rows } = node;
  const title = nameOf(node);
  if (kind === 'tools') {
    const widest = rows.map(({ name, tag }) => MARK + monoWidth(rowName(name)) + 14 + smallWidth(tag) + PAD);
    const head = PAD + sansWidth(title) + 16 + smallWidth(note) + PAD;
    return { id, width: Math.ceil(Math.max(190, head, ...widest)), height: HEAD + rows.length * ROW + 8 };
  }
  const width = Math.ceil(Math.max(110, sansWidth(title) + 2 * PAD, smallWidth(note) + 2 * PAD + 8));
  return { id, width, height: note === '' ? 32 : 46 };
}
