import type { Readable, Writable } from 'node:stream';
import { chunkCutter, MOST_LINE } from '../lines.ts';
import type { Side } from '../sides.ts';
import { writerTo } from './writer.ts';

export interface Heard {
  messages(lines: readonly string[]): void;
  /** Nothing more will come. */
  end(): void;
  tell(text: string): void;
}

/** A client on this process's own pipes. Nothing is heard before `listen`. */
export function pipedClient(input: Readable, output: Writable): Side & { listen(heard: Heard): void } {
  const { add, flush, onceFree } = writerTo(output);
  return {
    send: add,
    flush,
    onceFree,
    pause: () => void input.pause(),
    resume: () => void input.resume(),
    listen({ messages, end, tell }) {
      const cutter = chunkCutter();
      input.on('data', (chunk: Buffer) => {
        const lines = cutter.push(chunk);
        if (lines !== undefined) return messages(lines);
        tell(`the client sent a message of more than ${MOST_LINE} bytes, so the connection ends`);
        end();
      });
      input.on('end', end);
      input.on('error', end);
      output.on('error', end);
    },
  };
}
