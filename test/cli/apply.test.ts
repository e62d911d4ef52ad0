import { createHash } from 'node:crypto';
import { existsSync, lstatSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv } from 'ajv';
import { expect, test } from 'vitest';
import { applySchema } from '../../src/schema/apply.ts';
import { lockSchema } from '../../src/schema/bundle.ts';
import { answering, DESK, projectWith, SETTINGS } from '../apply/project.ts';
import { manifest } from './fake-io.ts';

const MINE = `{
  "permissions": {
    "allow": ["Read(./src/**)"],
    "deny": [
      "Read(./.env)",
      "WebSearch"
    ]
  },
  "env": { "EDITOR": "vi" }
}
`;
interface Settings {
  permissions: Record<string, unknown> & { allow?: string[]; ask: string[]; deny: string[] };
}
const parsed = (text: string) => JSON.parse(text) as Settings;

test('a merge adds what narrows, keeps every line of the person, and comes back to the byte', async () => {
  const project = await projectWith(MINE);
  const applied = await project.apply();
  expect(applied).toMatchObject({ code: 0, err: '' });
  const text = project.read();
  for (const line of MINE.split('\n').filter((line) => !/WebSearch|\]$|^ {2}\}|vi/.test(line)))
    expect(text).toContain(line);
  const { permissions } = parsed(text);
  expect(permissions.allow).toEqual(['Read(./src/**)']);
  expect(permissions.ask).toEqual(['mcp__shop__refund']);
  expect(permissions.deny.slice(0, 2)).toEqual(['Read(./.env)', 'WebSearch']);
  expect(permissions.deny.filter((rule) => rule === 'WebSearch')).toHaveLength(1);
  expect(permissions.disableBypassPermissionsMode).toBe('disable');
  expect(applied.out).toContain('now holds the rules of `desk`');
  expect(applied.out).toContain('2 entries of yours');
  expect(applied.out).toContain('stakes prove desk.agent.yaml');
  expect(applied.out).toContain('stakes apply desk.agent.yaml --undo');
  const undone = await project.apply(['--undo', '-y']);
  expect(undone).toMatchObject({ code: 0, err: '' });
  expect(undone.out).toContain('to the byte');
  expect(project.read()).toBe(MINE);
  expect(project.installed()).toBeUndefined();
});

test('every line of human output fits into 80 columns, and nothing is coloured off a terminal', async () => {
  const project = await projectWith(MINE);
  const { out } = await project.apply();
  expect(out.split('\n').filter((line) => line.length > 80 && !line.startsWith('+'))).toEqual([]);
  expect(out).not.toContain('\u001b');
  await project.apply(['--undo', '-y']);
  expect((await project.apply(['--dry-run', '--color', 'always'])).out).toContain('\u001b[32m+');
});

test('applying twice writes once', async () => {
  const project = await projectWith(MINE);
  await project.apply();
  const before = [project.read(), project.read('.stakes/desk/stakes.lock.json'), lstatSync(project.path(SETTINGS)).ino];
  const again = await project.apply([]);
  expect(again).toMatchObject({ code: 0, err: '' });
  expect(again.out).toBe('✓ .claude/settings.json: holds the rules of `desk` already\n');
  expect([
    project.read(),
    project.read('.stakes/desk/stakes.lock.json'),
    lstatSync(project.path(SETTINGS)).ino,
  ]).toEqual(before);
});

test('a file that was not there is made with its folder, and both go again', async () => {
  const project = await projectWith();
  await project.apply();
  expect(parsed(project.read()).permissions.ask).toEqual(['mcp__shop__refund']);
  expect((await project.apply(['--undo', '-y'])).code).toBe(0);
  expect(existsSync(project.path('.claude'))).toBe(false);
});

test('a folder that holds more is not removed', async () => {
  const project = await projectWith();
  await project.apply();
  project.write('mine', '.claude/CLAUDE.md');
  await project.apply(['--undo', '-y']);
  expect(readdirSync(project.path('.claude'))).toEqual(['CLAUDE.md']);
});

