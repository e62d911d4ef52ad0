import { setTimeout as wait } from 'node:timers/promises';
import type { Connection } from './connection.ts';
import { StateFault, stateFault } from './fault.ts';

/** A connection, with what was found at its other end. */
export interface Standing {
  connection: Connection;
  /** Which start of which server this is; empty: it may not be asked. */
  server: string;
}

/** Holds one connection, and makes a new one where it is lost. */
export interface Link {
  /** Throws `StateFault` where there is none. */
  standing(): Standing;
  close(): void;
}

export interface LinkParts {
  shown: string;
  /** Rejects with `StateFault`. */
  open(): Promise<Standing>;
  /** For what has to be made up for. */
  opened(): void;
  tell(text: string): void;
  /** Milliseconds between two tries: at first and at most, and where a person has to change something. */
  retries: readonly [first: number, most: number, lasting: number];
}

/** Rejects with `StateFault` where only a person can help; a server that cannot be reached is tried again, and again. */
export async function openLink({ shown, open, opened, tell, retries }: LinkParts): Promise<Link> {
  let current: Standing | undefined;
  let why = new StateFault('there is no connection yet');
  let isOver = false;

  async function connect(): Promise<void> {
    const standing = await open();
    current = standing;
    void standing.connection.lost.then((fault) => {
      current = undefined;
      if (!isOver) lost(fault);
    });
    opened();
  }

  function lost(fault: StateFault): void {
    why = fault;
    tell(`${shown} cannot be used: ${fault.message}; calls are refused until it can`);
    void keepTrying();
  }

  async function keepTrying(): Promise<void> {
    const [first, most, lasting] = retries;
    for (let next = first; !isOver; next = Math.min(next * 2, most)) {
      await wait(why.isLasting ? lasting : next * (0.5 + Math.random() / 2), undefined, { ref: false });
      if (isOver) return;
      try {
        await connect();
        tell(`${shown} is used again`);
        return;
      } catch (error) {
        const fault = stateFault(error);
        if (fault.isLasting && fault.message !== why.message) tell(`${shown} cannot be used: ${fault.message}`);
        why = fault;
      }
    }
  }

  try {
    await connect();
  } catch (error) {
    const fault = stateFault(error);
    if (fault.isLasting) throw fault;
    lost(fault);
  }
  return {
    standing() {
      if (current === undefined) throw why;
      return current;
    },
    close() {
      isOver = true;
      current?.connection.close();
    },
  };
}
