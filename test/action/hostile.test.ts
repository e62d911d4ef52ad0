import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { expect, test } from 'vitest';
import { folderWith } from '../cli/fake-io.ts';
import { act, pullJob, recorder } from './act.ts';
import { calm, risky } from './agents.ts';
import { checkout, type Files, git, pullOf } from './git.ts';
import { pullPayload } from './payloads.ts';

const base = { 'a.agent.yaml': calm('a') };

/** What the runner of a job obeys: lines that begin with `::`, and `##[` anywhere, unless it was told to stop. */
function obeyed(out: string): string[] {
  const commands: string[] = [];
  let stopped: string | undefined;
  for (const line of out.split(/\r\n|\r|\n/)) {
    const command = /^\s*::([\w-]+)(?: [^:]*)?::(.*)$/.exec(line);
    if (stopped !== undefined) {
      if (command?.[1] === stopped) stopped = undefined;
    } else if (command?.[1] === 'stop-commands') stopped = command[2];
    else if (command) commands.push(command[1] ?? '');
    else if (line.includes('##[')) commands.push(line);
  }
  return commands;
}

const NAMES = [
  'x\n::add-mask::a.agent.yaml',
  'x ##[add-mask]a.agent.yaml',
  '::set-output name=a::b.agent.yaml',
  'a,line=1::stop-commands::x.agent.yaml',
  '%0A::error::x.agent.yaml',
  '<img src=x>`|@octocat.agent.yaml',
  '$(touch pwned);`touch pwned`.agent.yaml',
  '-x.agent.yaml',
];

