import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { folderWith, run } from './fake-io.ts';

const serverOf = (version: string) =>
  `{ "mcpServers": { "slack": { "command": "npx", "args": ["-y", "@modelcontextprotocol/server-slack@${version}"] } } }`;
const FILES = { 'desk/claude_desktop_config.json': serverOf('2025.4.25') };
const MANIFEST = 'desk/desk-claude-desktop.agent.yaml';
const USERS = 'slack/slack_get_users: { effect: read, egress: none }';

test('what is known of a server is written, with where it is from', async () => {
  const folder = folderWith(FILES);
  const { out } = await run(folder, ['import']);
  expect(out).toContain('tier medium-plus … full');
  const text = readFileSync(join(folder, MANIFEST), 'utf8');
  expect(text).toContain(USERS);
  expect(text).toContain('# catalogue: @modelcontextprotocol/server-slack 2025.4.25, 2026-11\n');
  expect(text).not.toContain('slack/*');
  expect((await run(folder, ['assess', MANIFEST])).code).toBe(0);
});

test('--no-catalog leaves it unknown', async () => {
  const folder = folderWith(FILES);
  expect((await run(folder, ['import', '--no-catalog'])).out).toContain('tier light … full');
  const text = readFileSync(join(folder, MANIFEST), 'utf8');
  expect(text).toContain('slack/*: {}');
  expect(text).not.toMatch(/catalogue|slack_get_users/);
});

test('what a person wrote of a tool or of all of them stands', async () => {
  const folder = folderWith(FILES);
  const path = join(folder, MANIFEST);
  await run(folder, ['import', '--no-catalog']);
  writeFileSync(path, readFileSync(path, 'utf8').replace('slack/*: {}', 'slack/*: { access: ask }'));
  await run(folder, ['import', '--yes']);
  expect(readFileSync(path, 'utf8')).toContain('slack/*: { access: ask }');

  writeFileSync(path, readFileSync(path, 'utf8').replace(USERS, USERS.replace(' }', ', access: deny }')));
  await run(folder, ['import', '--yes']);
  expect(readFileSync(path, 'utf8')).toContain(USERS.replace(' }', ', access: deny }'));
});

test('a version that nobody looked at opens the server again', async () => {
  const folder = folderWith(FILES);
  const path = join(folder, MANIFEST);
  await run(folder, ['import']);
  writeFileSync(join(folder, 'desk/claude_desktop_config.json'), serverOf('2030.1.1'));
  await run(folder, ['import', '--yes']);
  const text = readFileSync(path, 'utf8');
  expect(text).toContain('slack/*: {}');
  expect(text).not.toContain('slack_get_users');
  expect((await run(folder, ['assess', MANIFEST])).out).toContain('full');
});
