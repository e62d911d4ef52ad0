// Proves the generated files on the real engines. An engine that cannot run is an outcome of its own, never a pass.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { engines, here, installPrograms, obstacles } from './engines.mjs';
import { tables } from './tables.mjs';

const vitest = join(here, '../../node_modules/vitest/vitest.mjs');
const tsc = join(here, '../../node_modules/typescript/bin/tsc');

function main() {
  const options = readOptions();
  if (options === undefined) return 2;
  if (!existsSync(vitest)) {
    console.error('vitest is not here; run `npm ci` in the root of the repository');
    return finish([], { passed: 0, failed: 0 });
  }
  const chosen = testFiles().filter((file) => isWanted(engineOf(file), options));
  const files = options.smoke === true ? chosen.filter((file) => !FULL_ONLY.test(file)) : chosen;
  if (files.length < chosen.length) {
    const left = chosen.filter((file) => !files.includes(file)).sort();
    console.log(`left to the full run, for time: ${left.join(', ')}`);
  }
  const wanted = engines.filter((engine) => files.some((file) => engineOf(file) === engine.name));
  const places = [here, ...wanted.map(({ folder }) => folder).filter(hasPackages)];
  // Each is tried; what is missing afterwards is named with its engine.
  const installed = places.map(installPackages);
  if (installed.every(Boolean) && !typesHold()) return finish([], { passed: 0, failed: 1 });
  installPrograms([...new Set(wanted.flatMap((engine) => engine.programs))]);
  const unproven = wanted.map((engine) => [engine.name, obstacles(engine)]).filter(([, why]) => why !== '');
  const runnable = files.filter((file) => !unproven.some(([name]) => name === engineOf(file)));
  if (runnable.length === 0) return finish(unproven, { passed: 0, failed: 0 });
  const { passed, failed, ran } = runTests(runnable, options.smoke === true);
  const idle = wanted.filter(({ name }) => !ran.includes(name) && !unproven.some(([other]) => other === name));
  return finish([...unproven, ...idle.map(({ name }) => [name, 'none of its tests ran'])], { passed, failed });
}

/** Each path of failure, each guard, each cap and each way to start by itself, and tables of all: minutes, where a smoke run has few. */
const FULL_ONLY =
  /-table\.test\.ts$|\.(?:approvals|caps|hook-failures|fail-open|faults|generated|harness|http|launcher|loss|tutorial|whole)\.test\.ts$/;

function readOptions() {
  const names = [...new Set(testFiles().map(engineOf))];
  try {
    const { values } = parseArgs({ options: { smoke: { type: 'boolean' }, only: { type: 'string' } } });
    if (values.only === undefined || names.includes(values.only)) return values;
    console.error(`no engine \`${values.only}\`; there are ${names.join(', ')}`);
  } catch (error) {
    console.error(error.message);
  }
  return undefined;
}

function isWanted(name, { only, smoke }) {
  if (only !== undefined) return name === only;
  return smoke !== true || (engines.find((engine) => engine.name === name)?.smoke ?? true);
}

function testFiles() {
  const inside = (path) => !path.split(/[\\/]/).includes('node_modules');
  return readdirSync(here, { recursive: true }).filter((path) => path.endsWith('.test.ts') && inside(path));
}

function engineOf(file) {
  return file.split(/[\\/]/).at(-1).split('.')[0];
}

const hasPackages = (folder) => folder !== undefined && existsSync(join(folder, 'package-lock.json'));

/** The lock file's digest is kept beside the packages, because npm itself cannot say that an install is current; false: it failed. */
function installPackages(folder) {
  const stamp = join(folder, 'node_modules/.lock-digest');
  const digest = createHash('sha256')
    .update(readFileSync(join(folder, 'package-lock.json')))
    .digest('hex');
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === digest) return true;
  const npm = spawnSync('npm', ['ci', '--ignore-scripts', '--no-audit', '--no-fund'], {
    cwd: folder,
    stdio: ['ignore', 2, 2],
  });
  if (npm.status === 0) writeFileSync(stamp, digest);
  return npm.status === 0;
}

/** Here and not with the other checks: the engines' own types come with their packages, and only with those. */
function typesHold() {
  const absent = engines
    .map(({ folder }) => folder)
    .filter((folder) => hasPackages(folder) && !existsSync(join(folder, 'node_modules')));
  const scratch = mkdtempSync(join(tmpdir(), 'stakes-engines-types-'));
  const config = {
    extends: join(here, 'tsconfig.json'),
    compilerOptions: { typeRoots: [join(here, '../../node_modules/@types')] },
    include: [here],
    exclude: [join(here, '**/node_modules'), ...absent],
  };
  try {
    const file = join(scratch, 'tsconfig.json');
    writeFileSync(file, JSON.stringify(config));
    return spawnSync(process.execPath, [tsc, '-p', file], { stdio: ['ignore', 2, 2] }).status === 0;
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
}

function runTests(files, smoke) {
  const folder = mkdtempSync(join(tmpdir(), 'stakes-engines-run-'));
  const report = join(folder, 'report.json');
  const args = [vitest, 'run', '--config', join(here, 'vitest.config.ts'), '--reporter=default', '--reporter=json'];
  // Not as arguments: those are matched as parts of a path.
  const figures = join(folder, 'figures.jsonl');
  const env = {
    ...process.env,
    STAKES_SMOKE: smoke ? '1' : '',
    STAKES_TEST_FILES: files.join('\n'),
    STAKES_FIGURES: figures,
  };
  try {
    const run = spawnSync(process.execPath, [...args, `--outputFile=${report}`], { env, stdio: ['ignore', 1, 2] });
    console.log(tables(figures));
    if (!existsSync(report)) return { passed: 0, failed: 1, ran: files.map(engineOf) };
    const { numPassedTests: passed, numFailedTests, testResults } = JSON.parse(readFileSync(report, 'utf8'));
    // A file that does not load fails without a single failed test in it.
    const broken = testResults.filter((file) => file.status === 'failed' && file.assertionResults.length === 0);
    const alive = testResults.filter((file) => file.assertionResults.some((test) => test.status !== 'skipped'));
    const failed = numFailedTests + broken.length;
    return {
      passed,
      failed: run.status === 0 ? failed : Math.max(failed, 1),
      ran: [...broken, ...alive].map((file) => engineOf(file.name)),
    };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function finish(unproven, { passed, failed }) {
  for (const [name, why] of unproven) console.log(`not proven: ${name}: ${why}`);
  console.log(`${passed} passed, ${failed} failed`);
  if (failed > 0) return 1;
  if (passed === 0) return 3;
  return unproven.length > 0 ? 1 : 0;
}

process.exitCode = main();