test('names and words of a stranger are no commands, no markup and no shell', async () => {
  const words =
    'name: "##[add-mask]a ::warning::x \\n::set-env name=A::b @octocat [x](https://evil.example) <b>", id: ';
  const files = Object.fromEntries(
    NAMES.map((name, i) => [name, risky(`a${i}`).replace('id: ', i % 2 === 0 ? words : 'id: ')]),
  );
  for (const annotations of ['github', 'matcher']) {
    const acted = await act(pullJob(pullOf(base, files), 'stranger', { inputs: { ANNOTATIONS: annotations } }));
    expect(acted).toMatchObject({ code: 1, err: '' });
    expect(acted.out).toContain('add-mask');
    const allowed = ['group', 'endgroup', 'error', 'warning', 'notice', 'add-matcher', 'remove-matcher'];
    expect(obeyed(acted.out).filter((command) => !allowed.includes(command))).toEqual([]);
    expect(acted.summary).not.toMatch(/<img|<b>|(?<!&#64;)@octocat|\]\(https:\/\/evil/);
    expect(Object.keys(acted.outputs)).toHaveLength(8);
  }
});

test('the stop words are others each time', async () => {
  const job = pullJob(pullOf(base, { 'a.agent.yaml': risky('a') }), 'stranger');
  const outs = [await act(job), await act(job)].map(({ out }) => out);
  const stops = outs.flatMap((out) => [...out.matchAll(/^::stop-commands::(.+)$/gm)].map(([, token]) => token));
  expect(stops.length).toBeGreaterThan(3);
  expect(new Set(stops).size).toBe(stops.length);
});

test('a program in the checkout is not run for a pull request', async () => {
  const job = pullJob(pullOf(base, { 'node_modules/stakes/bin/stakes.js': 'throw 1' }), 'stranger');
  const inside = join(job.workspace, 'node_modules/stakes/bin/stakes.js');
  const link = join(folderWith(), 'stakes.js');
  symlinkSync(inside, link);
  for (const program of [inside, link]) {
    const acted = await act({ ...job, inputs: { PROGRAM: program } });
    expect(acted).toMatchObject({ code: 2 });
    expect(acted.out).toContain('lies in the checkout');
  }
});

test('a folder that leads out of the checkout is refused', async () => {
  const job = pullJob(pullOf(base, { x: '1' }), 'stranger');
  symlinkSync('/', join(job.workspace, 'out'));
  const { program, calls } = recorder();
  const acted = await act({ ...job, inputs: { WORKING_DIRECTORY: 'out', PROGRAM: program } });
  expect(acted).toMatchObject({ code: 2 });
  expect(acted.out).toContain('leads out of the checkout');
  expect(calls()).toEqual([]);
});

test('nothing that the checkout brings along is started', async () => {
  const pwned = join(folderWith(), 'pwned');
  const touch = `#!/bin/sh\ntouch ${pwned}\n`;
  const config = `[core]\n\trepositoryformatversion = 0\n\tbare = false\n\tworktree = .\n\tfsmonitor = "touch ${pwned};false"\n\thooksPath = .\n`;
  const bare: Files = {
    'sub/config': config,
    'sub/HEAD': 'ref: refs/heads/main\n',
    'sub/objects/x': '',
    'sub/refs/x': '',
    'sub/a.agent.yaml': calm('a'),
    'sub/.stakes/a/stakes.lock.json': '{}',
  };
  const brought: Files = {
    ...bare,
    '.npmrc': `script-shell=${pwned}\nignore-scripts=false\n`,
    'package.json': `{"scripts":{"preinstall":"touch ${pwned}","build":"touch ${pwned}"}}`,
    git: touch,
    node: touch,
    npm: touch,
    'post-checkout': touch,
  };
  const pull = pullOf(base, brought);
  const workspace = checkout(pull.origin, pull.merge, 2);
  for (const folder of ['.', 'sub'])
    await act(pullJob(pull, 'stranger', { workspace, inputs: { WORKING_DIRECTORY: folder } }));
  expect(existsSync(pwned)).toBe(false);
  const { program, calls } = recorder();
  await act(pullJob(pull, 'stranger', { workspace, inputs: { PROGRAM: program } }));
  const env = calls()[0]?.env;
  const asked = spawnSync('git', ['status'], { cwd: join(workspace, 'sub'), env, encoding: 'utf8' });
  expect(asked.stderr, 'what stakes itself asks git').toMatch(/cannot use bare repository/);
  expect(existsSync(pwned)).toBe(false);
  // The trap works: git without what the action sets walks into it.
  expect(() => git(join(workspace, 'sub'), 'status')).not.toThrow();
  expect(existsSync(pwned)).toBe(true);
});

test('the title, the branch and the body of a pull request are never part of a command', async () => {
  const pull = pullOf(base, { 'a.agent.yaml': risky('a') });
  const payload = JSON.parse(JSON.stringify(pullPayload(pull, 'stranger'))) as {
    pull_request: { base: { ref: string } };
  };
  payload.pull_request.base.ref = "main'; touch pwned; `x`\n::add-mask::a";
  const acted = await act(pullJob(pull, 'stranger', { payload }));
  expect(acted.out).toContain("stakes lint --trust 'origin/main'\\''; touch pwned; `x`\\u{a}::add-mask::a'");
  expect(obeyed(acted.out)).not.toContain('add-mask');
  expect(acted.out).not.toContain('github.token');
});

test('the summary stays within what GitHub takes, with what is to be done first', async () => {
  const job = pullJob(pullOf(base, { 'a.agent.yaml': risky('a') }), 'stranger');
  const full = join(folderWith({ summary: 'x'.repeat(1024 * 1024 - 1800) }), 'summary');
  await act({ ...job, env: { GITHUB_STEP_SUMMARY: full } });
  const text = readFileSync(full, 'utf8');
  expect(Buffer.byteLength(text)).toBeLessThanOrEqual(1024 * 1024);
  expect(text).toContain('## Stakes: 2 things to mend');
  expect(text).toMatch(/… cut here: the rest is in the log\n$/);
});

test('stakes is built in the folder of the action, without the scripts of packages', async () => {
  const action = folderWith({ 'package.json': '{}', 'bin/stakes.js': "console.log('{}')" });
  for (const name of ['action', 'scripts', 'path']) mkdirSync(join(action, name), { recursive: true });
  cpSync('action', join(action, 'action'), { recursive: true });
  const log = join(action, 'log');
  const note = (what: string) =>
    `require('node:fs').appendFileSync(${JSON.stringify(log)}, JSON.stringify([${JSON.stringify(what)}, process.cwd(), process.argv.slice(2), Object.keys(process.env)]) + '\\n');`;
  writeFileSync(join(action, 'path/npm'), `#!${process.execPath}\n${note('npm')}\n`, { mode: 0o755 });
  writeFileSync(
    join(action, 'scripts/build.mjs'),
    `import { createRequire } from 'node:module';\nconst require = createRequire(import.meta.url);\n${note('build')}\n`,
  );
  const job = pullJob(pullOf(base, { '.npmrc': 'ignore-scripts=false\n' }), 'stranger');
  const env = { PATH: `${join(action, 'path')}:${process.env.PATH}`, NODE_OPTIONS: '--no-warnings', NPM_TOKEN: 't' };
  await act({ ...job, env }, join(action, 'action/run.mjs'));
  const lines = readFileSync(log, 'utf8').trim().split('\n');
  const ran = lines.map((line) => JSON.parse(line) as [string, string, string[], string[]]);
  expect(ran.map(([what, cwd, argv]) => ({ what, cwd, argv }))).toEqual([
    {
      what: 'npm',
      cwd: resolve(action),
      argv: ['ci', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'],
    },
    { what: 'build', cwd: resolve(action), argv: [] },
  ]);
  for (const [, , , names] of ran) expect(names).not.toContain('NPM_TOKEN');
});
