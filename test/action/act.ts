import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { folderWith } from '../cli/fake-io.ts';
import { checkout, type Pull } from './git.ts';
import { pullPayload } from './payloads.ts';

const SCRIPT = resolve('action/run.mjs');

export interface Acted {
  code: number | null;
  out: string;
  err: string;
  summary: string;
  outputs: Record<string, string>;
}

export interface Job {
  workspace: string;
  event: string;
  payload: object;
  sha: string;
  ref: string;
  inputs?: Record<string, string>;
  env?: Record<string, string>;
}

/** The script as a child, under the variables that GitHub sets. */
export async function act(
  { workspace, event, payload, sha, ref, inputs = {}, env = {} }: Job,
  script = SCRIPT,
): Promise<Acted> {
  const temp = folderWith({ 'event.json': JSON.stringify(payload), output: '', summary: '', env: '' });
  mkdirSync(join(temp, 'home'));
  const child = spawn(process.execPath, [script], {
    cwd: workspace,
    env: {
      PATH: process.env.PATH ?? '',
      HOME: join(temp, 'home'),
      CI: 'true',
      GITHUB_ACTIONS: 'true',
      GITHUB_ACTION_PATH: resolve('.'),
      GITHUB_ACTOR: 'octocat',
      GITHUB_API_URL: 'http://127.0.0.1:9',
      GITHUB_BASE_REF: event === 'pull_request' ? 'main' : '',
      GITHUB_EVENT_NAME: event,
      GITHUB_EVENT_PATH: join(temp, 'event.json'),
      GITHUB_HEAD_REF: event === 'pull_request' ? 'topic' : '',
      GITHUB_JOB: 'stakes',
      GITHUB_OUTPUT: join(temp, 'output'),
      GITHUB_ENV: join(temp, 'env'),
      GITHUB_REF: ref,
      GITHUB_REPOSITORY: 'acme/agents',
      GITHUB_RUN_ID: '1658821493',
      GITHUB_SERVER_URL: 'https://github.com',
      GITHUB_SHA: sha,
      GITHUB_STEP_SUMMARY: join(temp, 'summary'),
      GITHUB_WORKFLOW: 'stakes',
      GITHUB_WORKSPACE: workspace,
      RUNNER_OS: 'Linux',
      RUNNER_TEMP: temp,
      STAKES_COMMENT: 'never',
      STAKES_FAIL_ON: 'new-under',
      ...Object.fromEntries(Object.entries(inputs).map(([name, value]) => [`STAKES_${name}`, value])),
      ...env,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const [out, err] = [child.stdout, child.stderr].map(async (stream) => {
    let text = '';
    for await (const chunk of stream.setEncoding('utf8')) text += chunk;
    return text;
  });
  const code = await new Promise<number | null>((done) => child.on('close', done));
  return {
    code,
    out: (await out) ?? '',
    err: (await err) ?? '',
    summary: readFileSync(join(temp, 'summary'), 'utf8'),
    outputs: outputsIn(readFileSync(join(temp, 'output'), 'utf8')),
  };
}

/** A pull request as actions/checkout brings it by itself, two commits deep. `owner`: of the head; null: deleted. */
export function pullJob(pull: Pull, owner: string | null, more: Partial<Job> = {}): Job {
  return {
    workspace: checkout(pull.origin, pull.merge, 2),
    event: 'pull_request',
    payload: pullPayload(pull, owner),
    sha: pull.merge,
    ref: 'refs/pull/7/merge',
    ...more,
  };
}

export function fileOf({ outputs }: Acted, name: string): string {
  const path = outputs[name] ?? '';
  return existsSync(path) ? readFileSync(path, 'utf8') : '';
}

/** A program in the place of stakes, which writes down what it was called with and what it saw. */
export function recorder(): { program: string; calls: () => { argv: string[]; env: Record<string, string> }[] } {
  const folder = folderWith();
  const [program, log] = [join(folder, 'stakes.mjs'), join(folder, 'log')];
  writeFileSync(log, '');
  writeFileSync(
    program,
    `import { appendFileSync } from 'node:fs';
appendFileSync(${JSON.stringify(log)}, JSON.stringify({ argv: process.argv.slice(2), env: process.env }) + '\\n');
if (process.argv[2] === 'generate') console.log('{"results":[],"errors":[]}');
`,
  );
  const calls = () =>
    readFileSync(log, 'utf8')
      .split('\n')
      .filter((line) => line !== '')
      .map((line) => JSON.parse(line) as { argv: string[]; env: Record<string, string> });
  return { program, calls };
}

/** As the runner reads the file: `name<<end`, lines, `end`. */
function outputsIn(text: string): Record<string, string> {
  return Object.fromEntries(
    [...text.matchAll(/^([\w-]+)<<(\S+)\n([\s\S]*?)\n\2$/gm)].map(([, name = '', , value = '']) => [name, value]),
  );
}
