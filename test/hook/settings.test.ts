import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';
import type { Policy } from '../../src/model/policy.ts';
import { agent, grant, policy, server } from '../../src/targets/claude-code/sample.fixture.ts';
import { target } from '../../src/targets/claude-code/target.ts';
import { described, type Installed, install } from './hook.fixture.ts';

const files = server('true');
const DESK = policy([
  agent('desk', {
    servers: { files },
    tools: { 'files/read': grant('allow', { maxCallsPerDay: 9 }), Read: grant('allow') },
    limits: { callsPerMinute: 9 },
    filesystem: { read: ['.'], write: [] },
  }),
]);

let installed: Installed | undefined;
afterEach(() => installed?.remove());

/** The one command of a settings file, as Claude Code hands it to a shell. */
function commandOf(bundle: string, file: string): { matcher: string; command: string; timeout: number } {
  const { hooks } = JSON.parse(readFileSync(join(bundle, 'claude-code', file), 'utf8')) as {
    hooks: { PreToolUse: { matcher: string; hooks: { command: string; timeout: number }[] }[] };
  };
  const [entry] = hooks.PreToolUse;
  const [hook] = entry?.hooks ?? [];
  return { matcher: entry?.matcher ?? '', command: hook?.command ?? '', timeout: hook?.timeout ?? 0 };
}

describe('the command of a settings file', () => {
  const odd = mkdtempSync(join(tmpdir(), "stakes hook 'sh $(touch owned) "));
  afterEach(() => rmSync(odd, { recursive: true, force: true }));

  test.each([
    ['launcher-settings.json', 'Read', 0],
    ['launcher-settings.json', 'Bash', 2],
    ['settings.json', 'mcp__files__read', 0],
    ['settings.json', 'mcp__files__write', 2],
    ['settings.json', 'Bash', 0],
  ])('%s works from an odd place, for %s', (file, tool, code) => {
    installed = install(DESK);
    mkdirSync(odd, { recursive: true });
    cpSync(join(installed.bundle, '../..'), odd, { recursive: true });
    const env = {
      PATH: `${dirname(process.execPath)}:/usr/bin:/bin`,
      HOME: installed.state,
      CLAUDE_PROJECT_DIR: odd,
      STAKES_HOOK: join(odd, '.stakes/desk/claude-code/hook.sh'),
    };
    const { command } = commandOf(installed.bundle, file);
    const ended = spawnSync('/bin/sh', ['-c', command], { env, cwd: odd, input: described(tool, {}) });
    expect([ended.status, ended.status === 0 ? String(ended.stdout) : '']).toEqual([code, '']);
  });

  test('refuses where the place is not known', () => {
    installed = install(DESK);
    for (const file of ['launcher-settings.json', 'settings.json', 'managed-settings.json']) {
      const { command } = commandOf(installed.bundle, file);
      const env = { PATH: '/usr/bin:/bin' };
      expect(spawnSync('/bin/sh', ['-c', command], { env, input: described('mcp__files__read', {}) }).status).toBe(2);
    }
  });

  test('is asked of every tool, but in a project of servers’ tools alone, and has time to answer', () => {
    installed = install(DESK);
    const matchers = ['launcher-settings.json', 'managed-settings.json', 'settings.json'].map((file) => {
      const { matcher, timeout } = commandOf(installed?.bundle ?? '', file);
      // The script gives up after 20 seconds, and Claude Code overruns its timer beyond 24 days.
      expect(timeout).toBeGreaterThan(60);
      expect(timeout * 1000).toBeLessThan(2 ** 31);
      return matcher;
    });
    expect(matchers).toEqual(['*', '*', 'mcp__.*']);
  });
});

describe('losses', () => {
  const lost = (made: Policy) => target.emit(made).losses.map(({ message }) => message);

  test('limits that the hook counts are none', () => {
    const limits = {
      callsPerMinute: 3,
      repeatsPerCall: 3,
      sessionMinutes: 3,
      subagentsPerSession: 3,
      toolUsdPerDay: 3,
    };
    const messages = lost(
      policy([agent('desk', { limits, tools: { 'files/read': grant('allow', { maxCallsPerDay: 3 }) } })]),
    );
    for (const limit of [...Object.keys(limits), 'calls a day'])
      expect(messages.filter((message) => message.includes(limit) && message.includes('not counted'))).toEqual([]);
    expect(messages).toContain('calls are counted on one machine, in the state folder of one user');
  });

  test('those that it does not count are', () => {
    const messages = lost(policy([agent('desk', { limits: { tokensPerSession: 3, usdPerDay: 3 } })]));
    expect(messages).toEqual(
      expect.arrayContaining(['`tokensPerSession: 3` is not counted', '`usdPerDay: 3` is not counted']),
    );
    expect(messages).not.toContain('calls are counted on one machine, in the state folder of one user');
  });
});
