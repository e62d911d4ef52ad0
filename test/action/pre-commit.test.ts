import { execFileSync, spawnSync } from 'node:child_process';
import { cpSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Ajv from 'ajv';
import { expect, test } from 'vitest';
import { CONFIG_FILES } from '../../src/config/find.ts';
import { BASELINE_FILE } from '../../src/lint/baseline.ts';
import { folderWith } from '../cli/fake-io.ts';
import { calm, risky } from './agents.ts';
import { git } from './git.ts';
import { yamlFile } from './yaml.ts';

const version = spawnSync('pre-commit', ['--version'], { encoding: 'utf8' });
const reason = version.error ? 'pre-commit is not on this machine (pipx install pre-commit, or apt-get)' : '';
if (reason !== '') console.warn(`the hooks are not run by pre-commit itself: ${reason}`);

interface Hook {
  id: string;
  entry: string;
  files: string;
}
const hooks = yamlFile('.pre-commit-hooks.yaml') as Hook[];

const text = { type: 'string', minLength: 1 };
/** What the documentation of pre-commit says of a hook. */
const SCHEMA = {
  type: 'array',
  minItems: 1,
  items: {
    type: 'object',
    required: ['id', 'name', 'entry', 'language'],
    additionalProperties: false,
    properties: {
      ...{ id: text, name: text, entry: text, files: text, exclude: text, description: text },
      language: { const: 'node' },
      args: { type: 'array', items: text },
      pass_filenames: { type: 'boolean' },
      always_run: { type: 'boolean' },
      require_serial: { type: 'boolean' },
      stages: { type: 'array', items: { enum: ['pre-commit', 'pre-push', 'manual'] } },
    },
  },
};

test('has the form that pre-commit takes', () => {
  const validate = new Ajv({ strict: false }).compile(SCHEMA);
  expect(validate(hooks), JSON.stringify(validate.errors)).toBe(true);
  expect(hooks.map(({ id, entry }) => [id, entry])).toEqual([
    ['stakes-lint', 'stakes lint'],
    ['stakes-generate-check', 'stakes generate --check'],
  ]);
});

test('runs when something changes that it judges, and only then', () => {
  const [lint, check] = hooks.map(({ files }) => new RegExp(files));
  const both = [
    'agent.yaml',
    'a.agent.yaml',
    'b/c d.agent.yml',
    'x/agent.json',
    ...CONFIG_FILES,
    ...CONFIG_FILES.map((name) => `a/${name}`),
  ];
  for (const path of both) for (const files of [lint, check]) expect(files?.test(path), path).toBe(true);
  for (const path of [
    'agents.yaml',
    'myagent.yaml',
    'agent.yaml.md',
    'agent.yaml/x',
    'stakes.config.toml',
    'src/agent.ts',
  ])
    for (const files of [lint, check]) expect(files?.test(path), path).toBe(false);
  expect([lint, check].map((files) => files?.test(`a/${BASELINE_FILE}`))).toEqual([true, false]);
  expect([lint, check].map((files) => files?.test('a/.stakes/x/policy.json'))).toEqual([false, true]);
});

/** Stakes as a repository that needs no build: the hooks, the program, and nothing to install. */
function released(): string {
  const folder = folderWith();
  for (const path of ['bin', 'dist', '.pre-commit-hooks.yaml']) cpSync(path, join(folder, path), { recursive: true });
  const {
    name,
    version: of,
    type,
    bin,
    engines,
  } = JSON.parse(readFileSync('package.json', 'utf8')) as Record<string, unknown>;
  writeFileSync(join(folder, 'package.json'), JSON.stringify({ name, version: of, type, bin, engines }));
  commitAll(folder);
  return folder;
}

function commitAll(folder: string): void {
  git(folder, 'init', '--quiet');
  git(folder, 'add', '--all', '--force');
  git(folder, 'commit', '--quiet', '--message', 'x');
}

test.skipIf(reason !== '')('pre-commit itself takes the file', () => {
  execFileSync('pre-commit', ['validate-manifest', '.pre-commit-hooks.yaml']);
});

test.skipIf(reason !== '')('pre-commit itself installs and runs them', () => {
  const hooksAt = released();
  const folder = folderWith({ 'a.agent.yaml': calm('a'), 'README.md': 'x\n' });
  commitAll(folder);
  writeFileSync(
    join(folder, '.pre-commit-config.yaml'),
    `repos:\n  - repo: file://${hooksAt}\n    rev: ${git(hooksAt, 'rev-parse', 'HEAD')}\n    hooks: [{ id: stakes-lint }, { id: stakes-generate-check }]\n`,
  );
  const home = folderWith();
  const env = { ...process.env, PRE_COMMIT_HOME: home, HOME: home, npm_config_offline: 'true', npm_config_cache: home };
  const run = (hook: string, ...files: string[]) => {
    const { status, stdout } = spawnSync('pre-commit', ['run', hook, '--verbose', '--files', ...files], {
      cwd: folder,
      env,
      encoding: 'utf8',
    });
    return { status, stdout };
  };
  git(folder, 'add', '--all');
  const clean = run('stakes-lint', 'a.agent.yaml');
  expect(clean, clean.stdout).toMatchObject({ status: 0 });
  expect(clean.stdout).toContain('no findings in 1 file');
  expect(run('stakes-lint', 'README.md').stdout).toContain('Skipped');

  const none = run('stakes-generate-check', 'a.agent.yaml');
  expect(none).toMatchObject({ status: 1 });
  expect(none.stdout).toContain('mend: stakes generate a.agent.yaml');

  writeFileSync(join(folder, 'a.agent.yaml'), risky('a'));
  git(folder, 'add', '--all');
  const found = run('stakes-lint', 'a.agent.yaml');
  expect(found).toMatchObject({ status: 1 });
  expect(found.stdout).toContain('error[ungated-high-stakes]');
});
