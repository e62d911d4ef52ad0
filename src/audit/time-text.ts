let second = Number.NaN;
let text = '';

/** ISO 8601 in UTC, to the millisecond: what `toISOString` gives. Records come by the thousand in one second. */
export function timeText(milliseconds: number): string {
  const now = Math.floor(milliseconds / 1000);
  if (now !== second) {
    text = new Date(now * 1000).toISOString().slice(0, -4);
    second = now;
  }
  return `${text}${String(Math.floor(milliseconds) - now * 1000).padStart(3, '0')}Z`;
}
