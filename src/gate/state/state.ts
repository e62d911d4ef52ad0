import { setTimeout as wait } from 'node:timers/promises';
import type { StateAddress } from './address.ts';
import { loadPeer, openConnection } from './connection.ts';
import { StateFault } from './fault.ts';
import { followLife, unclear } from './life.ts';
import { openLink, type Standing } from './link.ts';
import type { Notes } from './notes.ts';
import { newOwed } from './owed.ts';
import { otherPolicies } from './policies.ts';
import { COUNT, keysOf } from './scripts.ts';
import { see } from './seen.ts';
import { askServer } from './server.ts';

/** Milliseconds from one look at whether the counts are still the same to the next. */
const BEAT = 1_000;
/** Milliseconds in a new life of the counts until something is counted: every gate that runs looks, and says what it has seen. */
const HOLD = 3_000;
/** Milliseconds between two tries to connect, at first and at most, and where a person has to change something. */
const RETRIES = [50, 500, 5_000] as const;
/** Milliseconds that a call waits for counting to be taken up again, besides what Redis has to answer. */
const MOST_WAIT = 5_000;
/** Beats from one look at the policies of other gates to the next. */
const POLICIES_EVERY = 10;

/** One call to be counted, with the caps of whoever counts; -1: none. */
export interface Counting {
  /** Which agent and grant. */
  key: string;
  /** Millionths of a US dollar, whole, as all amounts here. */
  micros: number;
  perMinute: number;
  perDay: number;
  mostMicros: number;
}

/** What stood there before. */
export interface Counted {
  /** False: a cap was reached. */
  isCounted: boolean;
  inMinute: number;
  today: number;
  micros: number;
  /** Gives it back, once, if it is still the same life of the counts; nothing where it was not counted. */
  giveBack(): void;
}

/** Counts that gates of one agent share, wherever they are. */
export interface SharedState {
  /** Where it is, for people. */
  shown: string;
  /** Rejects with `StateFault`: then nobody knows whether it was counted. */
  count(call: Counting): Promise<Counted>;
  /** One command, for what is shared besides. Rejects with `StateFault`. */
  command(...args: string[]): Promise<unknown>;
  close(): Promise<void>;
}

export interface StateParts {
  address: StateAddress;
  /** The root of the policy: what its gates count is counted together. */
  root: string;
  /** Digest of the policy in force. */
  policy(): string;
  notes: Notes;
  tell(text: string): void;
}

/** Rejects with `StateFault` where only a person can help; a Redis that cannot be reached is tried again, and again. */
export async function openState({ address, root, policy, notes, tell }: StateParts): Promise<SharedState> {
  const peer = await loadPeer();
  const keys = keysOf(root);
  const { shown } = address;
  const told = new Set<string>();
  const tellOnce = (text: string) => {
    if (told.has(text)) return;
    told.add(text);
    tell(text);
  };
  const life = followLife({ keys, notes, shown, hold: HOLD, tell });
  const owed = newOwed(keys);

  async function open(): Promise<Standing> {
    const connection = await openConnection(peer, address);
    try {
      const { run, warnings } = await askServer(connection);
      for (const warning of warnings) tellOnce(`${shown}: ${warning}`);
      await life.resume({ connection, server: run });
      await meet({ connection, server: run });
      return { connection, server: run };
    } catch (error) {
      connection.close();
      throw error;
    }
  }

  async function meet({ connection }: Standing): Promise<void> {
    for (const other of await otherPolicies(connection, root, policy(), Date.now()))
      tellOnce(
        `gates of \`${root}\` elsewhere go by another policy (${other.slice(0, 15)}…); all are counted together, each with its own caps`,
      );
  }

  const standing = (): Standing | undefined => {
    try {
      return link.standing();
    } catch {
      return undefined;
    }
  };
  const opened = () => queueMicrotask(() => void (standing() && owed.pay(link.standing().connection)));
  const link = await openLink({ shown, open, opened, tell, retries: RETRIES });

  let beats = 0;
  const timer = setInterval(() => {
    const at = standing();
    if (at === undefined) return;
    life.look(at).catch(() => undefined);
    if (++beats % POLICIES_EVERY === 0) meet(at).catch(() => undefined);
  }, BEAT).unref();

  async function count({ key, micros, perMinute, perDay, mostMicros }: Counting): Promise<Counted> {
    const until = performance.now() + MOST_WAIT;
    const field = `c:${key}`;
    const { seen } = life;
    while (performance.now() < until) {
      const at = link.standing();
      const { life: id, seq: least } = seen;
      const args = [id, at.server, least, field, micros, perMinute, perDay, mostMicros];
      const said = await at.connection.script(COUNT, keys, args);
      const [word, ...rest] = Array.isArray(said) ? (said as [string, ...number[]]) : [''];
      if (word === 'RESUME') await life.resume(at);
      else if (word === 'WAIT') await wait(Math.min(rest[0] ?? 0, HOLD) + 1);
      else if (word === 'COUNTED') {
        const [counted = 0, time = 0, seq = 0, inMinute = 0, today = 0, spent = 0] = rest;
        const after = { calls: today + counted, usd: spent + counted * micros, minute: inMinute + counted };
        see(seen, { time, seq, field, ...after });
        notes.soon(seen);
        let isDue = counted === 1;
        const giveBack = () => {
          if (isDue) owed.give(standing()?.connection, { life: id, field, micros, time });
          isDue = false;
        };
        return { isCounted: counted === 1, inMinute, today, micros: spent, giveBack };
      } else throw unclear(said);
    }
    throw new StateFault('its counts were lost, and are being taken up again');
  }

  return {
    shown,
    count,
    command: async (...args) => link.standing().connection.command(...args),
    async close() {
      clearInterval(timer);
      notes.flush(life.seen);
      // Everything before it has been answered then.
      await standing()
        ?.connection.command('PING')
        .catch(() => undefined);
      link.close();
    },
  };
}
