/** What remembers tokens that may be used once. A server with several processes gives one of its own, which they share. */
export interface Replays {
  /**
   * `taken` for the first who asks, `seen` for everybody after, until `until` (seconds since 1970), when the token ends anyway;
   * `full`: it cannot be remembered, and so not be taken.
   */
  take(id: string, until: number): ReplayAnswer | Promise<ReplayAnswer>;
}

export type ReplayAnswer = 'taken' | 'seen' | 'full';

/** In this process's memory, for at most that many tokens at once. `now` in milliseconds. */
export function replaysInMemory(most = 100_000, now: () => number = Date.now): Replays {
  const ends = new Map<string, number>();
  let swept = 0;

  function sweep(): void {
    const seconds = Math.floor(now() / 1000);
    if (seconds === swept) return;
    swept = seconds;
    for (const [id, until] of ends) if (until < seconds) ends.delete(id);
  }

  return {
    take(id, until) {
      if (ends.has(id)) return 'seen';
      if (ends.size >= most) sweep();
      if (ends.size >= most) return 'full';
      ends.set(id, until);
      return 'taken';
    },
  };
}
