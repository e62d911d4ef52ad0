import { pointerOf } from '../../source/pointer.ts';
import { lowerCap, raiseCap, volumeWords } from '../caps.ts';
import { put } from '../change.ts';
import { type AgentView, type Candidate, defineKind } from '../define.ts';
import { counted, evidenceOf, lengthOf, percentiles, periodWords, shadowWords, volumeOf } from '../evidence.ts';
import type { TreeUse } from '../observe/use.ts';
import { LEAST_DAYS, NEAR_DAYS } from '../thresholds.ts';

type Fitted = 'callsPerMinute' | 'repeatsPerCall' | 'toolUsdPerDay';

/** Below these a limit is no longer worth a change. */
const LEAST: Record<Fitted, number> = { callsPerMinute: 10, repeatsPerCall: 5, toolUsdPerDay: 1 };

export const kind = defineKind({
  id: 'fit-limits',
  title: 'fit the limits of the session to what its agents did',
  why: 'a limit that is many times what is ever used stops a runaway late, and one that ordinary days run into stops work',
  propose: (view) =>
    (Object.keys(LEAST) as Fitted[]).flatMap((limit) => {
      const cap = view.agent.manifest.limits?.[limit];
      return cap === undefined || view.tree === undefined ? [] : fitted(view, view.tree, limit, cap);
    }),
});

function fitted(view: AgentView, tree: TreeUse, limit: Fitted, cap: number): Candidate[] {
  const { counts, volume } = useOf(tree, limit);
  const days = [...tree.days.keys()].sort((a, b) => a - b);
  const isLong = lengthOf(days) >= view.settings.minDays && days.length >= LEAST_DAYS;
  const pointer = pointerOf('limits', limit);
  const base = {
    subject: limit,
    pointer,
    because: `${counted(tree.calls.calls, 'call')} ${periodWords(tree.calls)}${shadowWords(tree.calls)}: ${volumeWords(volume)}`,
    evidence: evidenceOf(tree.calls, days.length, { volume }),
  };
  // What calls would have spent that a limit kept back is not on record.
  const isKnown = limit !== 'toolUsdPerDay' || tree.limited === 0;
  const lower = isLong && isKnown ? lowerCap(cap, volume, LEAST[limit]) : undefined;
  if (lower !== undefined)
    return [
      {
        direction: 'tighten',
        ...base,
        text: `lower \`${limit}\` from ${cap} to ${lower}`,
        patch: [put(view.agent, pointer, lower)],
        ...(limit === 'repeatsPerCall' && tree.repeats.forgot
          ? { held: 'there were more sessions at once than could be told apart' }
          : {}),
      },
    ];
  // The same call again and again is what this limit is there to stop.
  if (limit === 'repeatsPerCall') return [];
  if (limit === 'toolUsdPerDay' && tree.limited > 0) return refusedSpend(view, base, tree);
  const raise = limit === 'callsPerMinute' ? raiseMinute(cap, tree) : raiseCap(cap, counts, volume.refusedDays);
  if (raise === undefined) return [];
  return [
    {
      direction: 'loosen',
      ...base,
      text: `raise \`${limit}\` from ${cap} to ${raise}`,
      unknown: ['whether the same call again was another try or another need'],
      patch: [put(view.agent, pointer, raise)],
    },
  ];
}

/** A busy minute is no ordinary day: only refusals speak for more. */
function raiseMinute(cap: number, { distinct, minuteRefused }: TreeUse): number | undefined {
  if (minuteRefused.size < NEAR_DAYS) return undefined;
  const raised = raiseCap(cap, distinct, minuteRefused.size);
  return raised === undefined ? undefined : Math.ceil(raised);
}

/** What a refused call would have spent is not on record, so that no figure can be named. */
function refusedSpend(
  { agent }: AgentView,
  base: Pick<Candidate, 'subject' | 'pointer' | 'because' | 'evidence'>,
  tree: TreeUse,
): Candidate[] {
  if (tree.usdRefused.size < NEAR_DAYS) return [];
  const held = `it refused calls on ${counted(tree.usdRefused.size, 'day')}, and what those would have spent is not on record`;
  return [
    { direction: 'loosen', ...base, text: 'raise `toolUsdPerDay`', patch: [put(agent, base.pointer, null)], held },
  ];
}

function useOf(tree: TreeUse, limit: Fitted) {
  if (limit === 'repeatsPerCall') {
    const { times } = tree.repeats;
    return { counts: times, volume: percentiles('repeats of a call', [...times]) };
  }
  if (limit === 'toolUsdPerDay')
    return { counts: tree.usd, volume: volumeOf('US dollars a day', tree.usd, tree.usdRefused) };
  const pairs = inAnyMinute(tree.minutes);
  return { counts: pairs, volume: volumeOf('calls a minute', pairs, tree.minuteRefused) };
}

/** Any sixty seconds lie within two minutes of the clock: at most so many calls were in them. */
function inAnyMinute(minutes: ReadonlyMap<number, number>): Map<number, number> {
  return new Map([...minutes].map(([minute, count]) => [minute, count + (minutes.get(minute + 1) ?? 0)]));
}
