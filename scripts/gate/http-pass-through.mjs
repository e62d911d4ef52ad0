// The same over HTTP: each POST is read, written to the server on its pipes, and answered with what comes back.
import { spawn } from 'node:child_process';
import { createServer } from 'node:http';

const [port, command, ...args] = process.argv.slice(2);
const child = spawn(command, args, { stdio: ['pipe', 'pipe', 'inherit'] });
const waiting = new Map();
let rest = '';
child.stdout.setEncoding('utf8');
child.stdout.on('data', (chunk) => {
  const lines = (rest + chunk).split('\n');
  rest = lines.pop();
  for (const line of lines) {
    const message = JSON.parse(line);
    waiting.get(message.id)?.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(message));
    waiting.delete(message.id);
  }
});
createServer((request, response) => {
  let text = '';
  request.setEncoding('utf8');
  request.on('data', (chunk) => (text += chunk));
  request.on('end', () => {
    const message = JSON.parse(text);
    if (message.id === undefined) response.writeHead(202).end();
    else waiting.set(message.id, response);
    child.stdin.write(`${JSON.stringify(message)}\n`);
  });
}).listen(Number(port), '127.0.0.1');
process.on('SIGTERM', () => child.stdin.end());
child.on('exit', (code) => process.exit(code ?? 1));
