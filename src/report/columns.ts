import type { ReportContext } from './context.ts';
import { widthOf } from './wrap.ts';

/** Rows under a head, in columns: what is a number stands to the right. Cells are safe to print already. */
export function columns(
  head: readonly string[],
  rows: readonly (readonly string[])[],
  { paint }: Pick<ReportContext, 'paint'>,
): string[] {
  const widths = head.map((word, i) => Math.max(widthOf(word), ...rows.map((row) => widthOf(row[i] ?? ''))));
  const isNumber = head.map((_, i) => rows.length > 0 && rows.every((row) => /^(?:-|\d)/.test(row[i] ?? '-')));
  const line = (row: readonly string[], sure: (text: string) => string) =>
    `  ${row.map((cell, i) => sure(padded(cell, widths[i] ?? 0, isNumber[i] === true && i > 0))).join('  ')}`.trimEnd();
  return [line(head, paint.dim), ...rows.map((row) => line(row, (text) => text))];
}

function padded(text: string, width: number, right: boolean): string {
  const gap = ' '.repeat(Math.max(0, width - widthOf(text)));
  return right ? gap + text : text + gap;
}
