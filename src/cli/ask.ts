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

/** One line from a terminal; undefined: interrupted. The end of input is an empty line. */
export async function askLine(
  question: string,
  input: NodeJS.ReadableStream,
  output: NodeJS.WritableStream,
): Promise<string | undefined> {
  const { createInterface } = await import('node:readline');
  const reader = createInterface({ input, output });
  return new Promise((resolve) => {
    const end = (answer: string | undefined) => {
      // Nobody pressed Enter: what follows would stand behind the question.
      output.write('\n');
      resolve(answer);
    };
    reader.on('SIGINT', () => {
      reader.removeAllListeners('close').close();
      end(undefined);
    });
    reader.on('close', () => end(''));
    reader.question(question, (line) => {
      reader.removeAllListeners('close').close();
      resolve(line);
    });
  });
}
