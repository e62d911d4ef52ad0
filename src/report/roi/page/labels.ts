import type { RoiOption, RoiResult, RoiSwing } from '../../../model/roi.ts';
import { chance, money, moneyRange, monthWords } from './amounts.ts';
import { assigned, bestOf } from './sheets.ts';

/** What charts show, for whoever hears them; the tables beside them have every figure. */
export function rangeLabel(result: RoiResult): string {
  const [tree, best] = [assigned(result), bestOf(result)];
  const says = ({ title, net }: RoiOption) =>
    `${title}: ${money(net.mean)} a year on average, ${moneyRange(net)} in 8 of 10 futures`;
  const all = best && best !== tree ? [best, tree] : [tree];
  return `Net benefit a year of ${result.options.length} options as ranges. ${all.map(says).join('. ')}. The table after it has all of them.`;
}

export function curveWords({ breakEvenMonth, paysBackInYear, months }: RoiOption): string {
  const end = months.at(-1);
  const when =
    breakEvenMonth === null
      ? `it does not pay back in ${end?.month ?? 0} months on average`
      : `on average it pays back in ${monthWords(breakEvenMonth)}`;
  return `${when}; ${chance(paysBackInYear)} likely within a year`;
}

export function curveLabel(option: RoiOption): string {
  const end = option.months.at(-1);
  const then = end
    ? `; ${money(end.mean)} on average after ${end.month} months, ${moneyRange(end)} in 8 of 10 futures`
    : '';
  return `${option.title}: ${curveWords(option)}${then}`;
}

export function swingLabel(option: RoiOption, swings: readonly RoiSwing[]): string {
  const rows = swings.map(
    ({ about, netAtLow, netAtHigh }) => `${about.replaceAll('`', '')}: ${money(netAtLow)} to ${money(netAtHigh)}`,
  );
  return `What moves the net benefit of ${option.title}, widest first. ${rows.join('. ')}.`;
}
