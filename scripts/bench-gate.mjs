// What the gate costs: the round trip of a call over stdio, and calls a second when many are under way, for a server alone,
// behind a proxy that judges nothing, and behind the gate. All run at once, and the rounds take turns: the least p50 of many
// short rounds stands, because a busy machine only ever adds to it.
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

const rounds = Number(process.argv[2] ?? 40);
const CALLS = 200;
const MANY = 2000;
const here = (path) => resolve(import.meta.dirname, path);
const work = mkdtempSync(join(tmpdir(), 'stakes-bench-gate-'));
process.on('exit', () => rmSync(work, { recursive: true, force: true }));

const server = [process.execPath, here('gate/server.mjs')];
const manifest = `schemaVersion: 1
agent: { id: bench }
data: { charges: { classification: internal } }
inputs: { untrusted: false }
mcpServers: { pay: { command: ${JSON.stringify(server[0])}, args: [${JSON.stringify(server[1])}] } }
tools:
  pay/list_charges:
    effect: read
    data: [charges]
    egress: none
    access: allow
    arguments: { type: object, required: [customer], properties: { customer: { type: string, maxLength: 40 }, limit: { type: integer, maximum: 100 } }, additionalProperties: false }
limits: { callsPerMinute: 100000000, repeatsPerCall: 100000000 }
`;
writeFileSync(join(work, 'bench.agent.yaml'), manifest);
const stakes = here('../bin/stakes.js');
const env = { ...process.env, XDG_STATE_HOME: join(work, 'state') };
await new Promise((done, fail) =>
  spawn(process.execPath, [stakes, 'generate', 'bench.agent.yaml', '-t', 'policy'], {
    cwd: work,
    env,
    stdio: ['ignore', 'ignore', 'inherit'],
  }).on('exit', (code) => (code === 0 ? done() : fail(new Error(`generate ended with ${code}`)))),
);

const gate = [process.execPath, stakes, 'gate', '-p', join(work, '.stakes/bench'), '--'];
const ways = {
  direct: server,
  'pass-through': [process.execPath, here('gate/pass-through.mjs'), ...server],
  gate: [...gate, ...server],
};

/** A client of one way: as many calls at once as it is told. */
function open([command, ...args]) {
  const child = spawn(command, args, { cwd: work, env, stdio: ['pipe', 'pipe', 'ignore'] });
  const waiting = new Map();
  let [id, rest] = [0, ''];
  child.stdout.setEncoding('utf8');
  child.stdout.on('data', (chunk) => {
    const lines = (rest + chunk).split('\n');
    rest = lines.pop();
    for (const line of lines) {
      const message = JSON.parse(line);
      if (message.error || message.result?.isError) throw new Error(line);
      waiting.get(message.id)?.();
      waiting.delete(message.id);
    }
  });
  const request = (method, params) =>
    new Promise((done) => {
      waiting.set(++id, done);
      child.stdin.write(`${JSON.stringify({ jsonrpc: '2.0', id, method, params })}\n`);
    });
  const call = () => request('tools/call', { name: 'list_charges', arguments: { customer: `cus_${id}`, limit: 3 } });
  return { call, request, end: () => child.stdin.end(), pid: child.pid };
}

const clients = Object.fromEntries(Object.entries(ways).map(([name, way]) => [name, open(way)]));
for (const { request } of Object.values(clients))
  await request('initialize', {
    protocolVersion: '2025-11-25',
    capabilities: {},
    clientInfo: { name: 'bench', version: '1' },
  });

const least = Object.fromEntries(Object.keys(ways).map((name) => [name, { p50: Infinity, p99: Infinity, rate: 0 }]));
for (let round = 0; round < rounds; round++) {
  for (const [name, { call }] of Object.entries(clients)) {
    const times = [];
    for (let i = 0; i < CALLS; i++) {
      const start = performance.now();
      await call();
      times.push(performance.now() - start);
    }
    times.sort((a, b) => a - b);
    const best = least[name];
    best.p50 = Math.min(best.p50, times[CALLS >> 1]);
    best.p99 = Math.min(best.p99, times[Math.floor(CALLS * 0.99)]);
    const start = performance.now();
    await Promise.all(Array.from({ length: MANY }, call));
    best.rate = Math.max(best.rate, MANY / ((performance.now() - start) / 1000));
  }
}
for (const { end } of Object.values(clients)) end();

const base = least['pass-through'];
process.stdout.write(
  '| way | p50 µs | p99 µs | calls a second | p50 ÷ pass-through | rate ÷ pass-through |\n|---|---|---|---|---|---|\n',
);
for (const [name, { p50, p99, rate }] of Object.entries(least))
  process.stdout.write(
    `| ${name} | ${(p50 * 1000).toFixed(0)} | ${(p99 * 1000).toFixed(0)} | ${rate.toFixed(0)} | ${(p50 / base.p50).toFixed(2)} | ${(rate / base.rate).toFixed(2)} |\n`,
  );
