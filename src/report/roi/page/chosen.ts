import type { RoiOption } from '../../../model/roi.ts';
import type { Tier } from '../../../model/tiers.ts';
import { money, moneyRange } from './amounts.ts';

/** The option with the best expected net; undefined where no control at all is better. */
export function bestAmong(options: readonly RoiOption[]): RoiOption | undefined {
  const [best] = options.toSorted((a, b) => b.net.mean - a.net.mean);
  return best && best.net.mean > 0 ? best : undefined;
}

/** The decision with other values than the report's, for a reader who has moved one. */
export function whatIfWords(options: readonly RoiOption[], tier: Tier): string {
  const best = bestAmong(options);
  const tree = options.find(({ id }) => id === tier);
  const says = (option: RoiOption) => `${money(option.net.mean)} a year on average (${moneyRange(option.net)})`;
  if (best && best.id === tier)
    return `With these values, ${best.title}, the tree’s tier, is also the best by money: ${says(best)}.`;
  const rest = tree ? `${tree.title}, the tree’s tier: ${says(tree)}.` : '';
  if (!best) return `With these values, no option pays for itself. ${rest}`;
  return `With these values, ${best.title} is the best by money: ${says(best)}. ${rest}`;
}
