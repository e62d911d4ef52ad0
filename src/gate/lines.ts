/** Bytes of one message; a larger one cannot be held, and the connection ends. */
export const MOST_LINE = 64 * 1024 * 1024;

/** Cuts a stream into lines; `false` from `push`: a line grew beyond the bound and nothing more is read. */
export function lineCutter(take: (line: string) => void): { push(chunk: Buffer): boolean } {
  let rest: Buffer[] = [];
  let held = 0;
  let over = false;
  return {
    push(chunk) {
      if (over) return false;
      let from = 0;
      for (let end = chunk.indexOf(10); end >= 0; end = chunk.indexOf(10, from)) {
        const tail = chunk.subarray(from, end);
        const line = rest.length === 0 ? tail.toString('utf8') : Buffer.concat([...rest, tail]).toString('utf8');
        [rest, held, from] = [[], 0, end + 1];
        const text = line.endsWith('\r') ? line.slice(0, -1) : line;
        if (text !== '') take(text);
      }
      if (from < chunk.length) {
        held += chunk.length - from;
        rest.push(chunk.subarray(from));
      }
      over = held > MOST_LINE;
      if (over) rest = [];
      return !over;
    },
  };
}
