import { randomBytes } from 'node:crypto';
import type { Connection } from './connection.ts';
import { GIVE_BACK } from './scripts.ts';

/** Calls to give back while nobody can be told; what is beyond that stays counted. */
const MOST_OWED = 10_000;

/** What was counted and did not run, as it is to be given back: in the life that it was counted in. */
export interface Owing {
  life: string;
  field: string;
  micros: number;
  /** When it was counted, by the server's clock. */
  time: number;
}

/** Gives calls back. Each has a name, so that it is given back once, however often that has to be said. */
export interface Owed {
  give(connection: Connection | undefined, owing: Owing): void;
  /** All that could not be given back before. */
  pay(connection: Connection): void;
}

export function newOwed(keys: readonly string[]): Owed {
  const gate = randomBytes(8).toString('hex');
  const waiting: (string | number)[][] = [];
  let names = 0;
  const owe = (args: (string | number)[]) => {
    if (waiting.length < MOST_OWED) waiting.push(args);
  };
  const tell = (connection: Connection | undefined, args: (string | number)[]) => {
    if (connection === undefined) return owe(args);
    connection.script(GIVE_BACK, keys, args).catch(() => owe(args));
  };
  return {
    give: (connection, { life, field, micros, time }) =>
      tell(connection, [life, `${gate}-${++names}`, field, micros, time]),
    pay(connection) {
      for (const args of waiting.splice(0)) tell(connection, args);
    },
  };
}
