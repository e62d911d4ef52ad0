import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { rooted, without } from './annotations.mjs';
import { baseOf } from './base.mjs';
import { bundles } from './bundles.mjs';
import { child } from './child.mjs';
import { diff } from './diff.mjs';
import { eventOf } from './event.mjs';
import { inputsOf } from './inputs.mjs';
import { lint, rootSarif } from './lint.mjs';
import { programOf } from './program.mjs';
import { publish } from './publish.mjs';
import { runnerOf } from './runner.mjs';
import { stakesOf } from './stakes.mjs';
import { shellWord } from './words.mjs';

const MATCHER = fileURLToPath(new URL('problem-matcher.json', import.meta.url));
const OWNERS = ['stakes', 'stakes-note'];
/** The strongest first, as in stakes itself. */
const CODES = [130, 4, 2, 1, 3];

async function main(env, write) {
  const runner = runnerOf(env, write);
  const refuse = ({ wrong, help, said = '' }) => {
    runner.quote('what it said', said);
    runner.say('error', 'stakes', [wrong, ...(help ? [help] : [])].join('\n'));
    runner.summary(`## Stakes did not run\n\n${wrong}${help ? `; ${help}` : ''}\n`);
    return 2;
  };
  const event = eventOf(env);
  if (event.wrong) return refuse(event);
  const inputs = inputsOf(env);
  if (inputs.wrong) return refuse(inputs);
  const git = (args) => {
    const { code, out } = child(env, 'git', ['--no-pager', ...args], { cwd: inputs.cwd });
    return code === 0 ? out : undefined;
  };
  const isPull = event.name === 'pull_request';
  const against = isPull ? baseOf(event, env, inputs.base, git) : {};
  if (against.wrong) return refuse(against);
  const found = programOf(env, inputs, event);
  if (found.wrong) return refuse(found);

  const isTrusting = isPull && (inputs.trust === 'auto' || (inputs.trust === 'forks' && event.isFork));
  const rules = { trust: isTrusting ? against.trust : undefined, name: isPull ? `origin/${event.base.ref}` : '' };
  const reports = mkdtempSync(join(env.RUNNER_TEMP || tmpdir(), 'stakes-'));
  const stakes = stakesOf(env, { ...found, cwd: inputs.cwd, reports });
  const changed = isPull ? diff(stakes, { ...rules, base: against.base }, inputs) : undefined;
  const linted = lint(stakes, rules, inputs);
  // Whoever takes the last manifest away has nothing to lint.
  if (linted.code === 3 && changed && changed.agents > 0) linted.failures = [];
  const checked =
    inputs['check-generated'] === 'true' ? bundles(stakes, git, against.trust) : { failures: [], notes: [], err: '' };

  if (changed) runner.quote('stakes diff', changed.out + changed.err);
  runner.quote('stakes lint', linted.out + linted.err);
  runner.quote('stakes generate --check', checked.err);
  const failures = [...(changed?.failures ?? []), ...linted.failures, ...checked.failures];
  // GitHub draws ten of a kind a step: what to do stands before where.
  for (const { what, mend } of failures.slice(0, 5))
    runner.say('error', 'stakes', `${what}\nmend: ${where(inputs)}${mend}`);
  annotate(runner, { changed, linted }, inputs);
  if (linted.report('sarif')) rootSarif(linted.file('sarif'), linted.report('sarif'), inputs.prefix);
  const code = CODES.find((one) => failures.some((failure) => failure.code === one)) ?? 0;
  await publish(runner, { code, failures, changed, linted, checked, reports }, { env, event, inputs });
  return code;
}

const where = ({ prefix }) => (prefix === '' ? '' : `cd ${shellWord(prefix.slice(0, -1))} && `);

/** One line a place: what the comparison says of a finding stands for the finding. */
function annotate(runner, { changed, linted }, { annotations, prefix }) {
  if (annotations === 'never') return;
  const moved = rooted(changed?.report('github') ?? '', prefix);
  const found = rooted(linted.report('github') ?? '', prefix);
  if (annotations === 'github') return runner.annotate([...moved, ...without(found, moved)]);
  runner.annotate(without(moved, found));
  const compact = rooted(linted.report('compact') ?? '', prefix);
  return runner.match(MATCHER, OWNERS, compact.map((line) => `${line}\n`).join(''));
}

const print = (text) => process.stdout.write(text);
process.exitCode = await main(process.env, print).catch((error) => {
  runnerOf(process.env, print).say('error', 'stakes', `a fault in the action: ${error.message}`);
  return 4;
});
