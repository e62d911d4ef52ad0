const DAY = 86_400_000;

/** Number of a day in UTC, from 1970; the letters of a record's time say which. */
export function startDays(): (time: string) => number {
  let text = '';
  let day = 0;
  return (time) => {
    // Records come by the thousand on one day.
    if (!time.startsWith(text) || text === '') {
      text = time.slice(0, 10);
      day = Math.floor(Date.parse(`${text}T00:00:00Z`) / DAY);
    }
    return day;
  };
}

/** Number of a minute from 1970. */
export const minuteOf = (day: number, time: string): number =>
  day * 1440 + Number(time.slice(11, 13)) * 60 + Number(time.slice(14, 16));

/** Days, minutes or sessions that are told apart: more than any period has, and an end where a log names a thousand years. */
export const MOST_DAYS = 4000;
export const MOST_MINUTES = 600_000;

/** Counts by a number; false: there are too many numbers already. */
export function countAt(counts: Map<number, number>, at: number, most: number, by = 1): boolean {
  const known = counts.get(at);
  if (known === undefined && counts.size >= most) return false;
  counts.set(at, (known ?? 0) + by);
  return true;
}