test('hand edits after applying stay when it is undone, and what is ours goes', async () => {
  const project = await projectWith(MINE);
  await project.apply();
  project.write(project.read().replace('"EDITOR": "vi"', '"EDITOR": "ed" /* better */'));
  const undone = await project.apply(['--undo', '-y']);
  expect(undone.out).toContain('only what was ours is taken out');
  expect(project.read()).toBe(MINE.replace('"EDITOR": "vi"', '"EDITOR": "ed" /* better */'));
});

test('without the backup only what is ours is taken out', async () => {
  const project = await projectWith(MINE.replace('"env"', '"sandbox": { "enabled": false },\n  "env"'));
  const before = project.read();
  await project.apply();
  rmSync(join(project.folder, '../home'), { recursive: true });
  expect((await project.apply(['--undo', '-y'])).out).toContain('only what was ours is taken out');
  expect(project.read()).toBe(before);
});

test('a value that was replaced comes back, unless a person changed it since', async () => {
  const project = await projectWith(
    '{\n  "permissions": { "disableAutoMode": "no", "disableBypassPermissionsMode": 1 }\n}\n',
  );
  await project.apply();
  expect(parsed(project.read()).permissions).toMatchObject({
    disableAutoMode: 'disable',
    disableBypassPermissionsMode: 'disable',
  });
  project.write(project.read().replace('"disableAutoMode": "disable"', '"disableAutoMode": "mine"'));
  await project.apply(['--undo', '-y']);
  expect(JSON.parse(project.read())).toEqual({
    permissions: { disableAutoMode: 'mine', disableBypassPermissionsMode: 1 },
  });
});

test('after the bundle changed, what is no longer wanted goes, the new comes and the rest stays', async () => {
  const project = await projectWith(MINE);
  await project.apply();
  project.write(project.read().replace('"mcp__shop__refund"', '"mcp__shop__refund",\n      "mcp__mine__*"'));
  project.write(DESK.replaceAll('refund', 'payout'), 'desk.agent.yaml');
  const stale = await project.apply();
  expect(stale.code).toBe(2);
  expect(stale.err).toContain('stakes generate desk.agent.yaml');
  expect((await project.generate()).code).toBe(0);
  expect(project.installed()).toBeDefined();
  const checked = await project.apply(['--check']);
  expect(checked.code).toBe(1);
  expect(checked.out).toContain('stakes apply desk.agent.yaml');
  expect((await project.generate('--check')).code).toBe(1);
  expect((await project.apply()).code).toBe(0);
  expect(parsed(project.read()).permissions.ask).toEqual(['mcp__mine__*', 'mcp__shop__payout']);
  expect((await project.apply(['--check'])).code).toBe(0);
  expect((await project.generate('--check')).code).toBe(0);
  await project.apply(['--undo', '-y']);
  expect(parsed(project.read()).permissions).toEqual({ ...parsed(MINE).permissions, ask: ['mcp__mine__*'] });
});

test('--check sees a rule that was taken out, and a file that is gone', async () => {
  const project = await projectWith(MINE);
  expect((await project.apply(['--check'])).code).toBe(3);
  await project.apply();
  project.write(project.read().replace('"vi"', '"ed"'));
  expect((await project.apply(['--check'])).code).toBe(0);
  project.write(project.read().replace('"mcp__shop__refund"', ''));
  const checked = await project.apply(['--check']);
  expect(checked.code).toBe(1);
  expect(checked.out).toContain('permissions.ask: "mcp__shop__refund"');
  const generated = await project.generate('--check');
  expect(generated.code).toBe(1);
  expect(generated.out).toContain('.claude/settings.json: no longer holds what was installed');
  rmSync(project.path(SETTINGS));
  expect((await project.apply(['--check'])).out).toContain('the file is gone');
  expect((await project.apply()).code).toBe(0);
  expect((await project.apply(['--check'])).code).toBe(0);
});

