import { StreamableHTTPClientTransport } from '@modelcontextprotocol/client';
import { type Failure, FLOODED, type Launch, MOST_SENT } from './launch.ts';

/**
 * A server at an address. A redirect is followed only within the address's own origin, so that no header goes elsewhere;
 * nobody is asked to sign in.
 */
export function httpTransport(
  { url, headers }: Extract<Launch, { kind: 'http' }>,
  fail: (failure: Failure) => void,
): StreamableHTTPClientTransport {
  let sent = 0;
  return new StreamableHTTPClientTransport(new URL(url), {
    requestInit: { headers },
    redirectPolicy: 'same-origin',
    reconnectionOptions: {
      maxRetries: 0,
      initialReconnectionDelay: 1_000,
      maxReconnectionDelay: 1_000,
      reconnectionDelayGrowFactor: 1,
    },
    fetch: async (address, init) => {
      const response = await fetch(address, init).catch((error: unknown) => {
        if (init?.signal?.aborted !== true) fail({ code: 'not-reached', says: `cannot be reached${codeOf(error)}` });
        throw error;
      });
      if (response.body === null) return response;
      const counted = new TransformStream<Uint8Array, Uint8Array>({
        transform(chunk, controller) {
          sent += chunk.byteLength;
          if (sent <= MOST_SENT) return controller.enqueue(chunk);
          fail(FLOODED);
          controller.error(new Error(FLOODED.says));
        },
      });
      const { status, statusText, headers: told } = response;
      return new Response(response.body.pipeThrough(counted), { status, statusText, headers: told });
    },
  });
}

function codeOf(error: unknown): string {
  const cause = error instanceof Error ? error.cause : undefined;
  return cause instanceof Error && 'code' in cause ? ` (${cause.code})` : '';
}
