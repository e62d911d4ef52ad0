import type { Call, State, Verdict } from '../../enforce/call.ts';
import { decide } from '../../enforce/decide.ts';
import { grantFor } from '../../enforce/grant.ts';
import type { Policy } from '../../model/policy.ts';
import type { Asked, Decision, Ledger, Reservation } from '../ports.ts';
import { wordsOf } from '../words.ts';
import { type Journal, type Line, MOST_LEASED } from './journal.ts';
import { type Lease, newLeases } from './leases.ts';
import { type Again, newRepeats } from './repeats.ts';
import { count, dayOf, newTally, turn } from './tally.ts';

/** A clock that was set back by more than this says nothing about the day; in milliseconds. */
const STEP_BACK = 60_000;
/** So many times more calls than are counted at once must have room. */
const FAR = 16;

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

/** What is counted on this machine: decided at once. */
export interface LocalLedger extends Ledger {
  decide(policy: Policy, asked: Asked): Decision;
}

/** Counts of one session, and what all gates of the agent have let through. */
export function openLedger({ journal, gate, now, tell }: LedgerParts): LocalLedger {
  const tally = newTally();
  const repeats = newRepeats();
  const leases = newLeases();
  let started: number | undefined;
  let written = 0;

  /** The time that counts: it never runs backwards. Undefined where the clock says nothing about the day. */
  function tick(): number | undefined {
    const time = now();
    if (!Number.isSafeInteger(time) || time < tally.time - STEP_BACK) {
      tell('the clock was set back, so that nobody knows what was called today; a person has to set it right');
      return undefined;
    }
    turn(tally, time);
    return tally.time;
  }

  /** `more`: calls that are to be thought of as made, or, below zero, that are counted and have not come. */
  function stateOf(again: Again, key: string, more: number): State {
    return {
      callsLastMinute: tally.lastMinute + more,
      callsToday: (tally.calls.get(key) ?? 0) + more,
      repeats: repeats.of(again),
      toolUsdToday: tally.usd,
      sessionSeconds: started === undefined ? 0 : Math.max(0, tally.time - started) / 1000,
      // Subagents are the client's own; it never asks a server for one.
      subagentsStarted: 0,
    };
  }

  function countAll(lines: readonly Line[]): void {
    for (const line of lines) count(tally, line);
  }

  /** Puts calls in line with those of other gates; what stands before them is counted. */
  function lineUp(entry: Line, returned: readonly Line[]): { isFirst: boolean; after: Line[] } {
    if (journal === undefined) return { isFirst: true, after: [] };
    const lines = journal.lineUp(entry.time, ...returned, entry);
    if (lines.length === 0) {
      countAll(returned);
      return { isFirst: true, after: [] };
    }
    const at = lines.findIndex(({ id }) => id === entry.id);
    if (at < 0) throw new Error('what was counted is not in the journal');
    countAll(lines.slice(0, at));
    return { isFirst: at === returned.length, after: lines.slice(at + 1) };
  }

  function reservationOf(again: Again, key: string, time: number, usd: number): Reservation {
    let isOpen = true;
    return {
      usd,
      settle() {
        isOpen = false;
      },
      release() {
        if (!isOpen) return;
        isOpen = false;
        repeats.take(again);
        try {
          giveBack(newLine(key, time, -1, usd));
        } catch (error) {
          // That closes a cap too early, and never too late.
          tell(`a call that did not run stays counted: ${wordsOf(error)}`);
        }
      },
    };
  }

  function giveBack(line: Line): void {
    if (journal === undefined) count(tally, line);
    else journal.append(line);
  }

  function newLine(key: string, time: number, calls: number, usd: number): Line {
    return { time, key, count: calls, usd, id: `${gate}-${++written}` };
  }

  /** What was counted for a second that is over, and did not come. */
  function unspent(key: string, { time, left }: Lease): Line {
    return newLine(key, time, -left, 0);
  }

  function passed(verdict: Verdict, again: Again, key: string, time: number): Decision {
    repeats.add(again);
    started ??= tally.time;
    return { verdict, reservation: reservationOf(again, key, time, verdict.usd) };
  }

  function decided(policy: Policy, asked: Asked, call: Call, most: number): Decision {
    const own = Object.hasOwn(policy.agents, asked.agent) ? policy.agents[asked.agent] : undefined;
    const grant = own === undefined ? undefined : grantFor(own, asked.tool)?.key;
    const key = JSON.stringify([asked.agent, grant ?? asked.tool]);
    const time = tick();
    if (time === undefined) return { verdict: decide(policy, call, 'unreadable') };
    const ruled = (more: number) => decide(policy, call, stateOf(asked, key, more));
    const lease = leases.open(key, time);
    if (lease !== undefined) {
      const verdict = ruled(-lease.left);
      if (verdict.decision !== 'deny' && verdict.usd === 0) {
        lease.left--;
        return passed(verdict, asked, key, lease.time);
      }
    }
    let verdict = ruled(0);
    if (verdict.decision === 'deny') {
      // What other gates took back since may have made room, and a journal that cannot be read is told where it is refused.
      if (journal === undefined) return { verdict };
      countAll(journal.read(time));
      verdict = ruled(0);
      if (verdict.decision === 'deny') return { verdict };
    }
    let calls = journal === undefined || verdict.usd > 0 ? 1 : Math.min(most, leases.sizeFor(key, time));
    while (calls > 1 && ruled(calls * FAR).decision === 'deny') calls >>= 1;
    const entry = newLine(key, tally.time, calls, verdict.usd);
    const old = leases.stale(key, time);
    const returned = old === undefined || dayOf(old.time) !== dayOf(time) ? [] : [unspent(key, old)];
    const { isFirst, after } = lineUp(entry, returned);
    // Given back once, whatever becomes of this call.
    if (old !== undefined) old.left = 0;
    // Another gate's call came in between, and may have taken the last place.
    const late = isFirst ? verdict : ruled(calls - 1);
    count(tally, entry);
    countAll(after);
    if (late.decision === 'deny') {
      journal?.append(newLine(key, entry.time, -calls, entry.usd));
      return calls === 1 ? { verdict: late } : decided(policy, asked, call, 1);
    }
    if (verdict.usd === 0) leases.put(key, time, calls);
    return passed(verdict, asked, key, entry.time);
  }

  return {
    decide(policy, asked) {
      const call: Call = { agent: asked.agent, tool: asked.tool, arguments: asked.arguments };
      try {
        return decided(policy, asked, call, MOST_LEASED);
      } catch (error) {
        tell(`calls cannot be counted: ${wordsOf(error)}`);
        return { verdict: decide(policy, call, 'unreadable') };
      }
    },
    close() {
      for (const [key, lease] of leases.all()) {
        if (lease.left === 0) continue;
        try {
          journal?.append(unspent(key, lease));
        } catch (error) {
          tell(`calls that did not come stay counted: ${wordsOf(error)}`);
        }
      }
    },
  };
}
