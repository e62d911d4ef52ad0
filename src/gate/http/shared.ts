import { type Lane, openLane } from './lane.ts';
import type { SessionParts } from './sessions.ts';

/** Milliseconds without a request after which what is counted by the session begins anew. */
const IDLE = 10 * 60_000;

/** All requests that are of no session, over one connection to the server. */
export function sharedLane({ newSetting, open, tell }: SessionParts): { lane(): Lane; beat(): void; end(): void } {
  let current: Lane | undefined;
  let used = 0;
  const begin = (): Lane => {
    const { setting, close } = newSetting();
    const lane = openLane(setting, open(), {
      isShared: true,
      tell,
      over() {
        close();
        if (current === lane) current = undefined;
      },
    });
    current = lane;
    return lane;
  };
  return {
    lane() {
      used = performance.now();
      return current ?? begin();
    },
    beat() {
      if (current?.isBusy()) used = performance.now();
      else if (performance.now() - used > IDLE) current?.end();
      current?.beat();
    },
    end: () => current?.end(),
  };
}
