import type { ClientRequest, IncomingMessage } from 'node:http';
import { mediaType, readEvents } from './events.ts';
import { resumeHeaders, type Standing } from './headers.ts';
import type { Transport } from './transport.ts';

export interface FollowOptions {
  transport: Transport;
  standing: Standing;
  /** A server with sessions may go on over another connection. */
  isResumable: boolean;
  message(line: string): void;
  /** Nothing more is wanted. */
  isOver(): boolean;
  connected(request: ClientRequest, response: IncomingMessage | undefined): void;
  /** Nothing more comes. */
  broken(says: string): void;
}

/** Times in a row that a stream is taken up again without anything new coming. */
const MOST_TRIES = 5;
/** Milliseconds. */
const RETRY = 1_000;
const MOST_RETRY = 30_000;

export const BROKEN = 'the connection to the server broke before the answer; what was asked may have been done, or not';

/** Reads the stream that a request is answered on, over several connections if need be. */
export function follower(options: FollowOptions): { follow(response: IncomingMessage): void } {
  const { transport, standing, isResumable, message, isOver, connected, broken } = options;
  let [tries, retry] = [0, RETRY];
  let last: string | undefined;

  function follow(response: IncomingMessage): void {
    readEvents(response, {
      message(line) {
        tries = 0;
        message(line);
      },
      at(event) {
        last = event;
      },
      retry(milliseconds) {
        retry = Math.min(milliseconds, MOST_RETRY);
      },
      end(fault) {
        if (!isOver()) again(fault);
      },
    });
  }

  function again(fault?: string): void {
    if (fault !== undefined || !isResumable || last === undefined || ++tries > MOST_TRIES) broken(fault ?? BROKEN);
    else setTimeout(resume, retry, last).unref();
  }

  function resume(from: string): void {
    if (isOver()) return;
    const request = transport.send({
      method: 'GET',
      headers: resumeHeaders(standing, from),
      answer(response) {
        if (response.statusCode === 200 && mediaType(response) === 'text/event-stream') follow(response);
        else {
          response.resume();
          broken(BROKEN);
        }
        connected(request, response);
      },
      failed: () => again(),
    });
    connected(request, undefined);
  }

  return { follow };
}
