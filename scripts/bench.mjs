// Ratios, not times: every command is run in turn with `node -e 0`, and the least of many runs is compared.
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';

const runs = Number(process.env.BENCH_RUNS ?? 25);
const folder = mkdtempSync(join(tmpdir(), 'stakes-bench-'));
process.on('exit', () => rmSync(folder, { recursive: true, force: true }));

// Reading a company's certificates costs Node 20 tens of milliseconds at every start and is not ours to measure.
const { NODE_EXTRA_CA_CERTS: _, ...env } = process.env;
const cli = join(import.meta.dirname ?? new URL('.', import.meta.url).pathname, '..', 'bin', 'stakes.js');
const example = join(folder, 'one.agent.yaml');
writeFileSync(example, readFileSync('examples/docs-gardener.agent.yaml'));

/** Forty agents, and in the work tree a change to each of them. */
const many = join(folder, 'many');
mkdirSync(many);
const git = (...args) =>
  execFileSync('git', ['-c', 'user.name=Ada', '-c', 'user.email=ada@example.com', ...args], { cwd: many, env });
const agents = Array.from({ length: 40 }, (_, index) => join(many, `${index}.agent.yaml`));
const text = readFileSync(example, 'utf8');
for (const [index, file] of agents.entries())
  writeFileSync(file, text.replaceAll('docs-gardener', `docs-gardener-${index}`));
git('init', '--quiet', '--initial-branch=main');
git('add', '.');
git('commit', '--quiet', '-m', 'base');
for (const file of agents) writeFileSync(file, readFileSync(file, 'utf8').replace('effect: read', 'effect: write'));

const cases = {
  'node -e 0': ['-e', '0'],
  'stakes --help': [cli, '--help'],
  'stakes lint, one file': [cli, 'lint', example],
  'stakes assess, one file': [cli, 'assess', example],
  'stakes generate --check, one file': [cli, 'generate', '--check', example],
  'stakes lint, 40 files': [cli, 'lint', '--fail-on', 'never', many],
  'stakes diff, 40 files': [cli, 'diff', 'main'],
};
const folders = { 'stakes diff, 40 files': many };
const budgets = {
  'stakes --help': { must: 1.9, aim: 1.5 },
  'stakes lint, one file': { must: 3.2, aim: 2.5 },
  'stakes diff, 40 files': { must: 4, aim: 3, over: 'stakes lint, 40 files' },
};

execFileSync(process.execPath, [cli, 'generate', example], { env, stdio: 'ignore' });
const least = Object.fromEntries(Object.keys(cases).map((name) => [name, Number.POSITIVE_INFINITY]));
for (let run = 0; run < runs; run++) {
  for (const [name, args] of Object.entries(cases)) {
    const start = process.hrtime.bigint();
    execFileSync(process.execPath, args, { env, stdio: 'ignore', cwd: folders[name] });
    least[name] = Math.min(least[name], Number(process.hrtime.bigint() - start) / 1e6);
  }
}

console.log(`least of ${runs} interleaved runs, Node ${process.versions.node}`);
for (const [name, ms] of Object.entries(least)) {
  const budget = budgets[name];
  const over = budget?.over ?? 'node -e 0';
  const ratio = `ratio ${(ms / least[over]).toFixed(2)}${budget?.over ? ` to ${over}` : ''}`;
  const told = budget ? `  (must ${budget.must}, aim ${budget.aim})` : '';
  console.log(`${name.padEnd(36)} ${ms.toFixed(1).padStart(7)} ms  ${ratio}${told}`);
}
