import type { ServerResponse } from 'node:http';

/** Milliseconds that a client may leave what was written to it unread. */
const PATIENCE = 30_000;
/** Milliseconds after which a client may come back. */
const RETRY = 1_000;
/** What one stream keeps for a client that comes back. */
const MOST_EVENTS = 200;
const MOST_KEPT = 1024 * 1024;

export interface StreamOptions {
  /** Names the stream in the ids of its events; absent: a connection that breaks takes what is under way with it. */
  number?: number | undefined;
  /** Older clients take an event without data for a fault. */
  isPrimed?(): boolean;
  headers(): Record<string, string>;
  /** No connection is left: the client went before the end, has everything, or may come back for what it does not have. */
  left(state: 'early' | 'read' | 'unread'): void;
  /** The client reads again. */
  drained(): void;
}

/** What answers one POST or GET: one JSON object, or a stream of events, and then maybe over several connections. */
export interface Stream {
  /** A message before the last. False: the client does not keep up. */
  write(line: string): boolean;
  /** The last message; absent: there will be none. False: the client does not keep up. */
  finish(line?: string, status?: number): boolean;
  /** Sends the headers of a stream of events, and shows that somebody is there. */
  beat(): void;
  /** Goes on over another connection, after what the client has; false: that is no longer known. */
  resume(response: ServerResponse, after: number | undefined): boolean;
  isAttached(): boolean;
}

interface Kept {
  at: number;
  text: string;
}

export function openStream(first: ServerResponse | undefined, options: StreamOptions): Stream {
  const { number, isPrimed = () => false, headers, left, drained } = options;
  let response: ServerResponse | undefined;
  const kept: Kept[] = [];
  let [bytes, count, sent, fullSince] = [0, 0, 0, 0];
  let isOver = false;

  function attach(next: ServerResponse): void {
    response = next;
    fullSince = 0;
    next.on('drain', () => {
      fullSince = 0;
      drained();
    });
    next.on('close', () => {
      if (response !== next) return;
      response = undefined;
      drained();
      if (!isOver) left('early');
      else left(next.writableFinished || kept.length === 0 ? 'read' : 'unread');
    });
  }

  function begin(to: ServerResponse, at = count): void {
    if (to.headersSent) return;
    to.writeHead(200, { ...headers(), ...EVENTS });
    // Takes note of the stream's name, so that it can be found again.
    if (number !== undefined && isPrimed()) to.write(`id: ${number}.${at}\nretry: ${RETRY}\ndata: \n\n`);
    else to.flushHeaders();
  }

  /** False: the client does not keep up. */
  function put({ at, text }: Kept): boolean {
    if (response === undefined) return true;
    sent = at;
    const isFree = response.write(text);
    if (!isFree && fullSince === 0) fullSince = performance.now();
    return isFree;
  }

  function write(line: string): boolean {
    if (response !== undefined) begin(response);
    const id = number === undefined ? '' : `id: ${number}.${++count}\n`;
    const event = { at: count, text: `${id}event: message\ndata: ${line}\n\n` };
    if (number !== undefined) keep(event);
    return put(event);
  }

  function keep(event: Kept): void {
    kept.push(event);
    bytes += event.text.length;
    while (kept.length > MOST_EVENTS || bytes > MOST_KEPT) bytes -= kept.shift()?.text.length ?? 0;
  }

  if (first !== undefined) attach(first);
  return {
    write,
    finish(line, status = 200) {
      if (isOver) return true;
      isOver = true;
      if (response?.headersSent === false && line !== undefined) {
        const length = String(Buffer.byteLength(line));
        response.writeHead(status, { ...headers(), 'content-type': 'application/json', 'content-length': length });
        return ended(response, line);
      }
      if (line !== undefined) write(line);
      if (response !== undefined) {
        begin(response);
        return ended(response);
      }
      left(kept.length === 0 ? 'read' : 'unread');
      return true;
    },
    beat() {
      if (response === undefined || isOver) return;
      if (fullSince > 0 && performance.now() - fullSince > PATIENCE) response.destroy();
      else if (response.headersSent) response.write(': here\n\n');
      else begin(response);
    },
    resume(next, after = sent) {
      if (after > count || (kept[0]?.at ?? count + 1) > after + 1) return false;
      const before = response;
      attach(next);
      before?.end();
      begin(next, after);
      for (const event of kept) if (event.at > after) put(event);
      if (isOver) next.end();
      return true;
    },
    isAttached: () => response !== undefined,
  };
}

function ended(response: ServerResponse, text?: string): boolean {
  response.end(text);
  return response.writableLength <= response.writableHighWaterMark;
}

const EVENTS = {
  'content-type': 'text/event-stream',
  'cache-control': 'no-cache, no-transform',
  'x-accel-buffering': 'no',
};
