import type { ToolCost } from '../model/manifest.ts';
import { valueAt } from './pointer.ts';

/** US dollars of one call, or what the argument that says so must be. */
export function costOf(cost: ToolCost | null, values: unknown): number | { must: string } {
  if (cost === null) return 0;
  if ('usd' in cost) return cost.usd;
  const units = readAt(values, cost.argument);
  const must = `\`${cost.argument}\` must be a number of at least 0, because the call costs by it`;
  if (typeof units !== 'number' || !(units >= 0)) return { must };
  const usd = units * cost.usdPerUnit;
  return Number.isFinite(usd) ? usd : { must };
}

function readAt(values: unknown, pointer: string): unknown {
  try {
    return valueAt(values, pointer);
  } catch {
    return undefined;
  }
}
