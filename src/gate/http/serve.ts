import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { wordsOf } from '../words.ts';
import { type Address, isLoopback } from './address.ts';
import { type Admission, refusalOf } from './admission.ts';
import { openEndpoint } from './endpoint.ts';
import { turnAway } from './reply.ts';
import type { SessionParts } from './sessions.ts';

/** Milliseconds between two looks at what is open. */
const BEAT = 5_000;
/** Milliseconds for what is under way, once the gate is to end. */
const GRACE = 2_000;
const MOST_CONNECTIONS = 512;

/** Documents for anybody who asks, by path, as JSON. */
export type Documents = Readonly<Record<string, () => Promise<string>>>;

export interface Served extends SessionParts {
  listen: Address;
  admission: Omit<Admission, 'isLoopback'>;
  documents?: Documents;
}

export interface Listening {
  address: Address;
  /** No new connections, an answer to whatever is under way, and the servers are ended. */
  close(): Promise<void>;
}

/** Stands between clients that come over HTTP and a server. Throws where it cannot listen. */
export async function serveHttp({ listen, admission, documents = {}, ...parts }: Served): Promise<Listening> {
  const rules: Admission = { ...admission, isLoopback: isLoopback(listen.host) };
  const endpoint = openEndpoint(parts);
  const handle = (request: IncomingMessage, response: ServerResponse): void => {
    const path = (request.url ?? '').replace(/\?.*$/s, '');
    const document = request.method === 'GET' && Object.hasOwn(documents, path) ? documents[path] : undefined;
    const refusal = refusalOf(request, document === undefined ? rules : { ...rules, token: undefined });
    if (refusal !== undefined) turnAway(request, response, refusal);
    else if (document !== undefined)
      document().then(
        (text) => response.writeHead(200, { 'content-type': 'application/json' }).end(text),
        (error: unknown) => {
          parts.tell(`\`${path}\` could not be told: ${wordsOf(error)}`);
          turnAway(request, response, { status: 500, says: 'the gate could not answer' });
        },
      );
    else if (path !== '/mcp')
      turnAway(request, response, { status: 404, says: 'nothing is here; the gate is at `/mcp`' });
    else
      endpoint.handle(request, response).catch((error: unknown) => {
        parts.tell(`a request could not be answered: ${wordsOf(error)}`);
        turnAway(request, response, { status: 500, says: 'the gate could not answer' });
      });
  };
  const server = createServer(
    {
      maxHeaderSize: 32 * 1024,
      headersTimeout: 10_000,
      requestTimeout: 120_000,
      keepAliveTimeout: 60_000,
      noDelay: true,
    },
    handle,
  );
  server.maxConnections = MOST_CONNECTIONS;
  await new Promise<void>((done, failed) => {
    server.once('error', failed).listen(listen.port, listen.host, done);
  });
  const beat = setInterval(() => endpoint.beat(), BEAT);
  return {
    address: { host: listen.host, port: (server.address() as AddressInfo).port },
    close: () =>
      new Promise((done) => {
        clearInterval(beat);
        const late = setTimeout(() => server.closeAllConnections(), GRACE);
        server.close(() => {
          clearTimeout(late);
          done();
        });
        endpoint.end();
        server.closeIdleConnections();
      }),
  };
}
