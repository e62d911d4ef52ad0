import type { Log } from '../audit/log.ts';
import type { Setting } from './ports.ts';
import { wordsOf } from './words.ts';

export type Records = Setting['log'] & {
  /** Writes what still waits. */
  flush(): void;
};

/**
 * The log as a gate writes it: a call is on record before it goes on, and its outcome once the answer has gone out, so that
 * nobody waits for that one. A gate that is killed in between leaves a call without an outcome, as one that is killed while
 * the call runs does.
 */
export function openRecords(
  log: Pick<Log, 'intent' | 'outcome' | 'together' | 'catchUp'>,
  tell: (text: string) => void,
): Records {
  let waiting: Parameters<Log['outcome']>[0][] = [];
  let isDue = false;

  function together(step: () => void): void {
    const written = waiting.length;
    log.together(() => {
      for (const outcome of waiting) log.outcome(outcome);
      step();
    });
    // Not those that the step itself had to tell: they come after what it records.
    waiting = waiting.slice(written);
  }

  function flush(): void {
    if (waiting.length === 0) return;
    try {
      together(() => undefined);
      log.catchUp();
    } catch (error) {
      tell(`what came of ${waiting.length} calls is not on record yet: ${wordsOf(error)}`);
    }
  }

  return {
    intent: (intent) => log.intent(intent),
    together,
    outcome(outcome) {
      waiting.push(outcome);
      if (isDue) return;
      isDue = true;
      setImmediate(() => {
        isDue = false;
        flush();
      });
    },
    flush,
  };
}
