import { grantFor } from '../enforce/grant.ts';
import type { AgentPolicy, Grant } from '../model/policy.ts';
import type { TuneAnswers, TuneEvidence, TuneVolume } from '../model/tune.ts';
import { canonicalJson } from '../source/record.ts';
import type { AgentView } from './define.ts';
import { mergeField, noFieldUse } from './observe/fields.ts';
import { mergeSpan, noTerms, type Span, type TermsUse } from './observe/use.ts';

/** The grants of a tool now, one for each tree that the agent is in. */
export function grantsOf({ now }: Pick<AgentView, 'now'>, tool: string): Grant[] {
  return now.flatMap(({ tools }) => (Object.hasOwn(tools, tool) ? (tools[tool] ?? []) : []));
}

/** What a grant lets through and who is asked; caps, costs and words leave a call what it is. */
const termsOf = ({ decision, effect, highStakes, egress, data, arguments: schema }: Grant): string =>
  canonicalJson({ decision, effect, highStakes: highStakes.length > 0, egress, data, schema });

/**
 * The calls of a tool that were decided on the terms that it has now. What people approved of another schema or another reach
 * says nothing about this one, and of a policy that is not here nobody knows the terms.
 */
export function onTheseTerms(view: AgentView, tool: string): TermsUse {
  const merged = noTerms();
  const grants = grantsOf(view, tool).map(termsOf);
  for (const [digest, use] of view.use.tools.get(tool)?.terms ?? []) {
    const policy = view.past.get(digest);
    const then = policy && grantFor(policy, tool)?.grant;
    if (then && grants.length > 0 && grants.every((now) => now === termsOf(then))) merge(merged, use);
  }
  return merged;
}

function merge(into: TermsUse, use: TermsUse): void {
  mergeSpan(into, use);
  for (const key of ['approved', 'denied', 'overturned', 'expired', 'waited', 'looked'] as const) into[key] += use[key];
  for (const [day, count] of use.days) into.days.set(day, (into.days.get(day) ?? 0) + count);
  for (const [pointer, field] of use.fields) {
    const own = into.fields.get(pointer) ?? noFieldUse();
    into.fields.set(pointer, own);
    mergeField(own, field);
  }
}

/** Days with calls of the agent on which a policy that is here granted it the tool. */
export function grantedDays({ past, use }: AgentView, tool: string): number[] {
  const days = new Set<number>();
  for (const [digest, own] of use.days) {
    const policy = past.get(digest);
    if (policy !== undefined && isGranted(policy, tool)) for (const day of own.keys()) days.add(day);
  }
  return [...days].sort((a, b) => a - b);
}

const isGranted = ({ tools }: AgentPolicy, tool: string): boolean =>
  Object.hasOwn(tools, tool) && tools[tool]?.decision !== 'deny';

/** From the first to the last of them, both included. */
export const lengthOf = (days: readonly number[]): number =>
  days.length === 0 ? 0 : Math.max(...days.slice(-1)) - Math.min(...days.slice(0, 1)) + 1;

export function answersOf({ approved, denied, overturned, expired, waited }: TermsUse): TuneAnswers {
  const answered = approved + denied + overturned;
  return {
    approved,
    denied,
    overturned,
    expired,
    waitedSeconds: answered === 0 ? null : Math.round((waited / answered) * 10) / 10,
  };
}

/** Of the counts of days or minutes that had any. */
export function volumeOf(
  unit: TuneVolume['unit'],
  counts: ReadonlyMap<number, number>,
  refused: ReadonlyMap<number, number> = new Map(),
): TuneVolume {
  const all = [...counts.values()].map((count) => [count, 1] as const);
  return percentiles(unit, all, refused.size);
}

/** Nearest-rank percentiles of values above zero, each with how often it came. */
export function percentiles(
  unit: TuneVolume['unit'],
  values: readonly (readonly [value: number, times: number])[],
  refusedDays = 0,
): TuneVolume {
  const sorted = values.filter(([value, times]) => value > 0 && times > 0).sort(([a], [b]) => a - b);
  const total = sorted.reduce((sum, [, times]) => sum + times, 0);
  const at = (share: number) => {
    let left = Math.max(1, Math.ceil(share * total));
    for (const [value, times] of sorted) {
      left -= times;
      if (left <= 0) return tidy(value);
    }
    return 0;
  };
  return { unit, p50: at(0.5), p99: at(0.99), max: at(1), refusedDays };
}

/** Sums of many cents end in digits that mean nothing. */
const tidy = (value: number): number => Math.round(value * 1e6) / 1e6;

export function evidenceOf(
  { calls, shadow, first, last }: Span,
  days: number,
  more: Partial<Pick<TuneEvidence, 'answers' | 'volume'>> = {},
): TuneEvidence {
  return { calls, days, first, last, shadow, answers: null, volume: null, ...more };
}

/** `from 2026-08-01 to 2026-10-30`. */
export function periodWords({ first, last }: Pick<Span, 'first' | 'last'>): string {
  const day = (moment: Span['first']) => moment?.time.slice(0, 10) ?? 'unknown';
  return first !== null && day(first) === day(last) ? `on ${day(first)}` : `from ${day(first)} to ${day(last)}`;
}

/** Shadow mode stops nothing: what it would have done is no more than that. */
export const shadowWords = ({ calls, shadow }: Pick<Span, 'calls' | 'shadow'>): string =>
  shadow === 0 ? '' : shadow === calls ? ', all in shadow mode' : `, ${shadow} of them in shadow mode`;

export const counted = (number: number, one: string, many = `${one}s`): string =>
  `${number} ${number === 1 ? one : many}`;
