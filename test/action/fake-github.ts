import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { onTestFinished } from 'vitest';

export interface Comment {
  id: number;
  body: string;
  user: { login: string; type: string };
}

export interface Request {
  method: string;
  url: string;
  authorization: string;
}

export interface GitHub {
  url: string;
  comments: Comment[];
  requests: Request[];
}

/** The issue comments of GitHub's REST API, as documented. `refuses`: a status for what matches. */
export async function gitHub(
  comments: Comment[] = [],
  refuses: (request: Request) => number | 'hang' | undefined = () => undefined,
): Promise<GitHub> {
  const requests: Request[] = [];
  const server = createServer(async (incoming, answer) => {
    const { method = '', url = '' } = incoming;
    const request = { method, url, authorization: incoming.headers.authorization ?? '' };
    requests.push(request);
    const body = await bodyOf(incoming);
    const status = refuses(request);
    if (status === 'hang') return;
    const say = (code: number, value: unknown) => {
      answer.writeHead(code, { 'content-type': 'application/json', location: '/elsewhere' });
      answer.end(JSON.stringify(value));
    };
    if (status !== undefined) return say(status, { message: 'Resource not accessible by integration' });
    const path = new URL(url, 'http://localhost');
    const own = /^\/api\/v3\/repos\/acme\/agents\/issues\/(?:7\/comments|comments\/(\d+))$/.exec(path.pathname);
    if (!own) return say(404, { message: 'Not Found' });
    if (method === 'GET') {
      const [size, page] = ['per_page', 'page'].map((name) => Number(path.searchParams.get(name)));
      return say(200, comments.slice(((page ?? 1) - 1) * (size ?? 30), (page ?? 1) * (size ?? 30)));
    }
    if (method === 'POST') {
      const made = { id: comments.length + 100, body, user: { login: 'github-actions[bot]', type: 'Bot' } };
      comments.push(made);
      return say(201, made);
    }
    const changed = comments.find(({ id }) => id === Number(own[1]));
    if (!changed) return say(404, { message: 'Not Found' });
    changed.body = body;
    return say(200, changed);
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/api/v3`, comments, requests };
}

async function bodyOf(incoming: IncomingMessage): Promise<string> {
  let text = '';
  for await (const chunk of incoming.setEncoding('utf8')) text += chunk;
  return text === '' ? '' : (JSON.parse(text) as { body: string }).body;
}
