/** So many different calls at least, and at most twice as many, are remembered of a session: a loop is never this long. */
const KEPT = 25_000;

/** How often each call was let through in one session; one that was not made for very long starts anew. */
export interface Repeats {
  of(call: Again): number;
  add(call: Again): void;
  take(call: Again): void;
}

/** What makes a call the same again. */
export interface Again {
  tool: string;
  /** `sha256:` of its arguments. */
  digest: string;
}

type Counts = Map<string, Map<number | string, number>>;

/** In two halves: when one is full the older one goes as a whole, because taking single entries out costs the more the more went. */
export function newRepeats(kept: number = KEPT): Repeats {
  let recent: Counts = new Map();
  let earlier: Counts = new Map();
  let size = 0;
  const of = ({ tool, digest }: Again): number => {
    const mark = markOf(digest);
    return recent.get(tool)?.get(mark) ?? earlier.get(tool)?.get(mark) ?? 0;
  };
  const put = ({ tool, digest }: Again, count: number): void => {
    const known = recent.get(tool);
    const counts = known ?? new Map<number | string, number>();
    if (known === undefined) recent.set(tool, counts);
    const before = counts.size;
    counts.set(markOf(digest), count);
    size += counts.size - before;
  };
  return {
    of,
    add(call) {
      const count = of(call) + 1;
      if (size >= kept) [earlier, recent, size] = [recent, new Map(), 0];
      put(call, count);
    },
    take(call) {
      const before = of(call);
      if (before > 0) put(call, before - 1);
    },
  };
}

/** 52 bits of it: a number takes a tenth of the room, and two calls of a session share one in ten million sessions. */
function markOf(digest: string): number | string {
  const bits = Number.parseInt(digest.slice(7, 20), 16);
  return Number.isNaN(bits) ? digest : bits;
}
