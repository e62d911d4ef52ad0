import { createServer } from 'node:http';
import type { Socket } from 'node:net';

export type StandInInternet = {
  url: string;
  /** `host:port` of everything that came through, whether as plain HTTP or as a CONNECT. */
  reached: string[];
  close: () => Promise<void>;
};

/** A proxy on loopback that plays every host of the internet, so that an allowed connection can be seen offline. */
export async function startStandInInternet(): Promise<StandInInternet> {
  const reached: string[] = [];
  const open = new Set<Socket>();
  const server = createServer((request, response) => {
    const url = new URL(request.url ?? '/', `http://${request.headers.host ?? 'unknown'}`);
    reached.push(`${url.hostname}:${url.port === '' ? '80' : url.port}`);
    response.writeHead(200, { 'content-type': 'text/plain' }).end(`INTERNET ${url.hostname}\n`);
  });
  server.on('connection', (socket) => {
    open.add(socket);
    socket.on('close', () => open.delete(socket));
  });
  server.on('connect', (request, socket) => {
    reached.push(request.url ?? '');
    // The arrival is the evidence; there is no TLS to offer for a host we do not own.
    socket.end('HTTP/1.1 200 Connection established\r\n\r\n');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the stand-in internet has no port');
  return {
    url: `http://127.0.0.1:${address.port}`,
    reached,
    close: () =>
      new Promise((resolve) => {
        for (const socket of open) socket.destroy();
        server.close(() => resolve());
      }),
  };
}
