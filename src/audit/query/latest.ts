import type { CallRow } from '../../model/audit-query.ts';

/** Keeps the latest so many calls of all logs, by their times, and no more. */
export function latest(most: number): { add(row: CallRow): void; rows(): CallRow[] } {
  let kept: CallRow[] = [];
  const sorted = () => {
    kept = kept.sort((a, b) => (a.time < b.time ? -1 : a.time > b.time ? 1 : 0)).slice(-most);
    return kept;
  };
  return {
    add(row) {
      kept.push(row);
      if (kept.length >= 2 * most + 1000) sorted();
    },
    rows: sorted,
  };
}
