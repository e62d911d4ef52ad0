import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import process from 'node:process';
import { openLog } from '../audit/log.ts';
import { segmentsIn } from '../audit/segments.ts';

// What a question to the records takes, against how many there are: time and memory of `stakes audit query`, as built.
// `npm run bench:query [-- counts…]`

const COUNTS = process.argv.slice(2).map(Number);
const ROUNDS = 3;
const QUERIES = {
  'refused calls': ['--decision', 'deny', '-f', 'csv'],
  'the latest 100': ['--limit', '100', '-f', 'json'],
  'all, as CSV': ['-f', 'csv'],
} as const;
const TOOLS = ['stripe/list_charges', 'stripe/create_refund', 'kb/search', 'mail/send', 'files/read'];

const folder = mkdtempSync(join(tmpdir(), 'stakes-bench-query-'));
// What the process itself has used, which nobody can ask for once it has ended.
const hook = join(folder, 'hook.cjs');
writeFileSync(hook, "process.on('exit', () => require('fs').writeSync(3, JSON.stringify(process.resourceUsage())));");

/** One call is two records: that it was let through or not, and what became of it. */
function logOf(records: number): string {
  const place = join(folder, `log-${records}`);
  const log = openLog({ folder: place, keys: join(folder, 'keys'), origin: 'example.com/bench', durable: false });
  for (let i = 0; i < records / 2; i++) {
    const isRefused = i % 20 === 7;
    const tool = TOOLS[i % TOOLS.length] ?? '';
    const intent = log.intent({
      agent: 'refund-desk',
      tool,
      session: `session-${Math.floor(i / 50)}`,
      arguments: { amount: i, charge: `ch_${i}`, reason: 'requested' },
      record: ['/amount'],
      decision: isRefused ? 'deny' : 'allow',
      rule: isRefused ? 'arguments' : 'allowed',
      reason: isRefused ? `\`${tool}\` is refused: \`/amount\` must be at most 200` : `\`${tool}\` is allowed: bounded`,
      policy: `sha256:${'a'.repeat(64)}`,
      mode: 'enforce',
      approval: null,
      reservedUsd: 0,
    });
    log.outcome({ intent, outcome: isRefused ? 'refused' : 'ok', settledUsd: 0, durationMs: i % 50 });
  }
  log.close();
  return place;
}

interface Taken {
  seconds: number;
  /** Of all cores: what does not depend on what else the machine does. */
  busy: number;
  megabytes: number;
}

function ask(log: string, query: readonly string[]): Taken {
  const started = performance.now();
  const ended = spawnSync(
    process.execPath,
    ['--require', hook, resolve('bin/stakes.js'), 'audit', 'query', log, ...query],
    {
      env: { PATH: process.env.PATH, HOME: folder, NO_COLOR: '1' },
      stdio: ['ignore', 'pipe', 'pipe', 'pipe'],
      maxBuffer: 2 ** 31,
    },
  );
  const seconds = (performance.now() - started) / 1000;
  if (ended.status !== 0) throw new Error(`it ended with ${ended.status}: ${ended.stderr}`);
  const used = JSON.parse(String(ended.output[3])) as NodeJS.ResourceUsage;
  return { seconds, busy: (used.userCPUTime + used.systemCPUTime) / 1e6, megabytes: used.maxRSS / 1024 };
}

const line = (cells: readonly (string | number)[]) => process.stdout.write(`| ${cells.join(' | ')} |\n`);
line(['records', 'MB of records', ...Object.keys(QUERIES).flatMap((name) => [`${name}: s`, 'CPU s', 'MB held'])]);
line(['--:', '--:', ...Object.keys(QUERIES).flatMap(() => ['--:', '--:', '--:'])]);
try {
  for (const count of COUNTS.length > 0 ? COUNTS : [1e4, 1e5, 1e6]) {
    const log = logOf(count);
    const size = segmentsIn(log).reduce((sum, { path }) => sum + statSync(path).size, 0);
    const cells = Object.values(QUERIES).flatMap((query) => {
      const rounds = Array.from({ length: ROUNDS }, () => ask(log, query));
      const least = (of: keyof Taken) => Math.min(...rounds.map((round) => round[of]));
      return [least('seconds').toFixed(2), least('busy').toFixed(2), least('megabytes').toFixed(0)];
    });
    line([count, (size / 1e6).toFixed(0), ...cells]);
    rmSync(log, { recursive: true });
  }
} finally {
  rmSync(folder, { recursive: true });
}
