import type { Call, State } from '../../enforce/call.ts';
import { decide } from '../../enforce/decide.ts';
import { grantFor } from '../../enforce/grant.ts';
import type { Policy } from '../../model/policy.ts';
import type { Asked, Ledger, Reservation } from '../ports.ts';
import { wordsOf } from '../session.ts';
import type { Journal, Line } from './journal.ts';
import { newRepeats } from './repeats.ts';
import { count, lastMinute, newTally, turn } from './tally.ts';

/** A clock that was set back by more than this says nothing about the day; in milliseconds. */
const STEP_BACK = 60_000;

export interface LedgerParts {
  /** Absent: nothing outlives this gate, and no other gate is counted with it. */
  journal?: Journal | undefined;
  /** Tells this gate's lines from those of others. */
  gate: string;
  /** Milliseconds since 1970. */
  now(): number;
  /** Why calls are refused, or stay counted. */
  tell(text: string): void;
}

/** Counts of one session, and what all gates of the agent have let through. */
export function openLedger({ journal, gate, now, tell }: LedgerParts): Ledger {
  const tally = newTally();
  const repeats = newRepeats();
  let started: number | undefined;
  let written = 0;

  function stateOf(asked: Asked, key: string, time: number): State {
    if (!Number.isSafeInteger(time) || time < tally.time - STEP_BACK) {
      tell('the clock was set back, so that nobody knows what was called today; a person has to set it right');
      return 'unreadable';
    }
    turn(tally, time);
    return {
      callsLastMinute: lastMinute(tally),
      callsToday: tally.calls.get(key) ?? 0,
      repeats: repeats.of(callOf(asked)),
      toolUsdToday: tally.usd,
      sessionSeconds: started === undefined ? 0 : Math.max(0, tally.time - started) / 1000,
      // Subagents are the client's own; it never asks a server for one.
      subagentsStarted: 0,
    };
  }

  function countAll(lines: readonly Line[]): void {
    for (const line of lines) count(tally, line);
  }

  /** Puts a call in line with those of other gates; what stands before it is counted. */
  function lineUp(entry: Line): { isFirst: boolean; after: Line[] } {
    if (journal === undefined) return { isFirst: true, after: [] };
    journal.append(entry);
    const lines = journal.read(entry.time);
    const at = lines.findIndex(({ id }) => id === entry.id);
    if (at < 0) throw new Error('what was counted is not in the journal');
    countAll(lines.slice(0, at));
    return { isFirst: at === 0, after: lines.slice(at + 1) };
  }

  function reservationOf(asked: Asked, entry: Line): Reservation {
    let isOpen = true;
    return {
      usd: entry.usd,
      settle() {
        isOpen = false;
      },
      release() {
        if (!isOpen) return;
        isOpen = false;
        repeats.take(callOf(asked));
        try {
          if (journal === undefined) count(tally, { ...entry, count: -1 });
          else journal.append(takenBack(entry));
        } catch (error) {
          // That closes a cap too early, and never too late.
          tell(`a call that did not run stays counted: ${wordsOf(error)}`);
        }
      },
    };
  }

  function decided(policy: Policy, asked: Asked, call: Call): ReturnType<Ledger['decide']> {
    const time = now();
    const own = Object.hasOwn(policy.agents, asked.agent) ? policy.agents[asked.agent] : undefined;
    const grant = own === undefined ? undefined : grantFor(own, asked.tool)?.key;
    const key = JSON.stringify([asked.agent, grant ?? asked.tool]);
    const ruled = () => decide(policy, call, stateOf(asked, key, time));
    let verdict = ruled();
    if (verdict.decision === 'deny') {
      // What other gates took back since may have made room, and a journal that cannot be read is told where it is refused.
      if (journal === undefined) return { verdict };
      countAll(journal.read(time));
      verdict = ruled();
      if (verdict.decision === 'deny') return { verdict };
    }
    const entry: Line = { time: tally.time, key, count: 1, usd: verdict.usd, id: `${gate}-${++written}` };
    const { isFirst, after } = lineUp(entry);
    // Another gate's call came in between, and may have taken the last place.
    const late = isFirst ? verdict : ruled();
    count(tally, entry);
    countAll(after);
    if (late.decision === 'deny') {
      journal?.append(takenBack(entry));
      return { verdict: late };
    }
    repeats.add(callOf(asked));
    started ??= tally.time;
    return { verdict, reservation: reservationOf(asked, entry) };
  }

  return {
    decide(policy, asked) {
      const call: Call = { agent: asked.agent, tool: asked.tool, arguments: asked.arguments };
      try {
        return decided(policy, asked, call);
      } catch (error) {
        tell(`calls cannot be counted: ${wordsOf(error)}`);
        return { verdict: decide(policy, call, 'unreadable') };
      }
    },
  };
}

function takenBack(entry: Line): Line {
  return { ...entry, count: -1, id: `${entry.id}-` };
}

function callOf({ tool, digest }: Asked): string {
  return `${digest} ${tool}`;
}
