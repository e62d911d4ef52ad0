/** Different calls that one session remembers; a loop is never this long, and a session may last for weeks. */
const MOST_CALLS = 50_000;

/** How often each call was let through in one session; one that was not made among the last different ones starts anew. */
export interface Repeats {
  of(call: string): number;
  add(call: string): void;
  take(call: string): void;
}

export function newRepeats(): Repeats {
  const calls = new Map<string, number>();
  return {
    of: (call) => calls.get(call) ?? 0,
    add(call) {
      const before = calls.get(call) ?? 0;
      // To the end of the line, so that the first is the one that was not made for longest.
      calls.delete(call);
      calls.set(call, before + 1);
      if (calls.size <= MOST_CALLS) return;
      for (const oldest of calls.keys()) {
        calls.delete(oldest);
        return;
      }
    },
    take(call) {
      const before = calls.get(call);
      if (before !== undefined) calls.set(call, Math.max(0, before - 1));
    },
  };
}
