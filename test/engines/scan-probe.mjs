// A server that lists, as tools, what it could do where it was started: files to write, files to read, a host.
import { readFileSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { createInterface } from 'node:readline';

const [secret, port] = process.argv.slice(2);
const could = [];
const attempt = (name, deed) => {
  try {
    deed();
    could.push(name);
  } catch {
    // It could not.
  }
};
attempt('write_project', () => writeFileSync('left-behind', ''));
attempt('write_home', () => writeFileSync(`${process.env.HOME}/cache`, ''));
attempt('read_project', () => readFileSync('.mcp.json'));
attempt('read_secret', () => readFileSync(secret));
await new Promise((resolve) => {
  const socket = connect(Number(port), '127.0.0.1', () => {
    could.push('reach_host');
    resolve(socket.destroy());
  });
  socket.on('error', resolve);
});

const send = (body) => process.stdout.write(`${JSON.stringify({ jsonrpc: '2.0', ...body })}\n`);
const serverInfo = { name: 'probe', version: '1' };
const results = {
  initialize: { protocolVersion: '2025-11-25', capabilities: { tools: {} }, serverInfo },
  'tools/list': { tools: could.map((name) => ({ name, inputSchema: { type: 'object' } })) },
};
createInterface({ input: process.stdin }).on('line', (line) => {
  const { id, method } = JSON.parse(line);
  if (id === undefined) return;
  send(results[method] ? { id, result: results[method] } : { id, error: { code: -32601, message: 'no such method' } });
});
