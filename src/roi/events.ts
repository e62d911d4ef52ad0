import { normalQuantile, type Quantile } from './distributions.ts';
import type { Random } from './random.ts';

/** Loss events of one simulated future that are drawn one by one; more than these are drawn in equal groups. */
const MOST_DRAWN = 200;

/** One loss event, or a group of equal ones. */
export interface LossEvent {
  /** Share of the simulated months that have passed when it happens. */
  when: number;
  /** What was drawn for its loss, in US dollars. */
  size: number;
  /** An option prevents it where it leaves a smaller share of events than this. */
  luck: number;
  /** How many events it stands for. */
  weight: number;
}

const NONE: LossEvent[] = [];

/**
 * Events of a Poisson process with this mean, the same for every option, so that options differ by what they do alone. `share`
 * decides how many; what they are like comes from a stream of their own, so that a higher mean adds events and changes none.
 */
export function drawEvents(mean: number, share: number, start: () => Random, sizeOf: Quantile): LossEvent[] {
  const count = poisson(mean, share);
  if (count === 0) return NONE;
  const random = start();
  const drawn = Math.min(count, MOST_DRAWN);
  return Array.from({ length: drawn }, () => ({
    when: random(),
    size: sizeOf(random()),
    luck: random(),
    weight: count / drawn,
  }));
}

/** A Poisson number by inversion; beyond 500 its normal approximation, whose error is far below that of any input. */
export function poisson(mean: number, share: number): number {
  if (!(mean > 0)) return 0;
  if (mean > 500) return Math.max(0, Math.round(mean + Math.sqrt(mean) * normalQuantile(share)));
  let [count, chance] = [0, Math.exp(-mean)];
  let below = chance;
  while (share > below && chance > 0) {
    count++;
    chance *= mean / count;
    below += chance;
    // Rounding can keep the sum just below one.
    if (count > 2000) break;
  }
  return count;
}
