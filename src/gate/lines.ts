/** Bytes of one message; a larger one cannot be held, and the connection ends. */
export const MOST_LINE = 64 * 1024 * 1024;

/** Cuts a stream into lines; undefined from `push`: a line grew beyond the bound, and nothing more is read. */
export function chunkCutter(): { push(chunk: Buffer): string[] | undefined } {
  let rest: Buffer[] = [];
  let held = 0;
  let over = false;
  return {
    push(chunk) {
      if (over) return undefined;
      const end = chunk.lastIndexOf(10) + 1;
      if (end < chunk.length) {
        // Only what is left behind the last line feed is kept.
        if (end > 0) held = 0;
        held += chunk.length - end;
      } else held = 0;
      over = held > MOST_LINE;
      if (over) {
        rest = [];
        return undefined;
      }
      if (end === 0) {
        rest.push(chunk);
        return [];
      }
      const whole = chunk.subarray(0, end - 1);
      const text = rest.length === 0 ? whole.toString('utf8') : Buffer.concat([...rest, whole]).toString('utf8');
      rest = end < chunk.length ? [chunk.subarray(end)] : [];
      return text.split('\n').flatMap(lineOf);
    },
  };
}

/** The same, a line at a time; `false` from `push` where nothing more is read. */
export function lineCutter(take: (line: string) => void): { push(chunk: Buffer): boolean } {
  const cutter = chunkCutter();
  return {
    push(chunk) {
      const lines = cutter.push(chunk);
      for (const line of lines ?? []) take(line);
      return lines !== undefined;
    },
  };
}

function lineOf(text: string): string[] {
  const line = text.endsWith('\r') ? text.slice(0, -1) : text;
  return line === '' ? [] : [line];
}
