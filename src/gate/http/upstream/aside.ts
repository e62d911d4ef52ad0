import type { ClientRequest, IncomingMessage } from 'node:http';
import { readMessage } from '../../message.ts';
import { mediaType, readEvents } from './events.ts';
import { resumeHeaders, type Standing } from './headers.ts';
import type { Transport } from './transport.ts';

/** Times in a row that the stream is opened again without anything coming. */
const MOST_TRIES = 8;
/** Milliseconds, doubled each time. */
const RETRY = 1_000;
const MOST_RETRY = 60_000;

export interface AsideOptions {
  transport: Transport;
  standing: Standing;
  say(line: string): void;
  isPaused(): boolean;
  /** The server knows nothing of the session any more. */
  ended(): void;
}

/** The stream for what belongs to no request: a server may have one, and it is opened again for as long as it has. */
export interface Aside {
  open(): void;
  pause(): void;
  resume(): void;
  close(): void;
}

export function openAside({ transport, standing, say, isPaused, ended }: AsideOptions): Aside {
  let request: ClientRequest | undefined;
  let response: IncomingMessage | undefined;
  let [isOver, isOpen, tries, retry] = [false, false, 0, RETRY];
  let last: string | undefined;
  let timer: NodeJS.Timeout | undefined;

  function later(): void {
    if (isOver || ++tries > MOST_TRIES) return;
    timer = setTimeout(listen, Math.min(retry * 2 ** (tries - 1), MOST_RETRY));
    timer.unref();
  }

  function answered(next: IncomingMessage): void {
    response = next;
    const { statusCode = 0 } = next;
    if (statusCode === 200 && mediaType(next) === 'text/event-stream') {
      readEvents(next, {
        message(line) {
          tries = 0;
          // An answer belongs on the stream of its request.
          if (readMessage(line).kind !== 'response') say(line);
        },
        at(event) {
          last = event;
        },
        retry(milliseconds) {
          retry = Math.max(RETRY, Math.min(milliseconds, MOST_RETRY));
        },
        end: later,
      });
      if (isPaused()) next.pause();
      return;
    }
    next.resume();
    if (statusCode === 404 && standing.session !== undefined) ended();
    // What was missed is gone, and what comes next is not.
    else if (last !== undefined && statusCode === 400) {
      last = undefined;
      later();
    } else if (statusCode >= 500 || statusCode === 429) later();
  }

  function listen(): void {
    if (isOver) return;
    request = transport.send({
      method: 'GET',
      headers: resumeHeaders(standing, last),
      answer: answered,
      failed: later,
    });
  }

  return {
    open() {
      if (isOpen) return;
      isOpen = true;
      listen();
    },
    pause: () => void response?.pause(),
    resume: () => void response?.resume(),
    close() {
      isOver = true;
      clearTimeout(timer);
      request?.destroy();
    },
  };
}
