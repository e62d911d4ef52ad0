import type { Call, Usage, Verdict, VerdictRule } from '../../enforce/call.ts';
import { decide } from '../../enforce/decide.ts';
import { grantFor } from '../../enforce/grant.ts';
import { limitsFor } from '../../enforce/limits.ts';
import type { Policy } from '../../model/policy.ts';
import type { Decision, Ledger } from '../ports.ts';
import type { Counted, Counting, SharedState } from '../state/state.ts';
import { wordsOf } from '../words.ts';
import { newRepeats } from './repeats.ts';

/** What only the shared counts can say. */
const SHARED: ReadonlySet<string> = new Set<VerdictRule>(['calls-a-minute', 'calls-a-day', 'tool-spend']);
/** Micro-dollars of one call; what costs more has no cap that it would fit under. */
const MOST_MICROS = 1e15;

export interface SharedLedgerParts {
  state: Pick<SharedState, 'count' | 'shown'>;
  /** Milliseconds since 1970: of the session alone. Days and minutes are the server's. */
  now(): number;
}

/** Counts of one session here, and of all gates of the agent where they share them. */
export function openSharedLedger({ state, now }: SharedLedgerParts): Ledger {
  const repeats = newRepeats();
  let started: number | undefined;

  return {
    decide(policy, asked) {
      const call: Call = { agent: asked.agent, tool: asked.tool, arguments: asked.arguments };
      const own: Usage = {
        callsLastMinute: 0,
        callsToday: 0,
        toolUsdToday: 0,
        repeats: repeats.of(asked),
        sessionSeconds: started === undefined ? 0 : Math.max(0, now() - started) / 1000,
        subagentsStarted: 0,
      };
      const alone = decide(policy, call, own);
      if (alone.decision === 'deny' && !SHARED.has(alone.rule)) return { verdict: alone };
      // Several of the same may be asked for at once: each counts for the next from now on.
      repeats.add(asked);
      const refuse = (verdict: Verdict): Decision => {
        repeats.take(asked);
        return { verdict };
      };
      const decided = (counted: Counted): Decision => {
        const verdict = verdictOf(policy, call, own, counted);
        if (verdict.decision === 'deny') {
          counted.giveBack();
          return refuse(verdict);
        }
        started ??= now();
        return { verdict, reservation: reservationOf(verdict.usd, counted, () => repeats.take(asked)) };
      };
      const counting = countingOf(policy, call, alone.usd);
      // Refused whatever was counted: what was is asked for its words alone.
      const asking = alone.decision === 'deny' ? { ...counting, perMinute: 0 } : counting;
      return state.count(asking).then(decided, (error: unknown) => {
        const verdict = decide(policy, call, 'unreadable');
        return refuse({ ...verdict, message: `${verdict.message}: ${state.shown}: ${wordsOf(error)}` });
      });
    },
    close: () => undefined,
  };
}

/** The policy has the last word on what stood there before; a call that was not counted is never let through. */
function verdictOf(policy: Policy, call: Call, own: Usage, { isCounted, inMinute, today, micros }: Counted): Verdict {
  const usage = { ...own, callsLastMinute: inMinute, callsToday: today, toolUsdToday: micros / 1e6 };
  const verdict = decide(policy, call, usage);
  if (isCounted || verdict.decision === 'deny') return verdict;
  // A part of a micro-dollar is counted as a whole one.
  const spent = decide(policy, call, { ...usage, toolUsdToday: Number.MAX_VALUE });
  return spent.decision === 'deny' ? spent : decide(policy, call, 'unreadable');
}

function countingOf(policy: Policy, { agent, tool }: Call, usd: number): Counting {
  const own = policy.agents[agent];
  const found = own === undefined ? undefined : grantFor(own, tool);
  const limit = own === undefined ? () => null : limitsFor(policy, own);
  const most = limit('toolUsdPerDay');
  return {
    key: JSON.stringify([agent, found?.key ?? tool]),
    micros: microsOf(usd),
    perMinute: limit('callsPerMinute') ?? -1,
    perDay: found?.grant.maxCallsPerDay ?? -1,
    mostMicros: most === null ? -1 : Math.floor(Number((Math.min(most, 1e9) * 1e6).toPrecision(15))),
  };
}

/** Whole micro-dollars, rounded up where it is more than the noise of its digits. */
export function microsOf(usd: number): number {
  return Math.min(MOST_MICROS, Math.ceil(Number((usd * 1e6).toPrecision(15))));
}

function reservationOf(usd: number, counted: Counted, undo: () => void): NonNullable<Decision['reservation']> {
  let isOpen = true;
  return {
    usd,
    settle() {
      isOpen = false;
    },
    release() {
      if (!isOpen) return;
      isOpen = false;
      undo();
      counted.giveBack();
    },
  };
}
