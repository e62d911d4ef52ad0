import type { RoiOption } from '../model/roi.ts';
import { TIER_DOCS, type Tier } from '../model/tiers.ts';

/** The option with the best expected net; null: none is above nothing. */
export function bestOf<Option extends { net: { mean: number } }>(options: readonly Option[]): Option | null {
  let best: Option | null = null;
  for (const option of options) if (option.net.mean > (best?.net.mean ?? 0)) best = option;
  return best;
}

export interface Choice {
  /** The option with the best expected net; null: none is better than nothing. */
  choice: RoiOption | null;
  /** What the tree assigns. */
  assigned: RoiOption;
}

/** Where two figures are no further apart than this share, neither is the better one. */
const CLOSE = 0.1;

/** The decision, in one sentence. */
export function decisionOf({ choice, assigned }: Choice): string {
  const { mean } = assigned.net;
  const other = mean >= 0 ? `saves ${usd(mean)} a year net` : `costs ${usd(-mean)} a year more than it saves`;
  if (!choice)
    return `by money alone no option pays for itself; the tree ${asks(assigned)} ${nameOf(assigned)}, which ${other}`;
  const odds = `pays back within a year in ${Math.round(100 * choice.paysBackInYear)} of 100 futures`;
  if (choice === assigned)
    return `${nameOf(assigned)} is both what the tree ${asks(assigned)} and the best by money: it saves ${usd(choice.net.mean)} a year net on average, and ${odds}`;
  if (mean >= (1 - CLOSE) * choice.net.mean)
    return `${nameOf(assigned)}, which the tree ${asks(assigned)}, is about as good by money as the best: it ${other}, and ${nameOf(choice)} ${usd(choice.net.mean)}`;
  return `by money alone ${nameOf(choice)} is best: it saves ${usd(choice.net.mean)} a year net on average, and ${odds}; the tree ${asks(assigned)} ${nameOf(assigned)}, which ${other}`;
}

export interface Difference extends Choice {
  /** How many tools are high-stakes. */
  highStakes: number;
  /** What the tree assigns, which is not what it asks for while nothing of production is in reach. */
  tier: Tier;
}

/** Why the best option by money is another than the tier, one reason a line; none: it is not. */
export function differenceOf({ choice, assigned, highStakes, tier }: Difference): string[] {
  if (choice === assigned) return [];
  return [
    highStakes > 0
      ? `the tree asks whom a bad call harms, and this agent has ${highStakes} high-stakes ${highStakes === 1 ? 'tool' : 'tools'}: what customers and others lose is not in your costs`
      : 'the tree asks what the agent can reach, not what a year of it costs you',
    priceOf(assigned, choice),
    ...(assigned.kind === 'alternative'
      ? [
          `while nothing of production is in reach, that is what the tree asks for; ${TIER_DOCS[tier].title.toLowerCase()} comes with production`,
        ]
      : []),
    ...(choice && choice.addedBy['hand-work'] >= 1
      ? [
          `${nameOf(choice)} also takes work away from the agent, and people do it: ${usd(choice.addedBy['hand-work'])} a year`,
        ]
      : []),
  ];
}

/** What the tier brings and costs beyond the choice, and so what keeping to it is worth or costs. */
function priceOf(assigned: RoiOption, choice: RoiOption | null): string {
  const avoided = assigned.avoided.mean - (choice?.avoided.mean ?? 0);
  const added = assigned.added.mean - (choice?.added.mean ?? 0);
  const brings = avoided >= 0 ? `avoids ${usd(avoided)} a year more` : `avoids ${usd(-avoided)} a year less`;
  const costs = added >= 0 ? `costs ${usd(added)} more` : `costs ${usd(-added)} less`;
  const prompts = assigned.approvalsPerDay.mean;
  const review =
    prompts >= 1
      ? `, with ${Math.round(prompts)} approvals a day, where people stop ${Math.round(100 * assigned.catchRate.mean)}% of the bad calls`
      : '';
  const than = choice ? `than ${nameOf(choice)}` : 'than no control';
  return `${nameOf(assigned)} ${brings} and ${costs} ${than}${review}: keeping to the tree costs you ${usd(Math.max(0, added - avoided))} a year`;
}

const asks = ({ kind }: RoiOption) => (kind === 'tier' ? 'assigns' : 'asks for');

const nameOf = ({ title, kind }: RoiOption) => (kind === 'tier' ? title.toLowerCase() : `“${title}”`);

/** An amount for people: two figures that mean something. */
export function usd(amount: number): string {
  const size = Math.abs(amount);
  const step = size < 100 ? 1 : 10 ** Math.max(0, Math.floor(Math.log10(size)) - 1);
  return `${amount < 0 ? '-' : ''}$${(Math.round(size / step) * step).toLocaleString('en-US')}`;
}
