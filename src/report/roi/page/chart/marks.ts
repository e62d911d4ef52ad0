import type { RoiOutcome } from '../../../../model/roi.ts';
import { at, hundredths, type Scale, scaleOf } from './scale.ts';

/** What a row of the range chart draws: a bar from P10 to P90 with a notch at P50, and a diamond at the mean. */
export interface RangeMarks {
  x: number;
  width: number;
  median: number;
  mean: number;
}

/** One scale for all options, and for what they were before something was changed. */
export function rangeScale(outcomes: readonly Pick<RoiOutcome, 'net'>[]): Scale {
  return scaleOf(outcomes.flatMap(({ net }) => [net.p10, net.p50, net.p90, net.mean]));
}

/** In percent of the width. A bar is never too thin to be seen. */
export function rangeMarks({ net }: Pick<RoiOutcome, 'net'>, scale: Scale): RangeMarks {
  const [from, to] = [at(net.p10, scale), at(net.p90, scale)];
  return {
    x: from,
    width: hundredths(Math.max(0.4, to - from)),
    median: at(net.p50, scale),
    mean: at(net.mean, scale),
  };
}
