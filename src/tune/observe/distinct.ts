/** Different calls of one day or minute that are told apart; beyond that none counts as a new one. */
const MOST_APART = 20_000;

/**
 * Says of a call whether it is the first one of its kind in its day or minute. One set for each of those that are counted apart,
 * for as long as the time stays the same, as it mostly does within a log.
 */
export function startTelling<K>(): (of: K, time: number, call: number) => boolean {
  const sets = new Map<K, { time: number; calls: Set<number> }>();
  return (of, time, call) => {
    let own = sets.get(of);
    if (own === undefined || own.time !== time) {
      own = { time, calls: new Set() };
      sets.set(of, own);
    }
    if (own.calls.has(call) || own.calls.size >= MOST_APART) return false;
    own.calls.add(call);
    return true;
  };
}
