import type { IncomingMessage } from 'node:http';
import { StringDecoder } from 'node:string_decoder';
import { createParser } from 'eventsource-parser';
import { MOST_LINE } from '../../lines.ts';

export interface EventsHeard {
  message(line: string): void;
  /** Name of an event, to come back to. */
  at(id: string): void;
  retry(milliseconds: number): void;
  /** `fault`: it is not the server that has ended it. */
  end(fault?: string): void;
}

/** Reads a stream of events as messages. */
export function readEvents(response: IncomingMessage, { message, at, retry, end }: EventsHeard): void {
  const decoder = new StringDecoder('utf8');
  let isOver = false;
  const over = (fault?: string) => {
    if (isOver) return;
    isOver = true;
    end(fault);
  };
  const parser = createParser({
    maxBufferSize: MOST_LINE,
    onEvent({ id, event = 'message', data }) {
      if (id !== undefined && /^[\x20-\x7e]{1,1000}$/.test(id)) at(id);
      if (event === 'message' && data !== '') message(data);
    },
    onRetry: retry,
    onError(error) {
      if (error.type !== 'max-buffer-size-exceeded') return;
      over(TOO_LONG);
      response.destroy();
    },
  });
  response.on('data', (chunk: Buffer) => {
    if (!isOver) parser.feed(decoder.write(chunk));
  });
  response.on('end', () => over());
  response.on('error', () => over());
  response.on('close', () => over());
}

/** Characters up to which lines are tried as objects. */
const MOST_TRIED = 64 * 1024;

/** One JSON object; or, as some servers have it against the protocol, several of them, a line each. */
export function readObjects(response: IncomingMessage, { message, end }: Pick<EventsHeard, 'message' | 'end'>): void {
  const decoder = new StringDecoder('utf8');
  let rest = '';
  let isOver = false;
  const cut = () => {
    for (let at = rest.indexOf('\n'); at >= 0 && at <= MOST_TRIED; at = rest.indexOf('\n', at + 1)) {
      const line = rest.slice(0, at);
      if (!line.trimEnd().endsWith('}') || !isObject(line)) continue;
      rest = rest.slice(at + 1);
      at = -1;
      message(line);
    }
  };
  const over = (fault?: string) => {
    if (isOver) return;
    isOver = true;
    if (fault === undefined && rest.trim() !== '') message(rest);
    rest = '';
    end(fault);
  };
  response.on('data', (chunk: Buffer) => {
    if (isOver) return;
    rest += decoder.write(chunk);
    if (rest.length <= MOST_LINE) cut();
    else {
      over(TOO_LONG);
      response.destroy();
    }
  });
  response.on('end', () => over());
  response.on('error', () => over());
  response.on('close', () => over());
}

function isObject(text: string): boolean {
  try {
    return typeof JSON.parse(text) === 'object';
  } catch {
    return false;
  }
}

/** All of a body; undefined: it is larger than that, or broke off. */
export function readWhole(response: IncomingMessage, most: number, then: (text: string | undefined) => void): void {
  let chunks: Buffer[] = [];
  let length = 0;
  let isOver = false;
  const over = (text: string | undefined) => {
    if (isOver) return;
    isOver = true;
    chunks = [];
    then(text);
  };
  response.on('data', (chunk: Buffer) => {
    length += chunk.length;
    if (length <= most) chunks.push(chunk);
    else {
      over(undefined);
      response.destroy();
    }
  });
  response.on('end', () => over(Buffer.concat(chunks).toString('utf8')));
  response.on('error', () => over(undefined));
  response.on('close', () => over(undefined));
}

export function mediaType(response: IncomingMessage): string {
  return (response.headers['content-type'] ?? '').replace(/;.*$/s, '').trim().toLowerCase();
}

const TOO_LONG = `the server sent a message of more than ${MOST_LINE} bytes`;
