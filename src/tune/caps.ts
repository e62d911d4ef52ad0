import type { TuneVolume } from '../model/tune.ts';
import { FAR, HEADROOM, NEAR, NEAR_DAYS, RAISE, roundedUp } from './thresholds.ts';

export interface Use {
  volume: TuneVolume;
  /** Days, minutes or calls that came near the cap or were refused by it. */
  counts: ReadonlyMap<number, number>;
}

/** The cap that is enough for what was used, where the one there is is far above that. `least`: below this it is not worth a change. */
export function lowerCap(cap: number, { max }: TuneVolume, least: number): number | undefined {
  const enough = Math.max(roundedUp(HEADROOM * max), least);
  return max > 0 && cap >= FAR * enough ? enough : undefined;
}

/** The cap that leaves room for what was wanted, where the one there is stood in the way, or nearly, on several days. */
export function raiseCap(cap: number, { volume, counts }: Use): number | undefined {
  const near = [...counts.values()].filter((count) => count >= NEAR * cap).length;
  if (volume.refusedDays < NEAR_DAYS && near < NEAR_DAYS) return undefined;
  const wanted = roundedUp(RAISE * volume.max);
  return wanted > cap ? wanted : undefined;
}

/** `at most 12 (half of the days 4 or fewer, 99 % 11 or fewer)`. */
export function volumeWords({ unit, p50, p99, max }: TuneVolume): string {
  return `at most ${max} ${unit}, half of the time no more than ${p50}, and 99 % of it no more than ${p99}`;
}
