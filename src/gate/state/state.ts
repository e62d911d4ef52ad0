import { randomBytes } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import type { StateAddress } from './address.ts';
import { type Connection, loadPeer, openConnection } from './connection.ts';
import { StateFault, stateFault } from './fault.ts';
import type { Notes } from './notes.ts';
import { COUNT, GIVE_BACK, keysOf, RESUME } from './scripts.ts';
import { nothingSeen, type Seen, see, seenArguments } from './seen.ts';
import { askServer } from './server.ts';

/** All in milliseconds. */
export interface Pace {
  /** From one look at whether the counts are still the same to the next. */
  beat: number;
  /** In a new life of the counts, until something is counted: every gate that runs looks and says what it has seen in it. */
  hold: number;
  /** Between two tries to connect, at first and at most; at most where a person has to change something. */
  retries: readonly [first: number, most: number, lasting: number];
}

export const PACE: Pace = { beat: 1_000, hold: 3_000, retries: [50, 500, 5_000] };
/** Milliseconds that a call waits for counting to be taken up again, over what Redis has to answer. */
const MOST_WAIT = 5_000;
/** Calls to give back while nobody can be told. */
const MOST_OWED = 10_000;

/** One call to be counted, with the caps of whoever counts; -1: none. */
export interface Counting {
  /** Which agent and grant. */
  key: string;
  micros: number;
  perMinute: number;
  perDay: number;
  mostMicros: number;
}

/** What stood there before. */
export interface Counted {
  isCounted: boolean;
  inMinute: number;
  today: number;
  micros: number;
  /** Gives it back, once, if it is still the same life of the counts; nothing where it was not counted. */
  giveBack(): void;
}

/** Counts that gates of one agent share, wherever they are. */
export interface SharedState {
  /** Rejects with `StateFault`: then nobody knows whether it was counted. */
  count(call: Counting): Promise<Counted>;
  /** One command, for what is shared besides. Rejects with `StateFault`. */
  command(...args: string[]): Promise<unknown>;
  /** Where it is, for people. */
  shown: string;
  close(): Promise<void>;
}

export interface StateParts {
  address: StateAddress;
  /** The root of the policy: what its gates count is counted together. */
  root: string;
  notes: Notes;
  tell(text: string): void;
  pace?: Pace;
}

interface Standing {
  connection: Connection;
  server: string;
}

