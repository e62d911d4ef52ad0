import { type ServerCommand, type StartedServer, startServer } from '../stdio/server.ts';
import { cleanedInto } from './carry.ts';
import type { Tokens } from './open.ts';
import { withTokens } from './side.ts';

/** A server that gets a token with each call, if there are tokens; its own words then go on without any. */
export function startServerWith(tokens: Tokens | undefined, command: ServerCommand): StartedServer {
  if (tokens === undefined) return startServer(command);
  const words = cleanedInto(command.error, tokens.clean);
  const server = startServer({ ...command, error: words });
  const listen: StartedServer['listen'] = ({ end, ...heard }) =>
    server.listen({
      ...heard,
      end(how) {
        words.end();
        end(how);
      },
    });
  return withTokens({ ...server, listen }, tokens);
}
