import { execFileSync } from 'node:child_process';
import { readFileSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';
import type { Policy } from '../../src/model/policy.ts';
import { lock } from '../../src/source/process-lock.ts';
import { countersFolder } from '../../src/targets/claude-code/hook/counters-place.ts';
import {
  agent,
  CONFUSED_NAMES,
  grant,
  ODD_NAMES,
  policy,
  server,
  TREE,
} from '../../src/targets/claude-code/sample.fixture.ts';
import { ask, counters, described, type Installed, install, reasonOf, SILENT } from './hook.fixture.ts';

let installed: Installed | undefined;
afterEach(() => installed?.remove());

function installOf(made: Policy): Installed {
  installed = install(made);
  return installed;
}

const files = server('true');
const capped = (maxCallsPerDay: number) =>
  policy([
    agent('desk', {
      servers: { files },
      tools: { 'files/read': grant('allow', { maxCallsPerDay }), 'files/*': grant('allow') },
    }),
  ]);
const READ = described('mcp__files__read', { path: 'SECRET-ARGUMENT' });

describe('counting', () => {
  test('of 40 calls at once exactly 10 get through a cap of 10', async () => {
    const here = installOf(capped(10));
    const answers = await Promise.all(Array.from({ length: 40 }, () => ask(here, READ)));
    const through = answers.filter(({ code }) => code === SILENT.code);
    expect(through).toHaveLength(10);
  });

  test('the file is of its owner alone and holds no argument', async () => {
    const here = installOf(capped(10));
    expect(await ask(here, READ)).toEqual(SILENT);
    const file = counters(here);
    expect(statSync(file).mode & 0o777).toBe(0o600);
    expect(readFileSync(file, 'utf8')).not.toContain('SECRET');
    expect(statSync(join(file, '..')).mode & 0o777).toBe(0o700);
  });

  test('a refused call is not counted, and one that asks is', async () => {
    const asks = grant('ask', { maxCallsPerDay: 1, arguments: { type: 'object', required: ['id'] } });
    const here = installOf(policy([agent('desk', { servers: { files }, tools: { 'files/share': asks } })]));
    const share = (input: object) => ask(here, described('mcp__files__share', input));
    expect(reasonOf(await share({}))).toContain('id');
    expect(await share({ id: 1 })).toEqual(SILENT);
    expect(reasonOf(await share({ id: 2 }))).toContain('cap is 1');
  });

  test('the lock of a dead process is broken, and that of a living one is not', async () => {
    const here = installOf(capped(10));
    await ask(here, READ);
    const held = `${counters(here)}.lock`;
    const place = placeOf();
    const dead = Number(execFileSync('/bin/sh', ['-c', 'echo $$']));
    writeFileSync(held, `${dead} ${place}`);
    expect(await ask(here, READ)).toEqual(SILENT);
    for (const owner of [`${process.pid} ${place}`, `${dead} elsewhere`, '']) {
      writeFileSync(held, owner);
      expect(lock(held, 30)).toEqual({ ok: false, fault: 'it is locked' });
      rmSync(held);
    }
  });

  test('a state folder that the agents of the project may write is none', async () => {
    const here = installOf(capped(10));
    const inside = join(here.bundle, '../../state');
    expect(reasonOf(await ask(here, READ, { XDG_STATE_HOME: inside }))).toContain(
      'where agents of the project may write',
    );
    const home = join(here.bundle, '../..');
    expect(await ask(here, READ, { XDG_STATE_HOME: '', HOME: home })).toEqual(SILENT);
    // Named like the one of a home, and reached through a link.
    const link = join(here.bundle, '../../../link');
    symlinkSync(home, link);
    for (const folder of [join(home, 'sub/.local/state'), link])
      expect((await ask(here, READ, { XDG_STATE_HOME: folder })).code).toBe(2);
  });

  test('without a limit to count there is no file', async () => {
    const here = installOf(policy([agent('desk', { servers: { files }, tools: { 'files/read': grant('allow') } })]));
    expect(await ask(here, READ, { XDG_STATE_HOME: '/dev/null' })).toEqual(SILENT);
    expect(() => counters(here)).toThrow();
  });

  test('a pipe in place of a file is refused, not waited for', async () => {
    const here = installOf(capped(10));
    await ask(here, READ);
    const file = counters(here);
    rmSync(file);
    execFileSync('mkfifo', [file]);
    expect(reasonOf(await ask(here, READ))).toContain('not a plain file');
  });

  test('the bundle is one place, by whatever path it is reached', async () => {
    const here = installOf(capped(1));
    const link = `${here.bundle}-link`;
    symlinkSync(here.bundle, link);
    expect(await ask({ ...here, bundle: link }, READ)).toEqual(SILENT);
    expect(reasonOf(await ask(here, READ))).toContain('cap is 1');
  });

  test.each([
    ['linux', { XDG_STATE_HOME: '/x' }, '/x/stakes/counters'],
    ['linux', { XDG_STATE_HOME: 'relative' }, '/home/me/.local/state/stakes/counters'],
    ['darwin', {}, '/home/me/.local/state/stakes/counters'],
    ['win32', { LOCALAPPDATA: '/local' }, '/local/stakes/counters'],
    ['win32', {}, undefined],
  ])('on %s with %j it is %s', (platform, env, folder) =>
    expect(countersFolder({ platform, env, home: '/home/me' })).toBe(folder),
  );
});

describe('who may call what', () => {
  const said = async (made: Policy, tool: string, more: object = {}, way = 'launcher', input: object = {}) => {
    const here = installOf(made);
    const answer = await ask(here, described(tool, input, more), {}, way);
    here.remove();
    return answer.code === SILENT.code ? 'silent' : reasonOf(answer);
  };

  test('names are those of Claude Code', async () => {
    expect(await said(ODD_NAMES, 'mcp__files_prod_v2__v1_get_thing')).toBe('silent');
    expect(await said(ODD_NAMES, 'mcp__notes__anything')).toBe('silent');
    expect(await said(ODD_NAMES, 'mcp__notes__share')).toBe('silent');
    expect(await said(ODD_NAMES, 'mcp__notes__delete')).toContain('denied');
    expect(await said(ODD_NAMES, 'mcp__files_prod_v2__other')).toContain('what is not listed is refused');
    expect(await said(ODD_NAMES, 'mcp__NOTES__anything')).toContain('what is not listed is refused');
    expect(await said(ODD_NAMES, '__proto__')).toContain('what is not listed is refused');
    expect(await said(CONFUSED_NAMES, 'mcp__plain__read')).toBe('silent');
    expect(await said(CONFUSED_NAMES, 'mcp__plain__x_y')).toContain('tell it apart');
    expect(await said(CONFUSED_NAMES, 'mcp__a_b__read')).toContain('tell it apart');
    expect(await said(CONFUSED_NAMES, 'mcp__tail___other')).toContain('what is not listed is refused');
  });

  test('a subagent has what it was granted, and the root has not', async () => {
    const helper = { agent_id: 'aad5c56fed2359559', agent_type: 'helper' };
    expect(await said(TREE, 'mcp__helper-files__delete_doc', helper)).toBe('silent');
    expect(await said(TREE, 'mcp__helper-files__delete_doc', { agent_type: 'tree' })).toContain('not listed');
    expect(await said(TREE, 'mcp__files__read_doc', helper)).toContain('not listed');
    expect(await said(TREE, 'Read', helper)).toBe('silent');
    expect(await said(TREE, 'Read')).toContain('not listed');
    for (const stranger of [
      { ...helper, agent_type: 'Explore' },
      { agent_id: 'a' },
      { ...helper, agent_type: 'toString' },
    ])
      expect(await said(TREE, 'Read', stranger)).toContain('not in the policy');
    expect(await said(TREE, 'mcp__files__read_doc', helper, 'managed')).toContain('not in the policy');
  });

  test('only subagents of the policy are started', async () => {
    expect(await said(TREE, 'Agent', {}, 'launcher', { subagent_type: 'helper' })).toBe('silent');
    for (const input of [{}, { subagent_type: 'general-purpose' }, { subagent_type: 'toString' }])
      expect(await said(TREE, 'Agent', {}, 'launcher', input)).toContain('set `subagent_type` to `helper`');
    expect(await said(TREE, 'Agent', {}, 'managed', { subagent_type: 'helper' })).toContain('not listed');
  });

  test('in a project the tools of the client are up to the people', async () => {
    expect(await said(TREE, 'Bash', {}, 'project')).toBe('silent');
    expect(await said(TREE, 'Bash', {}, 'managed')).toContain('not listed');
    expect(await said(TREE, 'mcp__theirs__read', {}, 'project')).toContain('not listed');
    expect(await said(TREE, 'mcp__files__read_doc', {}, 'project')).toBe('silent');
  });
});

describe('what is no call is refused', () => {
  const deep = `${'['.repeat(200_000)}${']'.repeat(200_000)}`;
  test.each([
    ['nothing', '', 'does not know'],
    ['no JSON', '{"session_id":', 'does not know'],
    ['a list', '[]', 'does not know'],
    ['another event', described('mcp__files__read', {}, { hook_event_name: 'PostToolUse' }), 'does not know'],
    ['no session', described('mcp__files__read', {}, { session_id: undefined }), 'does not know'],
    ['no name', described('', {}), 'does not know'],
    [
      'arguments that no program nests',
      described('mcp__files__read', 0).replace('"tool_input":0', `"tool_input":${deep}`),
      'every call is refused',
    ],
    ['too much', 'x'.repeat(5_000_000), 'too large'],
  ])('%s', async (_, text, reason) => {
    expect(reasonOf(await ask(installOf(capped(10)), text))).toContain(reason);
  });

  test('a way that is none', async () => {
    expect(reasonOf(await ask(installOf(capped(10)), READ, {}, 'other'))).toContain('launcher, managed, project');
  });

  test('a program that Node is told to load first is not', async () => {
    const here = installOf(capped(0));
    const evil = join(here.bundle, 'evil.cjs');
    writeFileSync(evil, 'process.exit(0)');
    expect(reasonOf(await ask(here, READ, { NODE_OPTIONS: `--require ${evil}` }))).toContain('cap of 0');
  });
});

test('a policy that is laid out anew is the same policy', async () => {
  const here = installOf(capped(10));
  const file = join(here.bundle, 'policy.json');
  const { schema, ...rest } = JSON.parse(readFileSync(file, 'utf8')) as Policy;
  writeFileSync(file, `\uFEFF${JSON.stringify({ ...rest, schema }, null, 4).replaceAll('\n', '\r\n')}`);
  expect(await ask(here, READ)).toEqual(SILENT);
});

function placeOf(): string {
  try {
    return `${hostname()} ${String(execFileSync('readlink', ['/proc/self/ns/pid'])).trim()}`;
  } catch {
    return hostname();
  }
}
