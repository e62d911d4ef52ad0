import type { RoiAssumption, RoiOption, RoiResult, RoiSwing } from '../../../model/roi.ts';
import { percent, rangeOf, thousands } from './money.ts';

export const OPTION_HEAD = ['option', 'P10', 'P50', 'P90', 'mean', 'even', 'in a year', ''] as const;

/** The options with their figures in thousands of dollars: tiers first, each marked where it is the tree's or the best. */
export function optionRows({ options, assigned, best }: Pick<RoiResult, 'options' | 'assigned' | 'best'>): string[][] {
  return options.map(({ id, title, net, breakEvenMonth, paysBackInYear }) => [
    title,
    ...[net.p10, net.p50, net.p90, net.mean].map(thousands),
    breakEvenMonth === null ? '-' : `${breakEvenMonth} mo`,
    percent(paysBackInYear),
    [...(id === best ? ['best'] : []), ...(id === assigned ? ['tree'] : [])].join(', '),
  ]);
}

/** What those columns say. */
export const OPTION_NOTES = [
  'even: the month at whose end the mean has paid for building it; in a year: how often it has after twelve months',
  'best: by expected net; tree: what the decision tree asks for',
] as const;

/** Where the costs of an option and what it avoids come from, the largest first. */
export function linesOf({ avoidedBy, addedBy }: Pick<RoiOption, 'avoidedBy' | 'addedBy'>) {
  const large = (lines: Record<string, number>) =>
    Object.entries(lines)
      .filter(([, usd]) => usd >= 1)
      .sort(([, a], [, b]) => b - a);
  return { avoided: large(avoidedBy), added: large(addedBy) };
}

export const LINE_WORDS: Readonly<Record<string, string>> = {
  incidents: 'incidents',
  rework: 'rework',
  audit: 'audits',
  rotation: 'rotating secrets',
  build: 'building it (a third of it each year)',
  upkeep: 'upkeep',
  infrastructure: 'infrastructure',
  approvals: "approvers' time",
  waiting: 'waiting for approvals',
  'wrong-denials': 'wrong denials',
  'hand-work': 'work done by hand',
};

export const swingRange = ({ low, high, unit }: RoiSwing) => rangeOf(low, high, unit);
export const assumedRange = ({ low, high, unit }: RoiAssumption) => rangeOf(low, high, unit);

/** The option that the swings are about. */
export function swungOption({ options, best, assigned }: RoiResult): RoiOption | undefined {
  return options.find(({ id }) => id === (best ?? assigned));
}

/** Assumptions that matter most first, as far as the swings tell. */
export function byWeight({ assumptions, swings }: RoiResult): RoiAssumption[] {
  const rank = new Map(swings.map(({ input }, index) => [input, index]));
  const of = ({ input }: RoiAssumption) => rank.get(input) ?? swings.length;
  return [...assumptions].sort((a, b) => of(a) - of(b));
}
