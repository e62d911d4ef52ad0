import { type ClientRequest, Agent as HttpAgent, request as httpRequest, type IncomingMessage } from 'node:http';
import { Agent as HttpsAgent, request as httpsRequest } from 'node:https';

const MOST_SOCKETS = 256;
/** Milliseconds that an idle connection is kept: most servers close theirs a little later, and a call must not meet that. */
const IDLE = 4_000;
/** Milliseconds until there has to be a connection. */
const CONNECT = 30_000;

export interface Sending {
  method: 'POST' | 'GET' | 'DELETE';
  headers: Record<string, string>;
  body?: string;
  /** The server answers. */
  answer(response: IncomingMessage): void;
  /** It does not, and will not. `isSent`: it may have the message. `isOld`: most likely not, as it had hung up meanwhile. */
  failed(error: Error, isSent: boolean, isOld: boolean): void;
}

/** Sends to one server over a few connections. Redirects are answers like any other. */
export interface Transport {
  send(sending: Sending): ClientRequest;
  /** Bytes that wait to be sent. */
  unsent(): number;
  close(): void;
}

export function openTransport(url: URL): Transport {
  const isTls = url.protocol === 'https:';
  const parts = { keepAlive: true, timeout: IDLE, maxSockets: MOST_SOCKETS };
  const agent = isTls ? new HttpsAgent(parts) : new HttpAgent(parts);
  let unsent = 0;
  return {
    send({ method, headers, body = '', answer, failed }) {
      const length = Buffer.byteLength(body);
      const sized = method === 'POST' ? { ...headers, 'content-length': String(length) } : headers;
      const start = isTls ? httpsRequest : httpRequest;
      const sent = start(url, { method, agent, headers: sized });
      let [isSent, isOver, waiting] = [false, false, length];
      unsent += waiting;
      const gone = () => {
        unsent -= waiting;
        waiting = 0;
      };
      sent.on('socket', (socket) => {
        // A connection that was used before is one already.
        if (!socket.connecting) {
          isSent = true;
          return;
        }
        const late = Object.assign(new Error('no connection'), { code: 'ETIMEDOUT' });
        const timer = setTimeout(() => sent.destroy(late), CONNECT);
        socket.once('close', () => clearTimeout(timer));
        socket.once(isTls ? 'secureConnect' : 'connect', () => {
          clearTimeout(timer);
          isSent = true;
        });
      });
      sent.on('finish', gone);
      sent.on('close', gone);
      sent.on('response', (response) => {
        isOver = true;
        answer(response);
      });
      sent.on('error', (error) => {
        if (isOver) return;
        isOver = true;
        failed(error, isSent, sent.reusedSocket);
      });
      sent.end(body);
      return sent;
    },
    unsent: () => unsent,
    close: () => agent.destroy(),
  };
}
