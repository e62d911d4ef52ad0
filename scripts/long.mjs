// Properties with many cases, and what is killed a hundred times: minutes, not seconds.
import { spawnSync } from 'node:child_process';
import process from 'node:process';

const env = { ...process.env, STAKES_CASES: process.env.STAKES_CASES ?? '2000' };
const vitest = [
  'node_modules/vitest/vitest.mjs',
  'run',
  'test/properties',
  'test/apply',
  'test/hook',
  ...process.argv.slice(2),
];
const { status } = spawnSync(process.execPath, vitest, { env, stdio: 'inherit' });
process.exitCode = status ?? 1;
