import { type Held, newSession, type SessionParts } from './sessions.ts';
import { type SharedLane, sharedLane } from './shared.ts';

export const MOST_SESSIONS = 64;
/** Milliseconds after which a session that nothing is heard of ends. */
const IDLE = 60 * 60_000;
/** The same where another client waits for its place. */
const IDLE_AT_LEAST = 60_000;

/** Everything that is under way. */
export interface Roster {
  get(id: string): Held | undefined;
  /** Undefined: there are as many as there may be. */
  begin(): Held | undefined;
  /** For requests that are of no session. */
  shared: Pick<SharedLane, 'lane' | 'params' | 'versions'>;
  beat(): void;
  end(): void;
}

export function newRoster(parts: SessionParts): Roster {
  const sessions = new Map<string, Held>();
  const shared = sharedLane(parts);

  /** Ends sessions that nobody has used for so long, the longest unused first. */
  function sweep(idle: number, most = sessions.size): void {
    const before = performance.now() - idle;
    const unused = [...sessions.values()].filter(({ lane, used }) => used < before && !lane.isBusy());
    for (const { lane } of unused.sort((one, other) => one.used - other.used).slice(0, most)) lane.end();
  }

  return {
    get(id) {
      const held = sessions.get(id);
      if (held !== undefined) held.used = performance.now();
      return held;
    },
    begin() {
      if (sessions.size >= MOST_SESSIONS) sweep(IDLE_AT_LEAST, 1);
      if (sessions.size >= MOST_SESSIONS) return undefined;
      const held = newSession(parts, (id) => sessions.delete(id));
      sessions.set(held.id, held);
      return held;
    },
    shared,
    beat() {
      sweep(IDLE);
      shared.beat();
      for (const { lane } of sessions.values()) lane.beat();
    },
    end() {
      shared.end();
      for (const { lane } of [...sessions.values()]) lane.end();
    },
  };
}
