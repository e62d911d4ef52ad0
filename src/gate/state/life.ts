import { randomBytes } from 'node:crypto';
import { StateFault } from './fault.ts';
import type { Standing } from './link.ts';
import type { Notes } from './notes.ts';
import { RESUME } from './scripts.ts';
import { nothingSeen, type Seen, seenArguments } from './seen.ts';

/** Milliseconds: less than Redis keeps counts that nobody asks for. */
const RECENT = 7 * 86_400_000;

/** In which life the counts are, and what was seen of them. */
export interface Life {
  seen: Seen;
  /** Says what was seen, and learns which life this is. Once, whoever asks for it meanwhile. Rejects with `StateFault`. */
  resume(at: Standing): Promise<void>;
  /** Resumes where the counts are not what they were. Rejects with `StateFault`. */
  look(at: Standing): Promise<void>;
}

export interface LifeParts {
  keys: readonly string[];
  notes: Notes;
  shown: string;
  /** Milliseconds in a new life until something is counted. */
  hold: number;
  tell(text: string): void;
}

export function followLife({ keys, notes, shown, hold, tell }: LifeParts): Life {
  const seen = notes.read() ?? nothingSeen();
  let resuming: Promise<void> | undefined;

  async function once({ connection, server }: Standing): Promise<void> {
    const id = randomBytes(6).toString('hex');
    const said = await connection.script(RESUME, keys, [server, hold, id, ...seenArguments(seen)]);
    if (!Array.isArray(said) || said.length < 6) throw unclear(said);
    const [life, , , wasEmpty, raised, seq] = said as [string, number, number, number, number, number];
    // What nobody counts in for a week ends by itself.
    const isRecent = Date.now() - seen.minute.time < RECENT;
    if (wasEmpty === 1 && seen.life !== '' && isRecent) tell(`${shown} has lost what was counted`);
    if (raised > 0) tell(`${shown} had lost calls: ${raised} that gates here had seen are counted again`);
    seen.life = life;
    seen.seq = seq;
    notes.soon(seen);
  }

  function resume(at: Standing): Promise<void> {
    resuming ??= once(at).finally(() => {
      resuming = undefined;
    });
    return resuming;
  }

  return {
    seen,
    resume,
    async look(at) {
      const said = await at.connection.command('HMGET', keys[0] ?? '', 'id', 'server', 'seq');
      const [id, server, seq] = Array.isArray(said) ? (said as (string | null)[]) : [];
      const isOther = at.server !== '' && server !== at.server;
      if (id !== seen.life || isOther || Number(seq) < seen.seq) await resume(at);
    },
  };
}

/** An answer that is none. */
export function unclear(said: unknown): StateFault {
  if (Array.isArray(said) && said[0] === 'CLOCK')
    return new StateFault('its clock was set back, so that nobody knows what was called today', {
      help: 'set the clock of its machine right',
    });
  return new StateFault('it says what this gate does not understand');
}
