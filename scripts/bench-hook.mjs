// Ratios, not times: the hook of Claude Code and `node -e 0` take turns, and the least of many runs is compared.
import { execFileSync, spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const runs = Number(process.env.BENCH_RUNS ?? 40);
const must = 3;
const root = join(import.meta.dirname, '..');
const folder = mkdtempSync(join(tmpdir(), 'stakes-bench-hook-'));
process.on('exit', () => rmSync(folder, { recursive: true, force: true }));

// Reading a company's certificates costs Node 20 tens of milliseconds at every start and is not ours to measure.
const { NODE_EXTRA_CA_CERTS: _, ...rest } = process.env;
// Beside the project: calls that are counted where an agent may write are refused.
const state = join(folder, 'state');
const env = { ...rest, XDG_STATE_HOME: state };
const bundle = join(folder, 'project/.stakes/pr-steward');
cpSync(join(root, 'examples/.stakes/pr-steward'), bundle, { recursive: true });
let calls = 0;
const input = (tool, session) =>
  JSON.stringify({
    session_id: session,
    hook_event_name: 'PreToolUse',
    tool_name: tool,
    tool_input: { owner: 'o', repo: 'r', path: `file-${calls++}` },
  });

const hook = join(bundle, 'claude-code/hook');
const listed = 'mcp__github__get_file_contents';
const unlisted = 'mcp__github__unlisted';
const cases = {
  'node -e 0': () => execFileSync(process.execPath, ['-e', '0'], { env, stdio: 'ignore' }),
  'hook.sh, a call that is counted': () => counted('sh', `${hook}.sh`),
  'hook.mjs alone, the same': () => counted(process.execPath, `${hook}.mjs`),
  'hook.sh, a call that is not listed': () => refused('sh', `${hook}.sh`),
  'hook.mjs alone, that too': () => refused(process.execPath, `${hook}.mjs`),
};

function counted(command, script) {
  const { status, stderr } = answer(command, script, listed);
  if (status !== 10) throw new Error(`the call was not let through (exit ${status}): ${stderr}`);
  return () => {
    const counters = readdirSync(join(state, 'stakes/counters')).filter((name) => name.endsWith('.json'));
    if (counters.length !== 1) throw new Error('nothing was counted');
  };
}

function refused(command, script) {
  const { status, stderr } = answer(command, script, unlisted);
  if (status !== 2 || !stderr.includes('is not in the policy'))
    throw new Error(`the call was not refused for what it is (exit ${status}): ${stderr}`);
}

function answer(command, script, tool) {
  return spawnSync(command, [script, 'launcher'], { env, input: input(tool, `session-${calls}`), encoding: 'utf8' });
}

const least = Object.fromEntries(Object.keys(cases).map((name) => [name, Number.POSITIVE_INFINITY]));
for (let run = 0; run < runs; run++) {
  for (const [name, start] of Object.entries(cases)) {
    rmSync(state, { recursive: true, force: true });
    const from = process.hrtime.bigint();
    const look = start();
    least[name] = Math.min(least[name], Number(process.hrtime.bigint() - from) / 1e6);
    if (typeof look === 'function') look();
  }
}

console.log(`least of ${runs} interleaved runs, Node ${process.versions.node}; must be at most ${must}`);
for (const [name, ms] of Object.entries(least))
  console.log(`${name.padEnd(60)} ${ms.toFixed(1).padStart(7)} ms  ratio ${(ms / least['node -e 0']).toFixed(2)}`);
process.exitCode = Object.values(least).every((ms) => ms / least['node -e 0'] <= must) ? 0 : 1;
