import { isUtf8 } from 'node:buffer';
import type { IncomingMessage } from 'node:http';
import { MOST_LINE } from '../lines.ts';

/** Bytes of all bodies that are being read. */
const MOST_AT_ONCE = 4 * MOST_LINE;

export type Body = { text: string } | { status: number; says: string };

/** Reads bodies, one budget for all of them: clients that send slowly must not fill the memory. */
export function bodyReader(): (request: IncomingMessage) => Promise<Body> {
  let held = 0;
  return async (request) => {
    const chunks: Buffer[] = [];
    let own = 0;
    try {
      for await (const chunk of request as AsyncIterable<Buffer>) {
        own += chunk.length;
        held += chunk.length;
        if (own > MOST_LINE) return { status: 413, says: `a message has at most ${MOST_LINE} bytes` };
        if (held > MOST_AT_ONCE) return { status: 503, says: 'too much is being sent at once; try again' };
        chunks.push(chunk);
      }
    } catch {
      return { status: 400, says: 'the message broke off' };
    } finally {
      held -= own;
    }
    const bytes = chunks.length === 1 && chunks[0] !== undefined ? chunks[0] : Buffer.concat(chunks);
    return isUtf8(bytes) ? { text: bytes.toString('utf8') } : { status: 400, says: 'the message is not UTF-8' };
  };
}
