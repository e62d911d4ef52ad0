import { MOST_LEASED } from './journal.ts';

/** Calls of one grant that are counted already, good for the second in which they were. */
export interface Lease {
  second: number;
  /** When it was counted, in milliseconds since 1970. */
  time: number;
  size: number;
  left: number;
}

/**
 * Where calls come by the thousand, several are counted at once, far from any cap, and the next ones need no journal. They
 * are good for the same second only, so that no call is counted in a minute or on a day that it does not belong to.
 */
export interface Leases {
  /** One that has a call left at that time. */
  open(key: string, time: number): Lease | undefined;
  /** How many calls to count at once now. */
  sizeFor(key: string, time: number): number;
  put(key: string, time: number, size: number): void;
  /** Counted calls that did not come, and will not in their second: to be taken back. */
  stale(key: string, time: number): Lease | undefined;
  /** Those and all others, at the end. */
  all(): [string, Lease][];
}

export function newLeases(): Leases {
  const leases = new Map<string, Lease>();
  return {
    open(key, time) {
      const lease = leases.get(key);
      return lease !== undefined && lease.left > 0 && lease.second === secondOf(time) ? lease : undefined;
    },
    sizeFor(key, time) {
      const lease = leases.get(key);
      if (lease === undefined || secondOf(time) - lease.second > 1) return 1;
      return Math.min(MOST_LEASED, lease.left === 0 ? lease.size * 2 : Math.max(1, lease.size >> 1));
    },
    put(key, time, size) {
      leases.set(key, { second: secondOf(time), time, size, left: size - 1 });
    },
    stale(key, time) {
      const lease = leases.get(key);
      return lease !== undefined && lease.left > 0 && lease.second !== secondOf(time) ? lease : undefined;
    },
    all: () => [...leases],
  };
}

const secondOf = (time: number): number => Math.floor(time / 1000);