test('without a terminal it shows, writes nothing and names --yes', async () => {
  const project = await projectWith(MINE);
  const lock = project.read('.stakes/desk/stakes.lock.json');
  const shown = await project.apply([]);
  expect(shown.code).toBe(2);
  expect(shown.out).toContain('+      "Bash",');
  expect(shown.err).toContain('--yes');
  const dry = await project.apply(['--dry-run', '-y']);
  expect(dry.code).toBe(0);
  expect([project.read(), project.read('.stakes/desk/stakes.lock.json')]).toEqual([MINE, lock]);
});

test.each([
  ['y', 0, true],
  ['YES', 0, true],
  ['', 130, false],
  ['n', 130, false],
  ['yesterday', 130, false],
  [undefined, 130, false],
])('on a terminal the answer %j gives %i', async (answer, code, isWritten) => {
  const project = await projectWith(MINE);
  expect((await project.apply([], answering(answer))).code).toBe(code);
  expect(project.read() !== MINE).toBe(isWritten);
});

test('a file that changes between the diff and the yes is not written', async () => {
  const project = await projectWith(MINE);
  const other = MINE.replace('vi', 'emacs');
  const lost = await project.apply(
    [],
    answering('y', () => project.write(other)),
  );
  expect(lost.code).toBe(2);
  expect(lost.err).toContain('changed while you looked');
  expect(project.read()).toBe(other);
  expect(project.installed()).toBeUndefined();
});

test('one settings file holds the rules of one agent', async () => {
  const project = await projectWith(MINE, { 'till.agent.yaml': DESK.replace('desk', 'till') });
  const several = await project.apply();
  expect(several.code).toBe(2);
  expect(several.err).toContain('name one manifest');
  expect((await project.apply(['desk.agent.yaml', '-y'])).code).toBe(0);
  const second = await project.apply(['till.agent.yaml', '-y']);
  expect(second.code).toBe(2);
  expect(second.err).toContain('--undo');
  expect((await project.apply(['desk.agent.yaml', '--undo', '-y'])).code).toBe(0);
  expect((await project.apply(['till.agent.yaml', '-y'])).code).toBe(0);
});

test('a bundle that is missing or edited is not installed', async () => {
  const project = await projectWith(MINE);
  writeFileSync(project.path('.stakes/desk/claude-code/settings.json'), '{}');
  expect((await project.apply()).err).toContain('stakes generate desk.agent.yaml --force');
  rmSync(project.path('.stakes'), { recursive: true });
  const missing = await project.apply();
  expect(missing.code).toBe(2);
  expect(missing.err).toContain('stakes generate desk.agent.yaml');
  expect(project.read()).toBe(MINE);
});

test('a whole file goes where it is told, replaces another and comes back', async () => {
  const project = await projectWith(undefined, { 'etc/managed.json': 'theirs' });
  const to = project.path('etc/managed.json');
  const asked = ['--as', 'managed', '--to', to];
  expect((await project.apply(asked)).out).toContain('-theirs');
  const applied = await project.apply([...asked, '-y']);
  expect([applied.code, applied.out.replace(/\s+/g, ' ')]).toEqual([
    0,
    expect.stringContaining('every call is refused until the files of the hook lie in'),
  ]);
  expect(readFileSync(to, 'utf8')).toBe(project.read('.stakes/desk/claude-code/managed-settings.json'));
  expect((await project.apply(['--check'])).code).toBe(0);
  const refused = await project.apply(['--undo', '-y']);
  expect(refused.code).toBe(2);
  expect(refused.err).toContain('--to');
  expect((await project.apply(['--undo', '-y', '--to', to])).code).toBe(0);
  expect(readFileSync(to, 'utf8')).toBe('theirs');
});

test('targets that are read in place and launchers are named, and nothing is written', async () => {
  const project = await projectWith();
  const lock = project.read('.stakes/desk/stakes.lock.json');
  expect((await project.apply(['-t', 'cedar,srt'])).out).toContain('cedar and srt are read in place');
  expect((await project.apply(['--as', 'launcher'])).out).toContain('sh .stakes/desk/claude-code/launch.sh');
  expect(project.read('.stakes/desk/stakes.lock.json')).toBe(lock);
  expect(existsSync(project.path('.claude'))).toBe(false);
});

