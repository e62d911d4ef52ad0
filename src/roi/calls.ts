import type { Pair } from '../assess/reach.ts';
import type { ToolCost, ToolFacts } from '../model/manifest.ts';
import type { RoiCalls } from '../model/roi.ts';

/** More calls a day, or dollars a call, than these are counted as so many: sums have to stay numbers. */
export const MOST_CALLS = 1e9;
const MOST_USD = 1e10;

/** Calls a day of some pairs; `sure`: whether a pair belongs whatever the open facts turn out to be. */
export function callsOfPairs(pairs: readonly Pair[], sure: (pair: Pair) => boolean): RoiCalls {
  const calls: RoiCalls = { stated: 0, unstated: 0, maybeStated: 0, maybeUnstated: 0 };
  for (const pair of pairs) {
    const volume = pair.facts.callsPerDay;
    if (volume === undefined) calls[sure(pair) ? 'unstated' : 'maybeUnstated']++;
    else calls[sure(pair) ? 'stated' : 'maybeStated'] += Math.min(MOST_CALLS, volume);
  }
  return calls;
}

/** How much a pair counts among others where only shares matter. */
const UNSTATED_WEIGHT = 10;

/** Share of the calls of some pairs that belongs to those of them for which it is true. */
export function shareOf(pairs: readonly Pair[], holds: (pair: Pair) => boolean): number {
  const weight = (some: readonly Pair[]) =>
    some.reduce((sum, { facts }) => sum + Math.min(MOST_CALLS, facts.callsPerDay ?? UNSTATED_WEIGHT), 0);
  const all = weight(pairs);
  if (all > 0) return weight(pairs.filter(holds)) / all;
  return pairs.length > 0 && pairs.every(holds) ? 1 : 0;
}

/** The most that one call costs; null: an argument decides, and nothing bounds it. */
export function mostUsd(facts: ToolFacts): number | null {
  const { cost } = facts;
  if (cost === undefined) return 0;
  if ('usd' in cost) return Math.min(MOST_USD, cost.usd);
  const most = mostUnits(cost, facts);
  return most === undefined ? null : Math.min(MOST_USD, Math.max(0, most * cost.usdPerUnit));
}

function mostUnits({ argument }: Exclude<ToolCost, { usd: number }>, facts: ToolFacts): number | undefined {
  let schema = facts.arguments;
  for (const token of argument.split('/').slice(1)) {
    const name = token.replaceAll('~1', '/').replaceAll('~0', '~');
    const { properties } = schema ?? {};
    schema = properties && Object.hasOwn(properties, name) ? properties[name] : undefined;
  }
  const bounds = [
    schema?.maximum,
    schema?.exclusiveMaximum,
    typeof schema?.const === 'number' ? schema.const : undefined,
  ];
  const numbers = schema?.enum?.filter((value) => typeof value === 'number');
  if (numbers && numbers.length === schema?.enum?.length && numbers.length > 0) bounds.push(Math.max(...numbers));
  const known = bounds.filter((bound) => bound !== undefined);
  return known.length > 0 ? Math.min(...known) : undefined;
}
