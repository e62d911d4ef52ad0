import type { Io } from './io.ts';

export type Answer = 'yes' | 'no' | 'cancelled';

/** Only where a person sees the question and can answer it. */
export function canAsk(io: Io): boolean {
  return io.question !== undefined && io.stdinIsTty && io.stdoutIsTty;
}

/** Nothing but a clear yes is one. */
export async function confirm(io: Io, question: string): Promise<Answer> {
  const line = await io.question?.(`${question} [y/N] `);
  if (line === undefined) return 'cancelled';
  return /^\s*y(es)?\s*$/i.test(line) ? 'yes' : 'no';
}

/** `whenInterrupted`: nothing is repainted, the terminal itself edits the line, and Ctrl-C comes as a signal. */
export interface PlainLine {
  whenInterrupted(stop: () => void): { release(): void };
}

/** One line from a terminal; undefined: interrupted. The end of input is an empty line. */
export async function askLine(
  question: string,
  input: NodeJS.ReadableStream,
  output: NodeJS.WritableStream,
  plain?: PlainLine,
): Promise<string | undefined> {
  const { createInterface } = await import('node:readline');
  const reader = createInterface({ input, output, ...(plain ? { terminal: false } : {}) });
  return new Promise((resolve) => {
    const end = (answer: string | undefined) => {
      // Nobody pressed Enter: what follows would stand behind the question.
      output.write('\n');
      resolve(answer);
    };
    const gone = () => end('');
    // Only our own: without its own the reader would go on listening, and show what is typed to the next one, too.
    const close = () => {
      signal?.release();
      reader.off('close', gone);
      reader.close();
    };
    const stop = () => {
      close();
      end(undefined);
    };
    const signal = plain?.whenInterrupted(stop);
    reader.on('SIGINT', stop);
    reader.on('close', gone);
    reader.question(question, (line) => {
      close();
      resolve(line);
    });
  });
}
