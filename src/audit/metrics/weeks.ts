export interface IsoWeek {
  /** Such as `2026-W07`. */
  name: string;
  /** Its Monday, `YYYY-MM-DD`. */
  monday: string;
}

const DAY = 86_400_000;

/** The ISO 8601 week of a day in UTC, `YYYY-MM-DD`: weeks begin on Monday, and belong to the year of their Thursday. */
export function weekOf(day: string): IsoWeek {
  const at = Date.parse(`${day}T00:00:00Z`);
  const monday = at - ((new Date(at).getUTCDay() + 6) % 7) * DAY;
  const thursday = new Date(monday + 3 * DAY);
  const year = thursday.getUTCFullYear();
  const number = Math.floor((thursday.getTime() - Date.UTC(year, 0, 1)) / (7 * DAY)) + 1;
  return { name: `${year}-W${String(number).padStart(2, '0')}`, monday: dayOf(monday) };
}

export const dayOf = (time: number): string => new Date(time).toISOString().slice(0, 10);

/** The Mondays from one to another, both of them included. */
export function mondays(first: string, last: string): string[] {
  const from = Date.parse(`${first}T00:00:00Z`);
  const weeks = Math.round((Date.parse(`${last}T00:00:00Z`) - from) / (7 * DAY));
  return Array.from({ length: weeks + 1 }, (_, i) => dayOf(from + i * 7 * DAY));
}

/** Is all of a week in the period? Both ends are milliseconds; the second one is not part of it. */
export function isWhole(monday: string, since: number, until: number): boolean {
  const at = Date.parse(`${monday}T00:00:00Z`);
  return at >= since && at + 7 * DAY <= until;
}
