import { existsSync, mkdirSync, readdirSync, readFileSync, symlinkSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';
import { importers } from '../../src/importers/registry.generated.ts';
import type { ImportReport } from '../../src/model/import.ts';
import { folderWith, run } from './fake-io.ts';

const SETTINGS = '{ "permissions": { "defaultMode": "acceptEdits", "allow": ["WebFetch", "WebSearch"] } }';
const DESKTOP = '{ "mcpServers": { "notes": { "command": "notes-mcp" } } }';

/** A home, a machine and a project that lies beside both. */
function world(files: Readonly<Record<string, string>>) {
  const all = folderWith({ 'project/.mcp.json': '{ "mcpServers": { "shop": { "command": "shop-mcp" } } }', ...files });
  const [home, machine, project] = ['home', 'machine', 'project'].map((name) => join(all, name)) as [
    string,
    string,
    string,
  ];
  for (const folder of [home, machine]) mkdirSync(folder, { recursive: true });
  return { all, home, machine, project, io: { env: { HOME: home }, machine } };
}

async function report(cwd: string, argv: string[], io: Parameters<typeof run>[2]) {
  const ran = await run(cwd, ['import', ...argv, '-f', 'json'], io);
  return { ...ran, report: JSON.parse(ran.out || '{}') as ImportReport };
}

test("a person's own agents stand beside those of the project, and nothing is written", async () => {
  const { project, home, io } = world({
    'home/.claude/settings.json': SETTINGS,
    'home/.claude/agents/team/helper.md': '---\nname: helper\ntools: Read\n---\n',
    'home/.config/Claude/claude_desktop_config.json': DESKTOP,
    'home/.claude.json': `{ "projects": { "/x/shop": ${DESKTOP} }, "tips": "${'x'.repeat(2_000_000)}" }`,
    'home/work/secret/.mcp.json': DESKTOP,
  });
  const before = readdirSync(home, { recursive: true });
  const { code, report: told } = await report(project, ['--user', '--dry-run'], io);
  expect(code).toBe(0);
  expect(told.results.map(({ agent, scope, sources }) => [agent, scope, sources]).sort()).toEqual([
    ['project-claude-code', 'project', ['.mcp.json']],
    ['user-claude-code', 'user', ['~/.claude/agents/team/helper.md', '~/.claude/settings.json']],
    ['user-claude-code-helper', 'user', ['~/.claude/agents/team/helper.md', '~/.claude/settings.json']],
    ['user-claude-code-shop', 'user', ['~/.claude.json']],
    ['user-claude-desktop', 'user', ['~/.config/Claude/claude_desktop_config.json']],
  ]);
  expect(readdirSync(home, { recursive: true })).toEqual(before);
  expect((await report(project, ['--dry-run'], io)).report.results).toHaveLength(1);
});

test('without a folder to write to it is refused, and says how', async () => {
  const { project, home, io } = world({ 'home/.claude/settings.json': SETTINGS });
  const { code, out, err } = await run(project, ['import', '--user'], io);
  expect([code, out]).toEqual([2, '']);
  expect(err).toContain('`--out`');
  expect(readdirSync(home)).toEqual(['.claude']);
  expect(readdirSync(project)).toEqual(['.mcp.json']);
});

test('--out takes them, and a second import finds them as they were left', async () => {
  const { all, project, home, io } = world({ 'home/.claude/settings.json': SETTINGS });
  const out = join(all, 'mine');
  expect((await run(project, ['import', '--user', '--out', out], io)).code).toBe(0);
  const text = readFileSync(join(out, 'user-claude-code.agent.yaml'), 'utf8');
  expect(text).toContain('# Imported from ~/.claude/settings.json.');
  expect(text).not.toContain(home);
  const again = await report(project, ['--user', '--out', out], io);
  expect(again.report.results.map(({ agent, state }) => [agent, state])).toEqual([
    ['project-claude-code', 'same'],
    ['user-claude-code', 'same'],
  ]);
  // Those of the folder that is written to are not taken for agents of the project that are gone.
  expect((await report(out, ['--dry-run'], io)).report.results).toEqual([]);
});

test('what an organisation says holds over what the person says, and never reaches a project', async () => {
  const { project, io } = world({
    'home/.claude/settings.json': SETTINGS,
    'machine/etc/claude-code/managed-settings.json':
      '{ "permissions": { "defaultMode": "default", "deny": ["WebFetch"] } }',
    'machine/etc/claude-code/managed-settings.d/more.json': '{ "permissions": { "deny": ["WebSearch"] } }',
  });
  await run(project, ['import', '--user', '--out', 'mine'], io);
  const text = readFileSync(join(project, 'mine/user-claude-code.agent.yaml'), 'utf8');
  for (const tool of ['WebFetch', 'WebSearch']) expect(text).toMatch(new RegExp(`${tool}: .*access: deny`));
  expect(text).toContain('review: each-action');
  expect(readFileSync(join(project, 'mine/project-claude-code.agent.yaml'), 'utf8')).not.toContain('deny');
});

test('folders that were moved are looked up where they are', async () => {
  const { all, project, home, io } = world({
    'moved/claude/settings.json': SETTINGS,
    'moved/claude/.claude.json': DESKTOP,
    'moved/roaming/Claude/claude_desktop_config.json': DESKTOP,
    'home/.claude/settings.json': '{ "model": "opus" }',
  });
  const env = { HOME: home, CLAUDE_CONFIG_DIR: join(all, 'moved/claude'), APPDATA: join(all, 'moved/roaming') };
  const { report: told } = await report(project, ['--user', '--dry-run'], { ...io, env });
  expect(told.results.slice(1).map(({ agent, sources }) => [agent, sources])).toEqual([
    ['user-claude-code', [`${all}/moved/claude/.claude.json`, `${all}/moved/claude/settings.json`]],
    ['user-claude-desktop', [`${all}/moved/roaming/Claude/claude_desktop_config.json`]],
  ]);
});

test('a link that leaves the home folder is named, and read only with --follow', async () => {
  const { all, project, home, io } = world({ 'dotfiles/settings.json': SETTINGS });
  mkdirSync(join(home, '.claude'));
  symlinkSync(join(all, 'dotfiles/settings.json'), join(home, '.claude/settings.json'));
  const shy = await report(project, ['--user', '--dry-run'], io);
  expect(shy.report.results).toHaveLength(1);
  expect(shy.report.notFollowed).toEqual([{ file: '~/.claude/settings.json', to: `${all}/dotfiles/settings.json` }]);
  const bold = await report(project, ['--user', '--dry-run', '--follow'], io);
  expect(bold.report.notFollowed).toEqual([]);
  expect(bold.report.results.map(({ agent }) => agent)).toContain('user-claude-code');
});

test('in the home folder itself only its settings are read, not what lies in it', async () => {
  const { home, all, io } = world({ 'home/.claude/settings.json': SETTINGS, 'home/work/.mcp.json': DESKTOP });
  for (const cwd of [home, all]) {
    const { report: told } = await report(cwd, ['--user', '--dry-run'], io);
    expect(told.results.map(({ agent }) => agent)).toEqual(['user-claude-code']);
  }
  expect(existsSync(join(home, '.stakes'))).toBe(false);
});

test("nobody's home is looked for where the system does not name one", async () => {
  const { project } = world({});
  const { code, report: told } = await report(project, ['--user', '--dry-run'], { env: {} });
  expect([code, told.errors.map(({ code: id }) => id)]).toEqual([2, ['no-home']]);
});

test('a broken file of the person is told by a name that holds on every machine', async () => {
  const { project, io } = world({ 'home/.claude/settings.json': '{ "permissions": ' });
  const { code, out } = await run(project, ['import', '--user', '--dry-run'], io);
  expect(code).toBe(2);
  expect(out).toContain('~/.claude/settings.json:1');
});

test('no importer makes it list a home folder', () => {
  const patterns = importers.flatMap(({ files }) => [...(files.user ?? []), ...(files.managed ?? [])]);
  expect(patterns.length).toBeGreaterThan(10);
  for (const pattern of patterns) {
    expect(pattern.split('/')[0], pattern).not.toContain('*');
    expect(pattern.startsWith('/') || pattern.split('/').includes('..'), pattern).toBe(false);
    expect(dirname(pattern), pattern).not.toContain('*/*');
  }
});
