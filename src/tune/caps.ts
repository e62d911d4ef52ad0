import type { TuneVolume } from '../model/tune.ts';
import { FAR, HEADROOM, NEAR, NEAR_DAYS, RAISE, roundedUp } from './thresholds.ts';

/** The cap that is enough for what was used, where the one there is is far above that. `least`: below this it is not worth a change. */
export function lowerCap(cap: number, { max }: TuneVolume, least: number): number | undefined {
  const enough = Math.max(roundedUp(HEADROOM * max), least);
  return max > 0 && cap >= FAR * enough ? enough : undefined;
}

/**
 * The cap that leaves room for what was wanted, where the one there is stood in the way, or nearly, on several days. `counts`:
 * what was wanted, each call once: a call that is refused is tried again, and is not needed twice for that.
 */
export function raiseCap(cap: number, counts: ReadonlyMap<number, number>, refusedDays: number): number | undefined {
  const near = [...counts.values()].filter((count) => count >= NEAR * cap).length;
  if (refusedDays < NEAR_DAYS && near < NEAR_DAYS) return undefined;
  const most = [...counts.values()].reduce((max, count) => Math.max(max, count), 0);
  const wanted = roundedUp(RAISE * most);
  return wanted > cap ? wanted : undefined;
}

/** `at most 12 (half of the days 4 or fewer, 99 % 11 or fewer)`. */
export function volumeWords({ unit, p50, p99, max }: TuneVolume): string {
  return `at most ${max} ${unit}, half of the time no more than ${p50}, and 99 % of it no more than ${p99}`;
}
