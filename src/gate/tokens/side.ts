import type { Forwarded } from '../session.ts';
import type { StartedServer } from '../stdio/server.ts';
import { wordsOf } from '../words.ts';
import { lineWithToken } from './carry.ts';
import type { Tokens } from './open.ts';

/** Calls that wait for their token at once; then the client is slowed down. */
const MOST_WAITING = 256;

export const NO_TOKEN = 'the call is refused, because there is no token for it; a person has to look at the gate';

interface Slot {
  line: string | undefined;
  isReady: boolean;
}

/**
 * A server that gets a token with each call, and is ended once none waits for one any more. What came later does not go before a
 * call that waits: a cancellation does not overtake what it cancels. A call without a token is refused.
 */
export function withTokens(server: StartedServer, tokens: Tokens): StartedServer {
  const slots: Slot[] = [];
  let onFree: (() => void)[] = [];
  let onIdle: (() => void)[] = [];
  let [isFull, isDue] = [false, false];
  let tell: (text: string) => void = () => undefined;

  function flush(): boolean {
    if (isFull) return false;
    isFull = !server.flush();
    if (isFull)
      server.onceFree(() => {
        isFull = false;
        tellWhoWaits();
      });
    return !isFull && slots.length < MOST_WAITING;
  }

  function tellWhoWaits(): void {
    if (slots.length > 0) return;
    const told = isFull ? onIdle : [...onIdle, ...onFree];
    onIdle = [];
    if (!isFull) onFree = [];
    for (const then of told) then();
  }

  function drain(): void {
    while (slots[0]?.isReady) {
      const { line } = slots.shift() as Slot;
      if (line !== undefined) server.send(line);
    }
    if (slots.length === 0) {
      flush();
      tellWhoWaits();
    } else if (!isDue) {
      // Others are ready at the same time, mostly; a write for each would cost more than its token.
      isDue = true;
      setImmediate(() => {
        isDue = false;
        flush();
      });
    }
  }

  async function prepared(call: Forwarded): Promise<string | undefined> {
    try {
      return lineWithToken(call.value, await tokens.tokenFor(call));
    } catch (error) {
      tell(`a call has no token and was refused: ${wordsOf(error)}`);
      call.refuse(NO_TOKEN);
      return undefined;
    }
  }

  async function fill(slot: Slot, call: Forwarded): Promise<void> {
    slot.line = await prepared(call);
    slot.isReady = true;
    drain();
  }

  return {
    send(line, call) {
      if (call === undefined && slots.length === 0) return server.send(line);
      const slot: Slot = { line, isReady: call === undefined };
      slots.push(slot);
      if (call !== undefined) void fill(slot, call);
    },
    flush,
    onceFree: (then) => void onFree.push(then),
    pause: server.pause,
    resume: server.resume,
    stop() {
      onIdle.push(server.stop);
      tellWhoWaits();
    },
    listen(heard) {
      tell = heard.tell;
      server.listen(heard);
    },
  };
}
