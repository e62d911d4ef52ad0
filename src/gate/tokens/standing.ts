import { wordsOf } from '../words.ts';
import type { Tokens } from './open.ts';

/** Milliseconds between two tokens: whatever an endpoint says, it is not asked all the time. */
const SOONEST = 5_000;
const LATEST = 150_000;

/**
 * The header that goes with everything but calls to a server at a URL: its token is always good, and made anew at half its life.
 * Throws where there is no first one.
 */
export async function standingBearer(
  tokens: Tokens,
  { agent, seconds }: { agent: string; seconds(): number },
  tell: (text: string) => void,
): Promise<{ readonly authorization: string }> {
  let token = '';
  let isAway = false;
  async function renew(): Promise<void> {
    const next = await tokens.tokenForConnection(agent, seconds());
    token = next.token;
    const half = (next.until - Date.now()) / 2;
    later(Math.min(Math.max(half, SOONEST), LATEST));
  }
  function later(milliseconds: number): void {
    setTimeout(() => {
      renew().then(
        () => {
          isAway = false;
        },
        (error: unknown) => {
          if (!isAway) tell(`there is no new token for the connection: ${wordsOf(error)}`);
          isAway = true;
          later(SOONEST);
        },
      );
    }, milliseconds).unref();
  }
  await renew();
  return {
    get authorization() {
      return `Bearer ${token}`;
    },
  };
}
