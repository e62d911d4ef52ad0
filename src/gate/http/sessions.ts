import { randomBytes } from 'node:crypto';
import type { ServerResponse } from 'node:http';
import { isRecord } from '../../source/record.ts';
import type { Setting } from '../ports.ts';
import { type Lane, openLane } from './lane.ts';
import type { OpenServer } from './ports.ts';
import { openStream, type Stream } from './stream.ts';

/** A session of a client, with its own connection to the server. */
export interface Held {
  id: string;
  lane: Lane;
  aside: Stream;
  /** An answer over several connections, if need be. */
  stream(response: ServerResponse): Stream;
  /** What a client that comes back wants to go on with; undefined: nothing is known of it. */
  found(number: number): Stream | undefined;
  used: number;
}

export interface SessionParts {
  /** Counts and records of one more session. */
  newSetting(): { setting: Setting; close(): void };
  open: OpenServer;
  tell(text: string): void;
}

/** Answers that were not read to their end, of one session. */
const MOST_UNREAD = 32;
/** The first version whose clients take an event without data. */
const PRIMED = '2025-11-25';

/** A session under way. `gone`: it has ended, by whatever. */
export function newSession({ newSetting, open, tell }: SessionParts, gone: (id: string) => void): Held {
  const id = randomBytes(24).toString('base64url');
  const { setting, close } = newSetting();
  const streams = new Map<number, Stream>();
  const unread: number[] = [];
  let count = 0;
  let isPrimed = false;
  const headers = () => ({ 'mcp-session-id': id });
  const drained = () => held.lane.drained();
  const aside = openStream(undefined, { number: 0, isPrimed: () => isPrimed, headers, left: () => undefined, drained });
  const left = (number: number, state: 'early' | 'read' | 'unread') => {
    if (state === 'read') streams.delete(number);
    if (state !== 'unread') return;
    unread.push(number);
    if (unread.length > MOST_UNREAD) streams.delete(unread.shift() ?? 0);
  };
  const lane = openLane(setting, open(), {
    isShared: false,
    aside,
    tell,
    heard(method, { result }) {
      if (method !== 'initialize') return;
      if (isRecord(result)) isPrimed = result.protocolVersion === PRIMED;
      else setImmediate(() => lane.end());
    },
    over() {
      close();
      gone(id);
    },
  });
  const held: Held = {
    id,
    lane,
    aside,
    stream(response) {
      const number = ++count;
      const options = { number, isPrimed: () => isPrimed, headers, drained };
      const stream = openStream(response, { ...options, left: (state) => left(number, state) });
      streams.set(number, stream);
      return stream;
    },
    found: (number) => (number === 0 ? aside : streams.get(number)),
    used: performance.now(),
  };
  return held;
}
