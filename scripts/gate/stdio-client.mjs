// A client of a server on pipes: as many calls at once as it is told.
import { spawn } from 'node:child_process';
import { callOf, folder, initialize } from './project.mjs';

/** Resolves once the server has said who it is. */
export async function openStdio([command, ...args], env) {
  const child = spawn(command, args, { cwd: folder, env, stdio: ['pipe', 'pipe', 'pipe'] });
  const waiting = new Map();
  let [id, rest, said] = [0, '', ''];
  // What it says while it runs must not fill a pipe that nobody empties.
  child.stderr.on('data', (chunk) => (said = (said + chunk).slice(-2000)));
  child.stdout.setEncoding('utf8');
  child.stdout.on('data', (chunk) => {
    const lines = (rest + chunk).split('\n');
    rest = lines.pop();
    for (const line of lines) {
      const message = JSON.parse(line);
      const done = waiting.get(message.id);
      waiting.delete(message.id);
      if (message.error || message.result?.isError) done?.reject(new Error(line));
      else done?.resolve(message.result);
    }
  });
  child.on('close', (code) => {
    for (const { reject } of waiting.values()) reject(new Error(`it ended (${code}): ${said}`));
  });
  const request = (method, params) =>
    new Promise((resolve, reject) => {
      waiting.set(++id, { resolve, reject });
      child.stdin.write(`${JSON.stringify({ jsonrpc: '2.0', id, method, params })}\n`);
    });
  await request('initialize', initialize);
  child.stdin.write(`${JSON.stringify({ jsonrpc: '2.0', method: 'notifications/initialized' })}\n`);
  return {
    pid: child.pid,
    call: () => request('tools/call', callOf(id)),
    end: () =>
      new Promise((done) => {
        child.once('close', done);
        child.stdin.end();
      }),
  };
}