test.each([
  [['-t', 'cedr'], 'did you mean `cedar`'],
  [['--as', 'manged'], 'did you mean `managed`'],
  [['--to', '/x'], '--as managed'],
  [['--check', '--undo'], 'do not go together'],
])('%j is a mistake that is explained', async (argv, words) => {
  const refused = await (await projectWith()).apply(argv);
  expect(refused.code).toBe(2);
  expect(refused.err).toContain(words);
});

test('backups are private, outside of the project, and only of what was there', async () => {
  const project = await projectWith(MINE);
  await project.apply();
  const folder = join(project.folder, '../home/.local/state/stakes/backups');
  const [name = ''] = readdirSync(folder);
  expect(name).toContain(createHash('sha256').update(MINE).digest('hex'));
  expect(lstatSync(folder).mode & 0o777).toBe(0o700);
  expect(lstatSync(join(folder, name)).mode & 0o777).toBe(0o600);
  const nowhere = await projectWith(MINE);
  const refused = await nowhere.apply(['-y'], { env: {} });
  expect(refused.err).toContain('XDG_STATE_HOME');
  expect(nowhere.read()).toBe(MINE);
});

test('JSON follows its schema, and so does the lock', async () => {
  const ajv = new Ajv({ strict: false });
  const [isReport, isLock] = [ajv.compile(applySchema), ajv.compile(lockSchema)];
  const project = await projectWith(MINE);
  for (const argv of [[], ['-y'], ['-y'], ['--check'], ['--undo', '--dry-run'], ['--undo', '-y'], ['--undo', '-y']]) {
    const { out } = await project.apply([...argv, '-f', 'json']);
    expect(isReport(JSON.parse(out)), JSON.stringify(isReport.errors)).toBe(true);
    expect(isLock(JSON.parse(project.read('.stakes/desk/stakes.lock.json'))), JSON.stringify(isLock.errors)).toBe(true);
  }
});

test('with --yes and JSON nothing is asked; without, JSON never asks', async () => {
  const project = await projectWith(MINE);
  const never = { ...answering('y'), question: () => Promise.reject(new Error('asked')) };
  expect((await project.apply(['-f', 'json'], never)).code).toBe(2);
  expect((await project.apply(['-f', 'json', '-y'], never)).code).toBe(0);
});

test('where there is no manifest there is nothing to do', async () => {
  const project = await projectWith();
  rmSync(project.path('desk.agent.yaml'));
  expect((await project.apply()).code).toBe(3);
  project.write(manifest('desk', 'tools: 1'), 'desk.agent.yaml');
  expect((await project.apply()).code).toBe(2);
});

test('a list of hosts that a person made wider is kept, and said', async () => {
  const wide = '{\n  "sandbox": {\n    "network": {\n      "allowedDomains": ["other.example"]\n    }\n  }\n}\n';
  const project = await projectWith(wide);
  project.write(
    DESK.replace(
      'tools:\n',
      'network: { egress: listed, allowedHosts: [docs.example.com] }\ntools:\n  Bash: { effect: write, data: [], egress: listed, access: ask }\n',
    ),
    'desk.agent.yaml',
  );
  expect((await project.generate()).code).toBe(0);
  const applied = await project.apply();
  expect(applied.code).toBe(0);
  expect(applied.out.replace(/\s+/g, ' ')).toContain(
    'warning: `sandbox.network.allowedDomains` was there and stays; it also allows `other.example`',
  );
  expect(JSON.parse(project.read()).sandbox).toMatchObject({
    enabled: true,
    network: { allowedDomains: ['other.example'] },
  });
  expect((await project.apply(['--check'])).code).toBe(0);
  await project.apply(['--undo', '-y']);
  expect(project.read()).toBe(wide);
});
