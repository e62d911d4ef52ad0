import type { ReportContext } from './context.ts';
import { row } from './row.ts';
import { firstOf, type Words } from './words.ts';

export const ROWS_SHOWN = 12;

/** The first of many, and how many more there are. */
export function someRows<T>(items: readonly T[], context: ReportContext, lines: (item: T) => string[]): string[] {
  const first = firstOf(items, ROWS_SHOWN);
  const rest: Words = [{ text: `and ${first.more} more in \`--format json\``, style: 'dim' }];
  return [...first.items.flatMap(lines), ...(first.more > 0 ? row({ label: { text: '' }, text: rest }, context) : [])];
}
