import type { Writable } from 'node:stream';

export interface Writer {
  add(line: string): void;
  flush(): boolean;
  onceFree(then: () => void): void;
}

/** Lines that came of one chunk are written at once: a write costs more than all that is thought about a line. */
export function writerTo(stream: Writable): Writer {
  let text = '';
  return {
    add(line) {
      text += `${line}\n`;
    },
    flush() {
      if (text === '') return true;
      const all = text;
      text = '';
      return !stream.writable || stream.write(all);
    },
    onceFree: (then) => void stream.once('drain', then),
  };
}
