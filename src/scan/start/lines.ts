import { isRecord } from '../../source/record.ts';
import { type Failure, FLOODED, MOST_SENT } from './launch.ts';

/** Lines of a server that are no messages: banners that belong on another stream. */
const MOST_STRAY = 200;

export interface LineReader {
  /** The messages in what has come, or why there are no more. */
  take(chunk: Buffer): { messages: Record<string, unknown>[] } | Failure;
}

/** JSON-RPC messages, one a line, from a stream that may hold anything. */
export function lineReader(): LineReader {
  let [sent, stray] = [0, 0];
  let rest: Buffer[] = [];
  return {
    take(chunk) {
      sent += chunk.length;
      if (sent > MOST_SENT) return FLOODED;
      const messages: Record<string, unknown>[] = [];
      let from = 0;
      for (let end = chunk.indexOf(10); end >= 0; end = chunk.indexOf(10, from)) {
        const line = Buffer.concat([...rest, chunk.subarray(from, end)]).toString('utf8');
        rest = [];
        from = end + 1;
        const message = messageIn(line);
        if (message === 'broken') return { code: 'not-json', says: 'answers with what is no JSON' };
        if (message === 'stray') stray += 1;
        else if (message !== 'blank') messages.push(message);
        if (stray > MOST_STRAY) return { code: 'not-json', says: 'writes other things than messages to its output' };
      }
      if (from < chunk.length) rest.push(chunk.subarray(from));
      return { messages };
    },
  };
}

function messageIn(line: string): Record<string, unknown> | 'blank' | 'stray' | 'broken' {
  const text = line.trim();
  if (text === '') return 'blank';
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    // What starts like a message was meant as one.
    return /^\{\s*"/.test(text) ? 'broken' : 'stray';
  }
  return isRecord(value) && value.jsonrpc === '2.0' ? value : 'stray';
}
