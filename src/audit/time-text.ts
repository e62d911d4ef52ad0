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

const TIME = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/;
let minute = '';
let minuteAt = 0;

/** Milliseconds from 1970 of a time that is written so; undefined: it is written in another way, or there is none. */
export function timeOf(written: string): number | undefined {
  // Asked of every record of a log, the platform's parser takes about as long as their hashes.
  if (minute !== '' && written.length === 24 && written.startsWith(minute)) {
    const seconds = digit(written, 17) * 10 + digit(written, 18);
    const rest = digit(written, 20) * 100 + digit(written, 21) * 10 + digit(written, 22);
    if (seconds < 60 && rest >= 0 && written[19] === '.' && written[23] === 'Z')
      return minuteAt + seconds * 1000 + rest;
  }
  if (!TIME.test(written)) return undefined;
  const at = Date.parse(written);
  if (Number.isNaN(at)) return undefined;
  // The last minute of a day may be written as 24:00, which has no second but the first.
  if (!written.startsWith('24', 11)) {
    minute = written.slice(0, 17);
    minuteAt = Math.floor(at / 60_000) * 60_000;
  }
  return at;
}

/** NaN: there is none. */
function digit(written: string, at: number): number {
  const value = written.charCodeAt(at) - 48;
  return value >= 0 && value <= 9 ? value : Number.NaN;
}
