// Where the gate's time goes: a CPU profile of it while it is called, each sample counted for the part of the source that it
// was in or that asked for what it was in. Nothing of this is in the program: it is bundled again, so that its parts have names.
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { build } from 'esbuild';
import { bundleOptions, entryPoints, gateAlone } from '../bundle.mjs';
import { folder, gate, ownState } from './project.mjs';
import { openStdio } from './stdio-client.mjs';

/** The first that fits a file of the source. */
const PARTS = [
  ['write the record', /audit\/file/],
  ['sign', /audit\/(signing-key|verifier-key|checkpoint)/],
  ['chain and tree of hashes', /audit\/(hash|tree)/],
  ['digest of the arguments', /audit\/canonical|canonicalize/],
  ['make the record', /audit\/|gate\/records/],
  ['ledger', /gate\/ledger/],
  ['decide', /enforce\//],
  ['tokens', /gate\/token|jose\//],
  ['pins', /gate\/pin/],
  ['approvals', /gate\/approve/],
  ['policy in force', /gate\/in-force/],
  ['is the call unambiguous', /gate\/exact/],
  ['read the message', /gate\/(message|judge)/],
  ['the pipes', /gate\/(stdio|lines|relay|sides|http)/],
  ['sessions and answers', /gate\//],
  ['the rest of stakes', /^/],
];
const WARM_UP = 10_000;
const UNDER_WAY = 200;
/** Stretches of the run; the one that took least stands. */
const STRETCHES = 5;

/** Microseconds a call of each part and of each function. */
export async function measureParts(calls, flags = []) {
  const program = await readable();
  const one = await profiled(program, flags, calls, 1);
  const many = await profiled(program, flags, calls, UNDER_WAY);
  return { one, many };
}

/** The program as one file with its names, and of each of its lines the file that it came from. */
async function readable() {
  const file = join(folder, 'parts/stakes.cjs');
  await build({
    ...bundleOptions,
    entryPoints: [resolve(import.meta.dirname, '../..', entryPoints.cli)],
    absWorkingDir: resolve(import.meta.dirname, '../..'),
    outfile: file,
    splitting: false,
    minify: false,
    format: 'cjs',
    logLevel: 'error',
    plugins: [...bundleOptions.plugins, gateAlone],
  });
  let source = '';
  const sources = readFileSync(file, 'utf8')
    .split('\n')
    .map((line) => {
      source = /^ *\/\/ ((?:src|node_modules)\/\S+|light:\S+)$/.exec(line)?.[1] ?? source;
      return source;
    });
  const start = join(folder, 'parts/start.cjs');
  writeFileSync(start, `require('./stakes.cjs').runProcess();\n`);
  return { file, start, sources };
}

let profiles = 0;

async function profiled({ file, start, sources }, flags, calls, lanes) {
  const out = join(folder, `parts/profile-${++profiles}`);
  mkdirSync(out, { recursive: true });
  const node = [process.execPath, '--cpu-prof', '--cpu-prof-interval', '100', '--cpu-prof-dir', out, start];
  const client = await openStdio(gate(flags, node), ownState());
  let left = 0;
  const lane = async () => {
    while (left-- > 0) await client.call();
  };
  const run = (count) => {
    left = count;
    return Promise.all(Array.from({ length: lanes }, lane));
  };
  await run(WARM_UP);
  const stretches = [];
  for (let i = 0; i < STRETCHES; i++) {
    // The profile's clock is this one: both are the machine's own.
    const from = micros();
    await run(calls / STRETCHES);
    stretches.push({ from, to: micros() });
  }
  await client.end();
  const [name] = readdirSync(out);
  const profile = JSON.parse(readFileSync(join(out, name), 'utf8'));
  const all = stretches.map((at) => summed(profile, { file, sources, ...at, calls: calls / STRETCHES }));
  return all.reduce((a, b) => (busyIn(b) < busyIn(a) ? b : a));
}

const micros = () => Number(process.hrtime.bigint() / 1000n);

function summed({ nodes, samples, timeDeltas, startTime }, { file, sources, from, to, calls }) {
  const byId = new Map(nodes.map((node) => [node.id, node]));
  const parents = new Map(nodes.flatMap(({ id, children = [] }) => children.map((child) => [child, id])));
  const sourceOf = ({ callFrame: { url, lineNumber } }) =>
    url.endsWith(file) ? (sources[lineNumber] ?? '') : undefined;
  const partOf = (id) => {
    const { functionName } = byId.get(id).callFrame;
    if (functionName === '(idle)') return { part: WAITING, where: '' };
    if (functionName === '(garbage collector)') return { part: 'collect garbage', where: '' };
    if (functionName === '(program)') return { part: "Node's own, outside of JavaScript", where: '' };
    let inner = '';
    for (let at = id; at !== undefined; at = parents.get(at)) {
      const node = byId.get(at);
      const source = sourceOf(node);
      if (source === undefined || source.startsWith('light:')) {
        inner ||= node.callFrame.functionName;
        continue;
      }
      const [part] = PARTS.find(([, pattern]) => pattern.test(source));
      const asked = inner === '' ? '' : ` → ${inner}`;
      return { part, where: `${node.callFrame.functionName || '(top)'}${asked} (${source})` };
    }
    return { part: "Node's own: pipes and timers", where: inner };
  };
  const places = new Map(nodes.map(({ id }) => [id, partOf(id)]));
  const [parts, functions] = [new Map(), new Map()];
  let time = startTime;
  for (const [i, id] of samples.entries()) {
    time += timeDeltas[i];
    if (time < from || time > to) continue;
    const { part, where } = places.get(id);
    // A sample stands for the time until the next one.
    const took = (timeDeltas[i + 1] ?? 0) / calls;
    parts.set(part, (parts.get(part) ?? 0) + took);
    if (where !== '') functions.set(where, (functions.get(where) ?? 0) + took);
  }
  return { parts, functions };
}

const WAITING = 'waiting';
const of = ({ parts }, name) => parts.get(name) ?? 0;
const busyIn = ({ parts }) => [...parts].reduce((sum, [name, took]) => (name === WAITING ? sum : sum + took), 0);

export function partsTable({ one, many }) {
  const names = [...new Set([...many.parts.keys(), ...one.parts.keys()])].filter((name) => name !== WAITING);
  const rows = names
    .sort((a, b) => of(many, b) - of(many, a))
    .map((name) => [
      name,
      of(one, name).toFixed(1),
      of(many, name).toFixed(1),
      `${((100 * of(many, name)) / busyIn(many)).toFixed(0)} %`,
    ]);
  rows.push(['together', busyIn(one).toFixed(1), busyIn(many).toFixed(1), '100 %']);
  const head = ['part of the gate', 'µs a call, one at a time', `µs a call, ${UNDER_WAY} under way`, 'share'];
  return { head, rows, faults: [] };
}

/** Those that took most while many calls were under way. */
export function functionsTable({ one, many }, most = 25) {
  const rows = [...many.functions]
    .sort(([, a], [, b]) => b - a)
    .slice(0, most)
    .map(([name, micros]) => [`\`${name}\``, (one.functions.get(name) ?? 0).toFixed(2), micros.toFixed(2)]);
  return { head: ['function', 'µs, one at a time', `µs, ${UNDER_WAY} under way`], rows, faults: [] };
}
