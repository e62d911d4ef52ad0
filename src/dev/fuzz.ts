// Mistyped, cut and shuffled manifests through everything that reads them: `node scripts/run.mjs src/dev/fuzz.ts --cases 1000 --seed 7`.
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { assess } from '../assess/assess.ts';
import { planBundle } from '../bundle/plan.ts';
import { findingsOf } from '../lint/run.ts';
import { createLoader } from '../manifest/load.ts';
import { buildPolicy } from '../policy/build.ts';
import { plainPaint } from '../report/context.ts';
import { renderProblems } from '../report/problems.ts';
import { rules } from '../rules/registry.generated.ts';
import { decode } from '../source/read.ts';
import { targets } from '../targets/registry.generated.ts';
import { diceOf, mutate } from './mutate.ts';

const FOLDER = 'examples';
const SLOW = 1000;
/** Failures that are written to `out/fuzz`; more would only repeat them. */
const KEPT = 20;

const { values: options } = parseArgs({
  options: { cases: { type: 'string', default: '100000' }, seed: { type: 'string', default: '1' } },
});
const cases = Number(options.cases);
const seed = Number(options.seed);
if (!Number.isSafeInteger(cases) || cases < 1 || !Number.isSafeInteger(seed)) {
  process.stderr.write('--cases and --seed take whole numbers\n');
  process.exit(2);
}

const texts = readdirSync(FOLDER)
  .filter((name) => name.endsWith('.agent.yaml'))
  .sort()
  .map((name) => readFileSync(`${FOLDER}/${name}`, 'utf8'));

const counts: Record<string, number> = {};
let failures = 0;
let slowest = 0;
const started = performance.now();
for (let number = 0; number < cases; number++) {
  const bytes = mutate(texts, diceOf(seed * 1_000_003 + number));
  const { outcome, failure } = outcomeOf(bytes, number);
  counts[outcome] = (counts[outcome] ?? 0) + 1;
  if (failure !== undefined) keep(bytes, number, failure);
  if ((number + 1) % 10_000 === 0) process.stderr.write(`${number + 1} cases\n`);
}
const seconds = (performance.now() - started) / 1000;
const told = Object.entries(counts).sort((a, b) => b[1] - a[1]);
process.stdout.write(
  [
    `${cases} cases from seed ${seed} in ${seconds.toFixed(0)} s, ${(cases / seconds).toFixed(0)} a second`,
    ...told.map(([outcome, count]) => `${String(count).padStart(8)}  ${outcome}`),
    `slowest: ${slowest.toFixed(0)} ms`,
    failures === 0 ? 'no failure' : `${failures} failures, the first of them in out/fuzz`,
    '',
  ].join('\n'),
);
process.exitCode = failures === 0 ? 0 : 1;

function outcomeOf(bytes: Uint8Array, number: number): { outcome: string; failure?: string } {
  let outcome = 'crash';
  try {
    const begun = performance.now();
    outcome = read(bytes, number);
    let took = performance.now() - begun;
    if (took > SLOW) {
      // A busy machine makes anything slow once.
      const again = performance.now();
      read(bytes, number);
      took = Math.min(took, performance.now() - again);
    }
    slowest = Math.max(slowest, took);
    return took > SLOW ? { outcome, failure: `took ${took.toFixed(0)} ms` } : { outcome };
  } catch (error) {
    return { outcome, failure: error instanceof Error ? (error.stack ?? error.message) : String(error) };
  }
}

/** One text through all of it; the outcome is the first thing that is wrong with it, or `ok`. */
function read(bytes: Uint8Array, number: number): string {
  const loader = createLoader({ cwd: FOLDER, root: FOLDER });
  const text = decode(bytes, '<stdin>');
  const loaded = text.state === 'ok' ? loader.loadText('<stdin>', text.value) : text;
  if (loaded.state !== 'ok') {
    const shown = renderProblems(loaded.problems, { paint: plainPaint, columns: 80, texts: loader.texts });
    if (loaded.problems.length === 0) throw new Error('refused without a word');
    if (
      /\bundefined\b|\[object|\bNaN:/.test(
        loaded.problems
          .map(({ message }) => message)
          .join('\n')
          .replace(/`[^`]*`/g, ''),
      )
    )
      throw new Error(`a message with a hole in it:\n${shown}`);
    return loaded.problems[0]?.code ?? 'refused';
  }
  findingsOf(loaded.value, rules);
  for (const agent of loaded.value) {
    const assessment = assess(agent);
    const policy = buildPolicy(agent, assessment);
    if (policy.state === 'ok' && number % 10 === 0) planBundle(assessment, policy.value, targets);
  }
  return 'ok';
}

function keep(bytes: Uint8Array, number: number, failure: string): void {
  failures++;
  if (failures > KEPT) return;
  mkdirSync('out/fuzz', { recursive: true });
  const path = `out/fuzz/${seed}-${number}`;
  writeFileSync(`${path}.yaml`, bytes);
  writeFileSync(`${path}.txt`, `${failure}\n`);
  process.stderr.write(`${path}.yaml: ${failure.split('\n')[0]}\n`);
}
