// A client of a server over Streamable HTTP: one POST a call, answered with JSON or with one event.
import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { Agent, request } from 'node:http';
import { createServer } from 'node:net';
import { callOf, folder, initialize } from './project.mjs';

const CONNECTIONS = 64;
/** Milliseconds that a server has to listen. */
const PATIENCE = 20_000;

/** `command` is given the port that it has to listen on; `tokenFile`: where it writes what clients have to show. */
export async function openHttp(command, env, tokenFile) {
  const port = await freePort();
  const [program, ...args] = command(port);
  const child = spawn(program, args, { cwd: folder, env, stdio: ['ignore', 'ignore', 'pipe'] });
  let [id, said, code] = [0, '', undefined];
  child.stderr.on('data', (chunk) => (said = (said + chunk).slice(-2000)));
  child.on('exit', (ended) => (code = ended));
  const agent = new Agent({ keepAlive: true, maxSockets: CONNECTIONS });
  let session = {};
  const post = (message) =>
    new Promise((resolve, reject) => {
      const body = JSON.stringify(message);
      const headers = {
        'content-type': 'application/json',
        'content-length': Buffer.byteLength(body),
        accept: 'application/json, text/event-stream',
        ...session,
      };
      const sent = request({ host: '127.0.0.1', port, path: '/mcp', method: 'POST', agent, headers }, (answer) => {
        let text = '';
        answer.setEncoding('utf8');
        answer.on('data', (chunk) => (text += chunk));
        answer.on('error', reject);
        answer.on('end', () => resolve({ status: answer.statusCode, headers: answer.headers, text }));
      });
      sent.on('error', reject);
      sent.end(body);
    });
  const asked = async (method, params) => {
    const { status, text, headers } = await post({ jsonrpc: '2.0', id: ++id, method, params });
    // An event that carries the answer comes last, after what only keeps the stream open.
    const data = text.startsWith('{') ? text : /^data: ?(\{.*)$/m.exec(text)?.[1];
    const message = data === undefined ? undefined : JSON.parse(data);
    if (status !== 200 || message?.result === undefined || message.result.isError)
      throw new Error(`${method} was answered with ${status}: ${text.slice(0, 500)}`);
    return headers;
  };
  const token = () =>
    tokenFile === undefined ? {} : { authorization: `Bearer ${readFileSync(tokenFile, 'utf8').trim()}` };
  const until = performance.now() + PATIENCE;
  for (;;) {
    try {
      session = token();
      const { 'mcp-session-id': name } = await asked('initialize', initialize);
      Object.assign(
        session,
        { 'mcp-protocol-version': initialize.protocolVersion },
        name && { 'mcp-session-id': name },
      );
      break;
    } catch (error) {
      const isEarly = error.code === 'ECONNREFUSED' || error.code === 'ENOENT';
      if (!isEarly || code !== undefined || performance.now() > until)
        throw new Error(`${program} ${args[0]}: ${error.message} ${said}`);
      await new Promise((wait) => setTimeout(wait, 25));
    }
  }
  await post({ jsonrpc: '2.0', method: 'notifications/initialized' });
  return {
    pid: child.pid,
    call: () => asked('tools/call', callOf(id)),
    end: () =>
      new Promise((done) => {
        agent.destroy();
        child.once('close', done);
        child.kill('SIGTERM');
      }),
  };
}

function freePort() {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.on('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const { port } = probe.address();
      probe.close(() => resolve(port));
    });
  });
}