/** Rejects with `StateFault` where only a person can help; a Redis that cannot be reached is tried again, and again. */
export async function openState({ address, root, notes, tell, pace = PACE }: StateParts): Promise<SharedState> {
  const peer = await loadPeer();
  const keys = keysOf(root);
  const { shown } = address;
  const told = new Set<string>();
  const seen: Seen = notes.read() ?? nothingSeen();
  let standing: Standing | undefined;
  let why = new StateFault('there is no connection yet');
  let resuming: Promise<void> | undefined;
  let isOver = false;
  let names = 0;
  const gate = randomBytes(8).toString('hex');
  const owed: (string | number)[][] = [];

  async function connect(): Promise<void> {
    const connection = await openConnection(peer, address);
    try {
      const { run, warnings } = await askServer(connection);
      for (const warning of warnings) tellOnce(`${shown}: ${warning}`);
      await resume({ connection, server: run });
      standing = { connection, server: run };
    } catch (error) {
      connection.close();
      throw error;
    }
    void connection.lost.then((fault) => {
      standing = undefined;
      why = fault;
      if (isOver) return;
      tell(`${shown} cannot be used: ${fault.message}; calls are refused until it can`);
      void keepTrying();
    });
    payBack();
  }

  async function keepTrying(): Promise<void> {
    const [first, most, lasting] = pace.retries;
    for (let next = first; !isOver; next = Math.min(next * 2, most)) {
      await wait(why.isLasting ? lasting : next * (0.5 + Math.random() / 2), undefined, { ref: false });
      if (isOver) return;
      try {
        await connect();
        tell(`${shown} is used again`);
        return;
      } catch (error) {
        const fault = stateFault(error);
        if (fault.message !== why.message) tellOnce(`${shown} cannot be used: ${fault.message}`);
        why = fault;
      }
    }
  }

  function tellOnce(text: string): void {
    if (told.has(text)) return;
    told.add(text);
    tell(text);
  }

  /** Says what this gate has seen, and learns in which life the counts are. */
  async function resume({ connection, server }: Standing): Promise<void> {
    const id = randomBytes(6).toString('hex');
    const said = await connection.script(RESUME, keys, [server, pace.hold, id, ...seenArguments(seen)]);
    if (!Array.isArray(said) || said[0] === 'CLOCK') throw unclear(said);
    const [life, , , wasEmpty, raised, seq] = said as [string, number, number, number, number, number];
    if (wasEmpty === 1 && seen.life !== '') tell(`${shown} has lost what was counted`);
    if (raised > 0) tell(`${shown} had lost calls: ${raised} that gates here had seen are counted again`);
    seen.life = life;
    seen.seq = seq;
    notes.soon(seen);
  }

  /** Once, whoever asks for it meanwhile. */
  function resumeOnce(at: Standing): Promise<void> {
    resuming ??= resume(at).finally(() => {
      resuming = undefined;
    });
    return resuming;
  }

  async function beat(): Promise<void> {
    const at = standing;
    if (at === undefined) return;
    const said = await at.connection.command('HMGET', keys[0] ?? '', 'id', 'server', 'seq');
    const [id, server, seq] = Array.isArray(said) ? (said as (string | null)[]) : [];
    if (id !== seen.life || (at.server !== '' && server !== at.server) || Number(seq) < seen.seq) await resumeOnce(at);
  }

  function payBack(): void {
    for (const args of owed.splice(0)) give(args);
  }

  /** Named, so that it is given back once, however often that is said. */
  function give(args: (string | number)[]): void {
    standing?.connection.script(GIVE_BACK, keys, args).catch(() => void owe(args));
    if (standing === undefined) owe(args);
  }

  function owe(args: (string | number)[]): void {
    if (owed.length < MOST_OWED) owed.push(args);
  }

  async function count(call: Counting): Promise<Counted> {
    const until = performance.now() + MOST_WAIT;
    const { key, micros, perMinute, perDay, mostMicros } = call;
    const field = `c:${key}`;
    while (performance.now() < until) {
      const at = standing;
      if (at === undefined) throw why;
      const { life } = seen;
      const args = [life, at.server, seen.seq, field, micros, perMinute, perDay, mostMicros];
      const said = await at.connection.script(COUNT, keys, args);
      const [word, ...rest] = Array.isArray(said) ? (said as [string, ...number[]]) : [''];
      if (word === 'RESUME') await resumeOnce(at);
      else if (word === 'WAIT') await wait(Math.min(rest[0] ?? 0, pace.hold) + 1);
      else if (word === 'COUNTED') {
        const [counted = 0, time = 0, seq = 0, inMinute = 0, today = 0, spent = 0] = rest;
        see(seen, {
          time,
          seq,
          field,
          calls: today + counted,
          usd: spent + counted * micros,
          minute: inMinute + counted,
        });
        notes.soon(seen);
        const back = [life, `${gate}-${++names}`, field, micros, time];
        return {
          isCounted: counted === 1,
          inMinute,
          today,
          micros: spent,
          giveBack: onceOnly(counted, () => give(back)),
        };
      } else throw unclear(said);
    }
    throw new StateFault('its counts were lost, and are being taken up again');
  }

  const timer = setInterval(() => void beat().catch(() => undefined), pace.beat).unref();
  try {
    await connect();
  } catch (error) {
    why = stateFault(error);
    if (why.isLasting) {
      clearInterval(timer);
      throw why;
    }
    tell(`${shown} cannot be used: ${why.message}; calls are refused until it can`);
    void keepTrying();
  }
  return {
    shown,
    count,
    command(...args) {
      return standing === undefined ? Promise.reject(why) : standing.connection.command(...args);
    },
    async close() {
      isOver = true;
      clearInterval(timer);
      notes.flush(seen);
      const at = standing;
      if (at === undefined) return;
      // Everything before it has been answered then.
      await at.connection.command('PING').catch(() => undefined);
      at.connection.close();
    },
  };
}

function onceOnly(counted: number, step: () => void): () => void {
  let isDue = counted === 1;
  return () => {
    if (!isDue) return;
    isDue = false;
    step();
  };
}

function unclear(said: unknown): StateFault {
  if (Array.isArray(said) && said[0] === 'CLOCK')
    return new StateFault('its clock was set back, so that nobody knows what was called today', {
      help: 'set the clock of its machine right',
    });
  return new StateFault('it says what this gate does not understand');
}
