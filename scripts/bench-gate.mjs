// What the gate costs, as tables: round trips and rates beside a pass-through of thirty lines and `mcp-proxy`, the start, and
// where the time goes. `npm run bench:gate [-- rounds] [--only speed|start|parts] [--functions] [--flag=--tokens]
// [--memory [--calls n]]`
import { availableParallelism, cpus } from 'node:os';
import { parseArgs } from 'node:util';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    only: { type: 'string' },
    memory: { type: 'boolean' },
    calls: { type: 'string' },
    functions: { type: 'boolean' },
    flag: { type: 'string', multiple: true, default: [] },
  },
});
const rounds = wholeNumber(positionals[0] ?? '40', 'rounds');
const calls = wholeNumber(values.calls ?? '1000000', '--calls');
const isWanted = (name) => (values.only === undefined ? values.memory !== true : values.only === name);
if (values.only !== undefined && !['speed', 'start', 'parts'].includes(values.only))
  refuse(`--only takes speed, start or parts, not \`${values.only}\``);

const faults = [];
const model = cpus()[0]?.model.trim() || 'processor unknown';
say(
  `Node ${process.versions.node}, ${process.platform} ${process.arch}, ${availableParallelism()} cores (${model}), ${new Date().toISOString().slice(0, 16)}Z`,
);
if (isWanted('speed')) {
  const { installPeer, ways } = await import('./gate/ways.mjs');
  const { measureSpeed, speedTable } = await import('./gate/speed.mjs');
  const hasPeer = installPeer();
  if (!hasPeer) process.stderr.write('`mcp-proxy` could not be installed and is left out\n');
  const all = ways(hasPeer);
  say(`Least p50 and best rate of ${rounds} interleaved rounds, all processes at once:`);
  show(speedTable(all, await measureSpeed(all, rounds)));
}
if (isWanted('start')) {
  const { measureStart, startTable } = await import('./gate/start.mjs');
  say(`Least of ${rounds} interleaved starts:`);
  show(startTable(await measureStart(rounds)));
}
if (isWanted('parts')) {
  const { functionsTable, measureParts, partsTable } = await import('./gate/parts.mjs');
  const measured = await measureParts(20_000, values.flag);
  const name = ['stakes gate', ...values.flag].join(' ');
  say(`Where the time of \`${name}\` goes, from a CPU profile (each sample adds a little):`);
  show(partsTable(measured));
  if (values.functions === true) show(functionsTable(measured));
}
if (values.memory === true) {
  const { measureMemory, memoryTable } = await import('./gate/memory.mjs');
  say(`Resident memory over ${calls} calls in one session:`);
  show(memoryTable(await measureMemory(calls), calls));
}
for (const fault of faults) process.stderr.write(`${fault}\n`);
process.exitCode = faults.length === 0 ? 0 : 1;

function say(text) {
  process.stdout.write(`${text}\n\n`);
}

function show({ head, rows, faults: missed }) {
  const line = (cells) => `| ${cells.join(' | ')} |`;
  say([line(head), line(head.map((_, i) => (i === 0 ? '---' : '--:'))), ...rows.map(line)].join('\n'));
  faults.push(...missed);
}

function wholeNumber(text, name) {
  const number = Number(text);
  if (!Number.isSafeInteger(number) || number < 1) refuse(`${name} takes a whole number, not \`${text}\``);
  return number;
}

function refuse(text) {
  process.stderr.write(`${text}\n`);
  process.exit(2);
}
