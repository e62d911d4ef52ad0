// Properties with many cases, and what is killed a hundred times: minutes, not seconds. `--lint`: the properties of the lint
// only. `STAKES_CASES` sets their number; `STAKES_SEED` repeats a run. The last line is JSON.
import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';

const LINT = 'test/properties/lint-';
const args = process.argv.slice(2).filter((arg) => arg !== '--lint');
const { STAKES_CASES: cases, STAKES_SEED: seed } = process.env;
const lintCases = Number(cases ?? 100_000);
if (!Number.isSafeInteger(lintCases) || lintCases < 1) {
  process.stderr.write('STAKES_CASES takes a whole number\n');
  process.exit(2);
}
const folder = mkdtempSync(join(tmpdir(), 'stakes-long-'));

/** A run of vitest with its own tally; what it says is kept for the case that it fails. */
function vitest(name, env, wanted) {
  const tally = join(folder, name);
  const child = spawn(process.execPath, ['node_modules/vitest/vitest.mjs', 'run', ...wanted, ...args], {
    env: { ...process.env, ...env, STAKES_TALLY: tally },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let said = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (said += chunk));
  let told = 0;
  const follow = () => {
    const lines = linesOf(tally);
    for (const { property, cases: ran, failures, seconds } of lines.slice(told))
      console.log(`${name}: ${property}: ${ran} cases, ${failures} failures, ${seconds.toFixed(0)} s`);
    told = lines.length;
  };
  const timer = setInterval(follow, 1000);
  return new Promise((done) => {
    child.on('close', (status) => {
      clearInterval(timer);
      follow();
      if (status !== 0) console.log(said);
      done({ status: status ?? 1, lines: linesOf(tally) });
    });
  });
}

function linesOf(file) {
  try {
    const text = readFileSync(file, 'utf8');
    return text
      .slice(0, text.lastIndexOf('\n') + 1)
      .split('\n')
      .filter(Boolean)
      .map((line) => JSON.parse(line));
  } catch (error) {
    if (error.code === 'ENOENT') return [];
    throw error;
  }
}

/** Each process tries its share of the cases of every property, from a seed of its own. */
function lintRuns() {
  const shares = Math.min(availableParallelism(), 8, lintCases);
  return Array.from({ length: shares }, (_, i) => {
    const env = {
      STAKES_CASES: String(Math.ceil(lintCases / shares)),
      ...(seed === undefined ? {} : { STAKES_SEED: String(Number(seed) + i) }),
    };
    return vitest(`lint ${i + 1} of ${shares}`, env, [LINT, '--maxWorkers=1']);
  });
}

const started = performance.now();
const runs = await Promise.all(lintRuns());
if (!process.argv.includes('--lint')) {
  const rest = [
    'test/properties',
    'test/apply',
    'test/audit',
    'test/gate',
    'test/hook',
    'test/tune',
    `--exclude=${LINT}*`,
  ];
  runs.push(await vitest('the rest', { STAKES_CASES: cases ?? '2000', STAKES_TUNE_RECORDS: '1000000' }, rest));
}
rmSync(folder, { recursive: true });

const properties = new Map();
for (const { property, cases: ran, failures, seconds } of runs.flatMap(({ lines }) => lines)) {
  const sum = properties.get(property) ?? { property, cases: 0, failures: 0, seconds: 0 };
  sum.cases += ran;
  sum.failures += failures;
  sum.seconds = Math.round(sum.seconds + seconds);
  properties.set(property, sum);
}
const sums = [...properties.values()];
const failures = sums.reduce((sum, one) => sum + one.failures, 0);
// A run that counted nothing tried nothing.
const broken = runs.filter(({ status, lines }) => status !== 0 || lines.length === 0).length;
const total = sums.reduce((sum, one) => sum + one.cases, 0);
for (const one of sums) console.log(`${one.cases} cases, ${one.failures} failures, ${one.seconds} s: ${one.property}`);
const seconds = Math.round((performance.now() - started) / 1000);
console.log(JSON.stringify({ properties: sums, cases: total, failures, broken, seconds }));
process.exitCode = failures + broken > 0 ? 1 : 0;
