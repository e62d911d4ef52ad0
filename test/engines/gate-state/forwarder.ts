import { connect, createServer, type Socket } from 'node:net';
import { onTestFinished } from 'vitest';

/** What stands between a gate and its Redis, and can stop to carry anything without saying so. */
export interface Forwarder {
  url: string;
  cut(): void;
  mend(): void;
}

export function forwarder(port: number): Promise<Forwarder> {
  const sockets = new Set<Socket>();
  let isCut = false;
  const server = createServer((near) => {
    const far = connect(port, '127.0.0.1');
    for (const [from, to] of [
      [near, far],
      [far, near],
    ] as const) {
      sockets.add(from);
      if (isCut) from.pause();
      from.on('data', (chunk) => void to.write(chunk));
      from.on('error', () => to.destroy());
      from.on('close', () => {
        sockets.delete(from);
        to.destroy();
      });
      if (isCut) from.pause();
    }
  });
  onTestFinished(() => {
    for (const socket of sockets) socket.destroy();
    server.close();
  });
  return new Promise((done) => {
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      const at = typeof address === 'object' && address ? address.port : 0;
      done({
        url: `redis://127.0.0.1:${at}`,
        cut() {
          isCut = true;
          for (const socket of sockets) socket.pause();
        },
        mend() {
          isCut = false;
          for (const socket of sockets) socket.resume();
        },
      });
    });
  });
}
