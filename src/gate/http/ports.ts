import type { OutcomeRecord } from '../../model/record.ts';
import type { Id } from '../message.ts';
import type { Side } from '../sides.ts';
import type { ServerHeard } from '../stdio/server.ts';

/** A server's side of one connection: a process of its own, or another machine. Nothing is heard before `listen`. */
export interface ServerSide extends Side {
  listen(heard: Heard): void;
  stop(): void;
}

export interface Heard extends ServerHeard {
  /** `about`: the request on whose stream the messages came, where there is one. */
  messages(lines: readonly string[], about?: Id): void;
  /** There will be no answer to a request. `status`: what HTTP calls it. Without words: nobody wants to hear of it. */
  failed(id: Id, outcome: OutcomeRecord['outcome'], says?: string, status?: number): void;
}

export type OpenServer = () => ServerSide;
