// What is measured, and against which pass-through. The gate's variants are those that its flags know of.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { openHttp } from './http-client.mjs';
import { folder, gate, hasFlag, ownState, passThrough, server } from './project.mjs';
import { openStdio } from './stdio-client.mjs';

const here = (path) => resolve(import.meta.dirname, path);
const node = process.execPath;
const peer = here('mcp-proxy');
const relay = [node, join(peer, 'stdio.mjs'), ...server];
const httpRelay = (port) => [
  ...[node, join(peer, 'node_modules/mcp-proxy/dist/bin/mcp-proxy.mjs')],
  ...['--host', '127.0.0.1', '--port', String(port), '--server', 'stream', '--', ...server],
];
const httpPass = (port) => [node, here('http-pass-through.mjs'), String(port), ...server];

/** Calls of one round: one after the other, and all at once. */
const QUICK = { calls: 200, many: 2000 };
const SLOW = { calls: 100, many: 500 };
/** Each call waits for the disk. */
const DURABLE = { calls: 20, many: 200 };

const stdio = (name, command, { env, budget, load = QUICK } = {}) => ({
  name,
  base: 'pass-through',
  budget,
  load,
  open: () => openStdio(command, env ?? ownState()),
});
const http = (name, command, tokenFile) => ({
  name,
  base: 'pass-through, HTTP',
  load: SLOW,
  open: () => openHttp(command, ownState(), tokenFile),
});
const token = join(folder, 'client.token');
const listening = (port) => gate(['--listen', `127.0.0.1:${port}`, '--client-token-file', token]);

/** `must` is about the least p50, `atLeast` about the best rate, both as shares of the pass-through's. */
const BUDGET = { must: 2.0, aim: 1.4, atLeast: 0.5 };

export function ways(hasPeer) {
  return [
    stdio('direct', server),
    stdio('pass-through', passThrough),
    ...(hasPeer ? [stdio('mcp-proxy, its relay on pipes', relay)] : []),
    stdio('stakes gate', gate(), { budget: BUDGET }),
    ...(hasFlag('--tokens') ? [stdio('stakes gate --tokens', gate(['--tokens']))] : []),
    stdio('stakes gate --shadow', gate(['--shadow'])),
    stdio('stakes gate --durable', gate(['--durable']), { load: DURABLE }),
    http('pass-through, HTTP', httpPass),
    ...(hasPeer ? [http('mcp-proxy, HTTP', httpRelay)] : []),
    ...(hasFlag('--listen') ? [http('stakes gate --listen', listening, token)] : []),
  ];
}

/** Kept apart, so that `npm ci` stays small; false: it cannot be had, and is left out. */
export function installPeer() {
  if (existsSync(join(peer, 'node_modules/mcp-proxy'))) return true;
  const { status } = spawnSync('npm', ['ci', '--ignore-scripts', '--no-audit', '--no-fund'], {
    cwd: peer,
    stdio: ['ignore', 2, 2],
  });
  return status === 0;
}
