import type { Readable, Writable } from 'node:stream';
import type { Setting } from '../ports.ts';
import { openRelay } from '../relay.ts';
import type { Sent } from '../session.ts';
import { cleanedInto } from '../tokens/carry.ts';
import { withTokens } from '../tokens/side.ts';
import { pipedClient } from './client.ts';
import { type End, type ServerCommand, startServer } from './server.ts';

export interface Pipes {
  input: Readable;
  output: Writable;
  error: Writable;
}

/** Stands between a client on this process's own pipes and a server that it starts. Ends when either does. */
export function serveStdio(
  setting: Setting,
  { input, output, error }: Pipes,
  command: Omit<ServerCommand, 'error'>,
): Promise<End> {
  return new Promise((resolve) => {
    const tell = (text: string) => void error.write(`stakes gate: ${text}\n`);
    const { tokens } = setting;
    const words = tokens === undefined ? undefined : cleanedInto(error, tokens.clean);
    const server = startServer({ ...command, error: words ?? error });
    const client = pipedClient(input, output);
    const send = (sent: Sent) => relay.session.send(sent);
    const given = tokens === undefined ? undefined : withTokens(server, tokens, { send, tell });
    const relay = openRelay(setting, client, given ?? server, tell);
    const stop = given === undefined ? server.stop : () => given.whenIdle(server.stop);
    client.listen({ messages: relay.fromClient, end: stop, tell });
    server.listen({
      messages: relay.fromServer,
      end: (end) => {
        relay.serverGone();
        client.pause();
        if (words === undefined) resolve(end);
        else words.end(() => resolve(end));
      },
      tell,
    });
  });
}
