/** One session of a client; one that is resumed goes on with what it has. */
export interface SessionCounts {
  /** When its first and its latest call were let through, in milliseconds since 1970. */
  started: number;
  seen: number;
  subagents: number;
  /** How often each call was let through, by a digest of its tool and arguments. */
  repeats: Record<string, number>;
}

const DAY = 24 * 60 * 60 * 1000;
/** A session that is resumed after this many days is a new one. */
const KEPT_DAYS = 30;
const KEPT_SESSIONS = 500;
/** Different calls that all sessions together remember: a file of a megabyte. */
const KEPT_CALLS = 20_000;
/** Different calls that one session remembers. */
const SESSION_CALLS = 10_000;

/** A session that is full knows no call that it has not seen, and must not take it for the first of its kind. */
export function repeatsOf({ repeats }: SessionCounts, call: string): number {
  if (Object.hasOwn(repeats, call)) return repeats[call] ?? 0;
  return isFull(repeats) ? Number.MAX_SAFE_INTEGER : 0;
}

export function withRepeat(repeats: Record<string, number>, call: string): Record<string, number> {
  const before = Object.hasOwn(repeats, call) ? (repeats[call] ?? 0) : 0;
  return before === 0 && isFull(repeats) ? repeats : { ...repeats, [call]: before + 1 };
}

function isFull(repeats: Record<string, number>): boolean {
  return Object.keys(repeats).length >= SESSION_CALLS;
}

/** The sessions worth remembering; those that were quiet longest go first, and the current one stays. */
export function keptSessions(
  sessions: Record<string, SessionCounts>,
  current: string,
  time: number,
): Record<string, SessionCounts> {
  const entries = Object.entries(sessions).filter(([id, { seen }]) => id === current || seen > time - KEPT_DAYS * DAY);
  entries.sort(([a, one], [b, other]) => (a === current ? -1 : b === current ? 1 : other.seen - one.seen));
  let calls = 0;
  const kept = entries.filter(([id, { repeats }], index) => {
    calls += Object.keys(repeats).length;
    return id === current || (index < KEPT_SESSIONS && calls <= KEPT_CALLS);
  });
  return Object.fromEntries(kept);
}
