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

/** The sessions worth remembering; those that were quiet longest go first, and the current one stays. */
export function keptSessions(
  sessions: Record<string, SessionCounts>,
  current: string,
  time: number,
): Record<string, SessionCounts> {
  const entries = Object.entries(sessions).filter(
    ([id, { seen }]) => id === current || seen > time - KEPT_DAYS * DAY,
  );
  entries.sort(([a, one], [b, other]) => (a === current ? -1 : b === current ? 1 : other.seen - one.seen));
  let calls = 0;
  const kept = entries.filter(([id, { repeats }], index) => {
    calls += Object.keys(repeats).length;
    return id === current || (index < KEPT_SESSIONS && calls <= KEPT_CALLS);
  });
  return Object.fromEntries(kept);
}
