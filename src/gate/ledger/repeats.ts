/** So many different calls at least, and at most twice as many, are remembered of a session: a loop is never this long. */
const KEPT = 25_000;

/** How often each call was let through in one session; one that was not made for very long starts anew. */
export interface Repeats {
  of(call: string): number;
  add(call: string): void;
  take(call: string): void;
}

/** In two halves: when one is full the older one goes as a whole, because taking single entries out costs the more the more went. */
export function newRepeats(kept: number = KEPT): Repeats {
  let recent = new Map<string, number>();
  let earlier = new Map<string, number>();
  const of = (call: string): number => recent.get(call) ?? earlier.get(call) ?? 0;
  return {
    of,
    add(call) {
      const count = of(call) + 1;
      if (recent.size >= kept) [earlier, recent] = [recent, new Map()];
      recent.set(call, count);
    },
    take(call) {
      const before = of(call);
      if (before > 0) recent.set(call, before - 1);
    },
  };
}
