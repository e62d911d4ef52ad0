import { execFileSync, spawn } from 'node:child_process';
import { chmodSync, existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join, resolve } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { folderWith } from '../cli/fake-io.ts';
import { calm, risky } from './agents.ts';
import { checkout, git, onTopOf, type Pull, pullOf } from './git.ts';
import { yamlFile } from './yaml.ts';

interface Job {
  stage: string;
  image: string;
  variables: Record<string, string>;
  rules: { if: string }[];
  script: string[];
  artifacts: { when: string; paths: string[]; reports: Record<string, string>; expire_in: string };
}
const template = yamlFile('ci/gitlab.yml') as Record<string, Job>;
const job = template.stakes as Job;
const base = { 'a.agent.yaml': calm('a') };

/** `stakes` as an image has it. */
function imagePath(): string {
  const folder = folderWith();
  writeFileSync(join(folder, 'stakes'), `#!/bin/sh\nexec "${process.execPath}" "${resolve('bin/stakes.js')}" "$@"\n`);
  chmodSync(join(folder, 'stakes'), 0o755);
  return folder;
}

/** The script of the job as the runner strings it together, under the variables that GitLab sets. */
async function runJob(workspace: string, variables: Record<string, string>) {
  const child = spawn('bash', ['-eo', 'pipefail', '-c', job.script.join('\n')], {
    cwd: workspace,
    env: {
      PATH: `${imagePath()}:${process.env.PATH}`,
      HOME: folderWith(),
      CI: 'true',
      GITLAB_CI: 'true',
      CI_PROJECT_ID: '42',
      CI_PROJECT_DIR: workspace,
      CI_DEFAULT_BRANCH: 'main',
      CI_API_V4_URL: 'http://127.0.0.1:9/api/v4',
      npm_config_cache: folderWith(),
      ...job.variables,
      ...variables,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let said = '';
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding('utf8').on('data', (text) => {
      said += text;
    });
  const code = await new Promise<number | null>((done) => child.on('close', done));
  const report = (name: string) => {
    const path = join(workspace, 'stakes-report', name);
    return existsSync(path) ? readFileSync(path, 'utf8') : undefined;
  };
  return { code, said, report };
}

const mergeRequest = ({ origin, base: sha }: Pull, more: Record<string, string> = {}) => ({
  CI_PIPELINE_SOURCE: 'merge_request_event',
  CI_MERGE_REQUEST_ID: '4711',
  CI_MERGE_REQUEST_IID: '7',
  CI_MERGE_REQUEST_PROJECT_ID: '42',
  CI_MERGE_REQUEST_PROJECT_URL: `file://${origin}`,
  CI_MERGE_REQUEST_TARGET_BRANCH_NAME: 'main',
  CI_MERGE_REQUEST_SOURCE_BRANCH_NAME: 'topic',
  CI_MERGE_REQUEST_DIFF_BASE_SHA: sha,
  ...more,
});

const merging = (pull: Pull, more: Record<string, string> = {}) =>
  runJob(checkout(pull.origin, pull.head, 0), mergeRequest(pull, more));

test('one job, for merge requests and the default branch, with reports that are kept when it fails', () => {
  expect(Object.keys(template)).toEqual(['stakes']);
  const known = ['stage', 'image', 'variables', 'rules', 'script', 'artifacts'];
  expect(Object.keys(job).sort()).toEqual([...known].sort());
  expect(job.rules.map(({ if: when }) => when)).toEqual([
    '$CI_PIPELINE_SOURCE == "merge_request_event"',
    '$CI_COMMIT_BRANCH && $CI_COMMIT_BRANCH == $CI_DEFAULT_BRANCH',
  ]);
  for (const value of Object.values(job.variables)) expect(typeof value).toBe('string');
  expect(job.script.every((line) => typeof line === 'string')).toBe(true);
  expect(job.artifacts).toMatchObject({ when: 'always', expire_in: '30 days' });
  expect(Object.keys(job.artifacts.reports)).toEqual(['codequality', 'junit']);
  const ran = [...job.script.join('\n').matchAll(/"\$stakes" (\w+)( --check)?/g)].map(
    ([, name, check]) => name + (check ?? ''),
  );
  expect(ran).toEqual(['lint', 'diff', 'generate --check']);
});

test('a merge request that raises a tier', async () => {
  const { code, said, report } = await merging(pullOf(base, { 'a.agent.yaml': risky('a') }));
  expect(code).toBe(1);
  expect(said).toContain('stakes: mend it with: stakes lint --fix');
  expect(said).toContain('stakes: mend it with: stakes diff origin/main...');
  const issues = JSON.parse(report('code-quality.json') ?? '') as { location: { path: string } }[];
  expect(issues.length).toBeGreaterThan(3);
  expect(issues[0]?.location.path).toBe('a.agent.yaml');
  expect(report('junit.xml')).toContain('<testsuite');
  expect(report('note.md')).toMatch(/^<!-- stakes diff -->\n/);
});

test('one that changes nothing, and the default branch', async () => {
  const pull = pullOf(base, { x: '1' });
  expect(await merging(pull)).toMatchObject({ code: 0 });
  const main = await runJob(checkout(pull.origin, pull.base, 1), {
    CI_PIPELINE_SOURCE: 'push',
    CI_COMMIT_BRANCH: 'main',
  });
  expect(main).toMatchObject({ code: 0 });
  expect(main.report('note.md')).toBeUndefined();
});

test('the rules are those of the target branch as it is', async () => {
  const quiet = { 'a.agent.yaml': risky('a'), 'stakes.config.yaml': 'schemaVersion: 1\nfailOn: never\n' };
  const more = { STAKES_FAIL_ON: 'never' };
  expect(await merging(pullOf(base, quiet), more), 'what it brings along').toMatchObject({ code: 1 });
  // Where it branched off, nothing failed; the branch has changed its mind since.
  const pull = pullOf({ ...base, 'stakes.config.yaml': quiet['stakes.config.yaml'] }, { 'a.agent.yaml': risky('a') });
  expect(await merging(pull, more)).toMatchObject({ code: 0 });
  const strict = git(pull.origin, 'rev-parse', 'main^');
  git(pull.origin, 'update-ref', 'refs/heads/main', strict);
  onTopOf(pull.origin, 'main');
  expect(await merging(pull, more), 'what it branched off from').toMatchObject({ code: 1 });
  const fork = {
    ...more,
    CI_PROJECT_ID: '43',
    CI_MERGE_REQUEST_PROJECT_URL: `file://${pull.origin.replace(/\.git$/, '')}`,
  };
  git(folderWith(), 'clone', '--quiet', '--bare', pull.origin, `${pull.origin}.git`);
  expect(await merging(pull, fork), 'from a fork').toMatchObject({ code: 1 });
});

test('generated files that are stale, and an invalid file', async () => {
  const locked = { ...base, '.stakes/a/stakes.lock.json': '{}' };
  const stale = await merging(pullOf(locked, { x: '1' }));
  expect(stale.code).toBeGreaterThan(0);
  expect(stale.said).toContain('stakes: mend it with: stakes generate\n');
  expect(await merging(pullOf(locked, { x: '1' }), { STAKES_CHECK_GENERATED: 'false' })).toMatchObject({ code: 0 });
  expect(await merging(pullOf(base, { 'b.agent.yaml': 'agent: [' }))).toMatchObject({ code: 2 });
});

test('without a stakes it says what to set', async () => {
  const pull = pullOf(base, { x: '1' });
  const path = folderWith();
  for (const name of ['bash', 'mktemp', 'mkdir', 'git'])
    execFileSync('ln', ['-s', execFileSync('which', [name], { encoding: 'utf8' }).trim(), join(path, name)]);
  const ran = await runJob(checkout(pull.origin, pull.head, 0), mergeRequest(pull, { PATH: path }));
  expect(ran).toMatchObject({ code: 2 });
  expect(ran.said).toContain('STAKES_PACKAGE is not set');
});

test('a packed stakes is installed apart from the checkout, by nothing that the checkout says', async () => {
  const folder = folderWith();
  execFileSync('npm', ['pack', '--ignore-scripts', '--pack-destination', folder], { stdio: 'ignore' });
  const tarball = join(folder, readdirSync(folder)[0] ?? '');
  const pull = pullOf(base, { '.npmrc': 'prefix=/nowhere\nregistry=http://127.0.0.1:9\n', 'package.json': '{ broken' });
  const workspace = checkout(pull.origin, pull.head, 0);
  const ran = await runJob(workspace, mergeRequest(pull, { STAKES_PACKAGE: tarball, npm_config_offline: 'true' }));
  expect(ran, ran.said).toMatchObject({ code: 0 });
  expect(readdirSync(workspace).sort()).toEqual([
    '.git',
    '.npmrc',
    'README.md',
    'a.agent.yaml',
    'package.json',
    'stakes-report',
  ]);
});

test('the note: posted once, then changed; of nobody else; and it fails nothing', async () => {
  const notes = [{ id: 1, author: { id: 9 }, body: '<!-- stakes diff -->\nof somebody else' }];
  const asked: string[] = [];
  let status = 200;
  const server = createServer(async (request, answer) => {
    let text = '';
    for await (const chunk of request.setEncoding('utf8')) text += chunk;
    asked.push(`${request.method} ${request.url?.replace(/\?.*/, '')} ${request.headers['private-token']}`);
    answer.writeHead(status);
    if (request.url?.endsWith('/user')) return answer.end('{"id":5}');
    const body = text === '' ? '' : (JSON.parse(text) as { body: string }).body;
    if (request.method === 'POST') notes.push({ id: 2, author: { id: 5 }, body });
    if (request.method === 'PUT') for (const note of notes) if (request.url?.endsWith(`/${note.id}`)) note.body = body;
    return answer.end(JSON.stringify(notes));
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  onTestFinished(() => void server.close());
  const api = {
    CI_API_V4_URL: `http://127.0.0.1:${(server.address() as AddressInfo).port}/api/v4`,
    STAKES_NOTE_TOKEN: 't',
  };
  const more = { ...api, STAKES_FAIL_ON: 'never' };
  const path = '/api/v4/projects/42/merge_requests/7/notes';

  await merging(pullOf(base, { x: '1' }), more);
  expect(asked).toEqual(['GET /api/v4/user t', `GET ${path} t`]);
  await merging(pullOf(base, { 'a.agent.yaml': risky('a') }), more);
  expect(asked.at(-1)).toBe(`POST ${path} t`);
  await merging(pullOf(base, { x: '1' }), more);
  expect(asked.at(-1)).toBe(`PUT ${path}/2 t`);
  expect(notes.map(({ body }) => body.split('\n')[1])).toEqual(['of somebody else', '']);
  status = 403;
  const refused = await merging(pullOf(base, { x: '1' }), more);
  expect(refused).toMatchObject({ code: 0 });
  expect(refused.said).toContain('stakes: no note: GitLab answered 403');
});
