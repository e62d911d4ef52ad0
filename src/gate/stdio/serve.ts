import type { Readable, Writable } from 'node:stream';
import type { ServerSide } from '../http/ports.ts';
import type { Setting } from '../ports.ts';
import { openRelay } from '../relay.ts';
import { unanswered } from '../undone.ts';
import { pipedClient } from './client.ts';
import type { End } from './server.ts';

export interface Pipes {
  input: Readable;
  output: Writable;
  error: Writable;
  /** Aborted when the gate is to end, whatever the client thinks. */
  over?: AbortSignal;
}

/** Stands between a client on this process's own pipes and a server. Ends when either does. */
export function serveStdio(setting: Setting, { input, output, error, over }: Pipes, server: ServerSide): Promise<End> {
  return new Promise((resolve) => {
    const tell = (text: string) => void error.write(`stakes gate: ${text}\n`);
    const client = pipedClient(input, output);
    const relay = openRelay(setting, client, server, tell);
    if (over?.aborted) server.stop();
    over?.addEventListener('abort', server.stop);
    client.listen({ messages: relay.fromClient, end: server.stop, tell });
    server.listen({
      messages: (lines) => relay.fromServer(lines),
      failed: (id, outcome, says) => unanswered(relay.session, id, outcome, says),
      end: (end) => {
        relay.serverGone();
        client.pause();
        resolve(end);
      },
      tell,
    });
  });
}
