import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { FAIL_ON } from '../../src/cli/commands/diff.spec.ts';
import { commands } from '../../src/cli/commands.generated.ts';
import { TIERS } from '../../src/model/tiers.ts';
import { act, pullJob, recorder } from './act.ts';
import { calm, risky } from './agents.ts';
import { pullOf } from './git.ts';

const sources = new Map(
  readdirSync('action')
    .filter((name) => name.endsWith('.mjs'))
    .map((name) => [name, readFileSync(join('action', name), 'utf8')]),
);
const load = async (name: string) =>
  (await import(new URL(`../../action/${name}.mjs`, import.meta.url).href)) as Record<string, unknown>;

describe('what the action runs is a closed list', () => {
  test('three lines of stakes, none of which runs or writes anything', async () => {
    const { LINES } = (await load('stakes')) as { LINES: Record<string, string[]> };
    expect(Object.values(LINES).map(([command]) => command)).toEqual(['diff', 'lint', 'generate']);
    expect(LINES.check).toContain('--check');
    const known = commands.map(({ spec }) => spec.name);
    for (const [command] of Object.values(LINES)) expect(known).toContain(command);
  });

  test('children are started in one place, for stakes, git and the build alone', () => {
    for (const [name, text] of sources) {
      expect(/child_process/.test(text), name).toBe(name === 'child.mjs');
      expect(text, name).not.toMatch(/\beval\(|(?<![.\w])exec\w*\(|new Function|\bimport\(/);
    }
    const starts = [...sources]
      .filter(([name]) => name !== 'child.mjs')
      .flatMap(([name, text]) => [...text.matchAll(/\bchild\(env, ([^,]+),/g)].map(([, what]) => `${name}: ${what}`));
    expect(starts.sort()).toEqual(['program.mjs: file', "run.mjs: 'git'", 'stakes.mjs: process.execPath']);
    const verbs = [...sources.values()].flatMap((text) =>
      [...text.matchAll(/git\(\['([\w-]+)'/g)].map(([, verb]) => verb),
    );
    expect(new Set(verbs)).toEqual(new Set(['rev-parse', 'rev-list', 'merge-base', 'ls-files', 'ls-tree']));
  });

  test('nothing of the job reaches stakes but where programs and the home are', async () => {
    const { program, calls } = recorder();
    const pull = pullOf(
      { 'a.agent.yaml': calm('a') },
      { 'a.agent.yaml': risky('a'), '.stakes/a/stakes.lock.json': '{}' },
    );
    const env = {
      NODE_OPTIONS: '--no-warnings',
      GITHUB_TOKEN: 't',
      ACTIONS_ID_TOKEN_REQUEST_TOKEN: 't',
      GIT_DIR: '/nowhere',
      NPM_TOKEN: 't',
    };
    await act(pullJob(pull, 'stranger', { inputs: { PROGRAM: program, TOKEN: 't' }, env }));
    expect(calls().map(({ argv }) => argv[0])).toEqual(['diff', 'lint', 'generate']);
    const kept =
      /^(?:PATH|HOME|LANG|TMPDIR|GIT_CONFIG_(?:COUNT|(?:KEY|VALUE)_\d)|GIT_TERMINAL_PROMPT|NoDefaultCurrentDirectoryInExePath)$/;
    for (const { env: seen } of calls()) expect(Object.keys(seen).filter((name) => !kept.test(name))).toEqual([]);
  });
});

describe('words that the action shares with stakes', () => {
  test('tiers, in their order', () => {
    expect(sources.get('diff.mjs')).toContain(`const TIERS = [${TIERS.map((tier) => `'${tier}'`).join(', ')}];`);
  });

  test('what fails a comparison', async () => {
    expect(sources.get('inputs.mjs')).toContain(`const FAIL_ON = [${FAIL_ON.map((word) => `'${word}'`).join(', ')}];`);
    const { factsOf } = (await load('diff')) as { factsOf: (report: object) => object };
    const none = { agents: [], findings: { new: [] }, ignores: { new: [], wider: [] }, loosened: [], silenced: [] };
    expect(Object.keys(factsOf(none))).toEqual(FAIL_ON);
  });
});
