import type { RoiAssumption, RoiOption, RoiResult } from '../../../model/roi.ts';
import { ROI_INPUT_NAMES } from '../../../model/roi-inputs.ts';
import { compareTiers } from '../../../model/tiers.ts';

export interface Sheet {
  id: string;
  result: RoiResult;
}

/** The highest tier first, then the most to win at it. */
export function sheetsOf(results: readonly RoiResult[]): Sheet[] {
  return results
    .toSorted((a, b) => compareTiers(b.tier, a.tier) || assigned(b).net.mean - assigned(a).net.mean)
    .map((result, index) => ({ id: `a${index + 1}`, result }));
}

/** The option that the tree asks for: its tier, or what is enough while nothing of production is in reach. */
export function assigned({ options, assigned: id, agent }: RoiResult): RoiOption {
  const found = options.find((option) => option.id === id);
  if (!found) throw new Error(`no option \`${id}\` for \`${agent}\``);
  return found;
}

export const bestOf = ({ options, best }: RoiResult): RoiOption | undefined => options.find(({ id }) => id === best);

/** Those of all agents, each once; undefined where agents differ in one. */
export function sharedAssumptions(results: readonly RoiResult[]): RoiAssumption[] | undefined {
  const found = new Map<string, RoiAssumption>();
  for (const each of results.flatMap(({ assumptions }) => assumptions)) {
    const other = found.get(each.input);
    if (other && JSON.stringify(other) !== JSON.stringify(each)) return undefined;
    found.set(each.input, each);
  }
  return found.size > 0 ? ROI_INPUT_NAMES.flatMap((name) => found.get(name) ?? []) : undefined;
}
