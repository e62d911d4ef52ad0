import type { RepeatUse } from './use.ts';

interface Session {
  calls: Map<number, number>;
  seen: number;
}

/** Different calls that are remembered for one tree. */
const MOST_CALLS = 100_000;
/** Minutes after which a session that is quiet is taken to be over. */
const QUIET = 1440;

/** Counts how often the same call comes in one session, in bounded memory: sessions that were quiet longest are forgotten first. */
export function startRepeats(use: RepeatUse): (session: string, call: number, minute: number) => void {
  const sessions = new Map<string, Session>();
  let calls = 0;
  const forget = (minute: number) => {
    for (const [name, { seen, calls: own }] of sessions) {
      if (calls <= MOST_CALLS) return;
      if (minute - seen < QUIET) use.forgot = true;
      calls -= own.size;
      sessions.delete(name);
    }
  };
  return (name, call, minute) => {
    const session = sessions.get(name) ?? { calls: new Map(), seen: minute };
    session.seen = minute;
    // Behind all others, as the one that was active last.
    sessions.delete(name);
    sessions.set(name, session);
    const before = session.calls.get(call) ?? 0;
    session.calls.set(call, before + 1);
    move(use.times, before);
    if (before > 0) return;
    calls++;
    if (calls > MOST_CALLS) forget(minute);
  };
}

/** Often enough to be one number: what comes so often has no cap near it. */
const MOST_TIMES = 10_000;

function move(times: Map<number, number>, before: number): void {
  const [from, to] = [Math.min(before, MOST_TIMES), Math.min(before + 1, MOST_TIMES)];
  if (from > 0) times.set(from, (times.get(from) ?? 1) - 1);
  times.set(to, (times.get(to) ?? 0) + 1);
}

const MOST_TOOLS = 1000;

/**
 * Small whole numbers for calls: a million texts would take the memory that they are not to take, and greater numbers the time.
 * Two calls that get the same one look like one that was repeated, about once in a thousand million pairs.
 */
export function startNaming(): (digest: string, tool: string) => number {
  const tools = new Map<string, number>();
  return (digest, tool) => {
    let mix = tools.get(tool);
    if (mix === undefined) {
      mix = Math.imul(tools.size + 1, 0x9e3779b1);
      if (tools.size < MOST_TOOLS) tools.set(tool, mix);
    }
    return (Number.parseInt(digest.slice(7, 15), 16) ^ mix) & 0x3fffffff;
  };
}
