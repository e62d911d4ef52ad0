import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { readInstalled } from './installed.ts';

const folder = mkdtempSync(join(tmpdir(), 'stakes-installed-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const hookOf = (command: string) => ({ matcher: '*', hooks: [{ type: 'command', command }] });
const OURS = hookOf('sh ours.sh');
const THEIRS = hookOf('touch theirs');

function reading(text: string) {
  const file = join(folder, 'settings.json');
  writeFileSync(file, text);
  return readInstalled(file, { PreToolUse: [OURS] });
}

function kept(text: string) {
  const read = reading(text);
  if ('reason' in read) throw new Error(read.reason);
  return { session: JSON.parse(read.session), check: JSON.parse(read.check), text: read.session + read.check };
}

test('of the hooks only ours stay, and no key that runs a program', () => {
  const { session, check } = kept(
    JSON.stringify({
      permissions: { deny: ['Bash'] },
      hooks: { PreToolUse: [OURS, THEIRS], SessionStart: [THEIRS], toString: [THEIRS] },
      apiKeyHelper: 'touch theirs',
      model: 'opus',
    }),
  );
  expect(session).toEqual({
    permissions: { deny: ['Bash'] },
    hooks: { PreToolUse: [OURS], SessionStart: [], toString: [] },
  });
  expect(check).toEqual({ ...session, model: 'opus' });
});

test('a key that stands twice hides nothing', () => {
  const hooks = (one: object) => `"hooks":${JSON.stringify({ PreToolUse: [one] })}`;
  const helper = '"apiKeyHelper":"touch theirs"';
  for (const text of [`{${hooks(OURS)},${hooks(THEIRS)}}`, `{${helper},${helper}}`])
    expect(kept(text).text).not.toContain('theirs');
});

test.each(['disableAllHooks', 'allowManagedHooksOnly'])('`%s` reaches the client, which then drops our hook', (key) => {
  expect(kept(JSON.stringify({ [key]: true })).session).toEqual({ [key]: true });
});

test.each(['ripgrep', 'bwrapPath', 'somethingNew'])('nothing is tried with `sandbox.%s`', (key) => {
  expect(reading(JSON.stringify({ sandbox: { enabled: true, [key]: 'theirs' } }))).toEqual({
    reason: `has \`sandbox.${key}\`, which may start a program; nothing was tried with it`,
  });
});

test.each(['{ "a": 1, }', '{} // why', '[]', ''])('what the client ignores is no settings file: %s', (text) => {
  expect(reading(text)).toEqual({ reason: 'is no plain JSON object, so Claude Code ignores all of it' });
});

test('a byte order mark is for the client to judge', () => {
  expect(reading('\uFEFF{}')).toEqual({ session: '\uFEFF{}', check: '\uFEFF{}' });
});

test('gone, and not to be read, are told apart; a pipe is not waited for', () => {
  const pipe = join(folder, 'pipe');
  execFileSync('mkfifo', [pipe]);
  expect(readInstalled(pipe, {})).toEqual({ reason: 'cannot be read' });
  expect(readInstalled(join(folder, 'none'), {})).toEqual({
    reason: 'is gone, although the lock says that it was applied',
  });
});
