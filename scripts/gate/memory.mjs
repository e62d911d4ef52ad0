// A long session: what the process holds after every 100,000 calls.
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { gate, ownState, passThrough } from './project.mjs';
import { openStdio } from './stdio-client.mjs';

const STEPS = 10;
const UNDER_WAY = 500;
/** What a process may hold more at the end than after two steps, when everything has been compiled. */
const MOST_GROWTH = 1.1;

/** Per way: megabytes after each tenth of the calls. */
export async function measureMemory(calls) {
  const held = new Map();
  for (const [name, command] of [
    ['pass-through', passThrough],
    ['stakes gate', gate()],
  ]) {
    const client = await openStdio(command, ownState());
    const sizes = [];
    for (let step = 0; step < STEPS; step++) {
      await run(client.call, calls / STEPS);
      sizes.push(residentMegabytes(client.pid));
      process.stderr.write(`${name}: ${(step + 1) * (calls / STEPS)} calls, ${sizes.at(-1).toFixed(0)} MB\n`);
    }
    await client.end();
    held.set(name, sizes);
  }
  return held;
}

async function run(call, calls) {
  let left = calls;
  const lane = async () => {
    while (left-- > 0) await call();
  };
  await Promise.all(Array.from({ length: UNDER_WAY }, lane));
}

function residentMegabytes(pid) {
  const status = `/proc/${pid}/status`;
  if (existsSync(status)) return Number(/^VmRSS:\s+(\d+) kB$/m.exec(readFileSync(status, 'utf8'))?.[1]) / 1024;
  return Number(execFileSync('ps', ['-o', 'rss=', '-p', String(pid)], { encoding: 'utf8' })) / 1024;
}

export function memoryTable(held, calls) {
  const faults = [];
  const rows = [...held].map(([name, sizes]) => {
    const growth = sizes.at(-1) / sizes[1];
    if (name === 'stakes gate' && growth > MOST_GROWTH)
      faults.push(`memory grew to ${growth.toFixed(2)} times what it was, and at most ${MOST_GROWTH} is flat`);
    return [name, ...sizes.map((size) => size.toFixed(0)), growth.toFixed(2)];
  });
  const steps = Array.from({ length: STEPS }, (_, step) => `${((step + 1) * calls) / STEPS / 1000}k`);
  return { head: ['MB after so many calls', ...steps, 'last ÷ second'], rows, faults };
}
