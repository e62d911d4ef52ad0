/** What takes lines for a server, in the order in which they come. */
export interface Taker<Call> {
  send(line: string, call?: Call): void;
  end(): void;
}

interface Slot {
  /** Undefined: not known yet. */
  line?: string | undefined;
  isReady: boolean;
}

/**
 * Calls get what they need before they go on, and nothing that came later goes before them: a cancellation does not overtake its
 * call. `prepare` resolves to the line that goes on instead; undefined: none does, because the call was refused.
 */
export function inOrder<Call>(
  inner: Taker<Call>,
  prepare: (line: string, call: Call) => Promise<string | undefined>,
): Taker<Call> {
  const waiting: Slot[] = [];
  let isOver = false;

  function drain(): void {
    while (waiting[0]?.isReady) {
      const { line } = waiting.shift() as Slot;
      if (line !== undefined) inner.send(line);
    }
    if (isOver && waiting.length === 0) inner.end();
  }

  return {
    send(line, call) {
      if (call === undefined && waiting.length === 0) {
        inner.send(line);
        return;
      }
      const slot: Slot = call === undefined ? { line, isReady: true } : { isReady: false };
      waiting.push(slot);
      if (call === undefined) return;
      prepare(line, call).then((ready) => {
        slot.line = ready;
        slot.isReady = true;
        drain();
      });
    },
    end() {
      isOver = true;
      drain();
    },
  };
}
