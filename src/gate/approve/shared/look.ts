import { setTimeout as wait } from 'node:timers/promises';
import type { StateAddress } from '../../state/address.ts';
import { type Connection, loadPeer, openConnection } from '../../state/connection.ts';
import type { Waiting } from '../define.ts';
import {
  INDEX,
  keysOfQuestion,
  MOST_ASKED,
  type Named,
  namedIn,
  readAsked,
  readTaken,
  type SharedAnswer,
} from './messages.ts';

const MOST_LISTED = 1_000;
/** Questions read at once. */
const BATCH = 20;
/** Characters of all of them; more is left for the next look. */
const MOST_READ = 32 * 1024 * 1024;
/** Milliseconds that a gate has to take an answer. */
const PATIENCE = 5_000;
const LOOK_EVERY = 200;
/** Milliseconds that an answer stays beyond its question. */
const SLACK = 60_000;

/** A call that waits at some gate, and what answers it. */
export interface FoundElsewhere extends Waiting {
  /** Undefined: the answer was taken; else why it was not. Rejects with `StateFault`. */
  take(answer: SharedAnswer): Promise<string | undefined>;
}

/** What people can see and answer of all gates that share a state. */
export interface SharedDesk {
  /** The oldest first. Rejects with `StateFault`. */
  look(): Promise<FoundElsewhere[]>;
  close(): void;
}

/** Rejects with `StateFault`. */
export async function openSharedDesk(address: StateAddress): Promise<SharedDesk> {
  const connection = await openConnection(await loadPeer(), address);
  return {
    look: () => waitingIn(connection),
    close: () => connection.close(),
  };
}

async function waitingIn(connection: Connection): Promise<FoundElsewhere[]> {
  const members = await connection.command('ZRANGE', INDEX, '0', String(MOST_LISTED - 1));
  const names = (Array.isArray(members) ? members : []).flatMap((member) => namedIn(member) ?? []);
  const found: FoundElsewhere[] = [];
  let read = 0;
  for (let at = 0; at < names.length && read < MOST_READ; at += BATCH) {
    const some = names.slice(at, at + BATCH);
    // Whoever can write there can write anything: no more of it is read than a question may have.
    const texts = await Promise.all(
      some.map((named) => connection.command('GETRANGE', keysOfQuestion(named).ask, '0', String(4 * MOST_ASKED))),
    );
    for (const [i, named] of some.entries()) {
      const text = texts[i];
      read += typeof text === 'string' ? text.length : 0;
      const call = readAsked(text);
      if (call !== undefined) found.push({ ...call, take: (answer) => answered(connection, named, answer) });
    }
  }
  return found.sort((a, b) => a.since - b.since);
}

async function answered(connection: Connection, named: Named, answer: SharedAnswer): Promise<string | undefined> {
  const keys = keysOfQuestion(named);
  const rest = Number(await connection.command('PTTL', keys.ask));
  if (!(rest > 0)) return 'it waits no longer';
  const { digest, approve, by, reason } = answer;
  const text = JSON.stringify({ digest, approve, by, reason });
  const put = await connection.command('SET', keys.answer, text, 'NX', 'PX', String(rest + SLACK));
  if (put !== 'OK') return 'somebody has answered it already';
  for (const until = performance.now() + PATIENCE; performance.now() < until; await wait(LOOK_EVERY)) {
    const taken = readTaken(await connection.command('GET', keys.taken));
    if (taken !== undefined) return taken.ok ? undefined : taken.says;
  }
  return 'its gate has not taken the answer yet; if it comes back in time, it will';
}
