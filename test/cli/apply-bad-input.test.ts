import {
  chmodSync,
  existsSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { Installed } from '../../src/model/lock.ts';
import { answering, projectWith, SETTINGS } from '../apply/project.ts';

/** Refused with these words, and everything is as it was. */
async function refuses(settings: string | Uint8Array, ...words: string[]) {
  const project = await projectWith(settings);
  const lock = project.read('.stakes/desk/stakes.lock.json');
  const { code, err } = await project.apply();
  expect(code).toBe(2);
  for (const word of words) expect(err.replace(/\n {2}(?! )/g, ' ')).toContain(word);
  expect(readFileSync(project.path(SETTINGS))).toEqual(Buffer.from(settings as string));
  expect(project.read('.stakes/desk/stakes.lock.json')).toBe(lock);
  expect(readdirSync(project.path('.claude'))).toEqual(['settings.json']);
}

test('a file that is not JSON is shown with line, column and frame', () =>
  refuses(
    '{\n  "permissions": {\n    "deny": [oops]\n  }\n}\n',
    'not JSON',
    '.claude/settings.json:3:14',
    '3 |     "deny": [oops]',
    '^^^^',
  ));

test.each([
  ['a top-level list', '[]', 'holds a list, where an object belongs'],
  ['a top-level text', '"x"', 'holds a text'],
  ['a missing brace', '{"a": 1', 'closing brace'],
  ['two objects', '{}{}', 'not JSON'],
  ['permissions as text', '{"permissions": "none"}', '`permissions` is a text, where an object belongs'],
  ['permissions as null', '{"permissions": null}', '`permissions` is `null`'],
  ['deny as text', '{"permissions": {"deny": "Bash"}}', '`permissions.deny` is a text, where a list belongs'],
  ['a value as a list', '{"permissions": {"disableAutoMode": []}}', 'where a plain value belongs'],
  ['duplicate keys', '{"permissions": {}, "permissions": {}}', 'the key `permissions` stands here twice'],
  ['a duplicate key further in', '{"hooks": {"x": [{"a": 1, "a": 2}]}}', 'the key `a` stands here twice'],
  ['values nested too deep', `{"a": ${'['.repeat(100_000)}`, 'more than 64 deep'],
  ['no end of a comment', '{} /* x', 'a comment has no end'],
  ['a NUL', '{"a": "\0"}', 'not a text file'],
  ['YAML', 'permissions:\n  deny: []\n', 'not JSON'],
])('%s is refused', (_, text, words) => refuses(text, words));

test('UTF-16 is refused', () => refuses(Buffer.from('\ufeff{}', 'utf16le'), 'UTF-16'));
test('bytes that are no text are refused', () => refuses(Buffer.from([0x7b, 0xff, 0x7d]), 'not UTF-8'));
test('more than a megabyte is refused', () =>
  refuses(`{"a": "${'x'.repeat(1024 * 1024)}"}`, 'more than 1048576 bytes'));

test('a key named `__proto__` is a key like others', async () => {
  const text = '{\n  "__proto__": {\n    "permissions": 1\n  },\n  "constructor": 2\n}\n';
  const project = await projectWith(text);
  expect((await project.apply()).code).toBe(0);
  expect(project.read()).toContain('"__proto__": {\n    "permissions": 1\n  }');
  await project.apply(['--undo', '-y']);
  expect(project.read()).toBe(text);
});

test.each([
  ['an empty file', ''],
  ['white space', '\n\n  '],
  ['an empty object', '{}'],
  ['a byte order mark', '\ufeff{\n  "a": 1\n}\n'],
  ['no end of line at the end', '{\n  "a": 1\n}'],
  ['one line', '{"permissions":{"deny":["Read(x)"],"allow":[]},"a":[1,2]}'],
  ['one line with spaces', '{ "permissions": { "deny": [ "Read(x)" ] } }\n'],
  ['commas first', '{ "a": 1\n, "permissions": { "deny": [ "x"\n    , "y" ] }\n}\n'],
])('%s is merged into, and comes back with or without its backup', async (_, text) => {
  const project = await projectWith(text);
  for (const hasBackup of [true, false]) {
    expect(await project.apply()).toMatchObject({ code: 0, err: '' });
    expect((await project.apply(['--check'])).code).toBe(0);
    if (!hasBackup) rmSync(join(project.folder, '../home'), { recursive: true });
    expect((await project.apply(['--undo', '-y'])).code).toBe(0);
    if (hasBackup) expect(project.read()).toBe(text);
  }
  expect(project.read()).not.toMatch(/mcp__|disable/);
});

test.each([
  ['a comment', '{\n  "permissions": {} // mine\n}\n', 2, 'a comment'],
  ['comments alone', '\n/* later */', 2, 'a comment'],
  ['a comma after the last key', '{\n  "permissions": {},\n}\n', 2, 'a comma at the end of a list'],
  ['a comma after the last entry', '{"permissions": {"deny": ["//x", ]}}', 1, 'a comma at the end of a list'],
])('%s makes Claude Code ignore the file, so nothing is added to it', async (_, text, line, what) => {
  const project = await projectWith(text);
  const { code, err } = await project.apply();
  expect(code).toBe(2);
  expect(err).toContain('error[ignored-file]');
  expect(err.replace(/\s+/g, ' ')).toContain(`\`.claude/settings.json\` has ${what}, for which the engine ignores`);
  expect(err).toContain(`--> .claude/settings.json:${line}:`);
  expect(project.read()).toBe(text);
});

test('a comment that came after applying is seen by --check', async () => {
  const project = await projectWith('{"a": "// no comment"}');
  expect((await project.apply()).code).toBe(0);
  expect((await project.apply(['--check'])).code).toBe(0);
  project.write(`// mine\n${project.read()}`);
  expect((await project.apply(['--check'])).code).toBe(1);
  expect((await project.apply(['--undo', '-y'])).code).toBe(0);
  expect(project.read()).toBe('// mine\n{"a": "// no comment"}');
});

test.each([
  ['CRLF', '{\r\n  "permissions": {\r\n    "deny": [\r\n      "x"\r\n    ]\r\n  }\r\n}\r\n', /[^\r]\n/],
  ['tabs', '{\n\t"permissions": {\n\t\t"deny": [\n\t\t\t"x"\n\t\t]\n\t}\n}\n', /^ /m],
  [
    'four spaces',
    '{\n    "permissions": {\n        "deny": [\n            "x"\n        ]\n    }\n}\n',
    /^(?: {4})* {1,3}[^ ]/m,
  ],
])('%s stay', async (_, text, foreign) => {
  const project = await projectWith(text);
  await project.apply();
  expect(project.read()).not.toMatch(foreign);
  rmSync(join(project.folder, '../home'), { recursive: true });
  await project.apply(['--undo', '-y']);
  expect(project.read()).toBe(text);
});

test('a link is refused, and says where it leads', async () => {
  const project = await projectWith(undefined, { 'elsewhere/settings.json': '{}' });
  mkdirSync(project.path('.claude'));
  symlinkSync('../elsewhere/settings.json', project.path(SETTINGS));
  const refused = await project.apply();
  expect(refused.code).toBe(2);
  expect(refused.err.replace(/\s+/g, ' ')).toContain(
    '`.claude/settings.json` is a symbolic link to `../elsewhere/settings.json`',
  );
  expect(project.read('elsewhere/settings.json')).toBe('{}');
});

test('a folder that is a link out of the project is refused', async () => {
  const project = await projectWith();
  mkdirSync(join(project.folder, '../out'));
  symlinkSync('../out', project.path('.claude'));
  expect((await project.apply()).err).toContain('`.claude` is a symbolic link to `../out`');
  expect(readdirSync(join(project.folder, '../out'))).toEqual([]);
});

test('a folder in the place of the file is refused', async () => {
  const project = await projectWith();
  mkdirSync(project.path(SETTINGS), { recursive: true });
  expect((await project.apply()).err).toContain('is a folder');
});

test.each([SETTINGS, '.claude'])('a read-only %s is not written', async (name) => {
  const project = await projectWith('{}');
  chmodSync(project.path(name), name === SETTINGS ? 0o444 : 0o555);
  const refused = await project.apply();
  chmodSync(project.path(name), 0o755);
  expect(refused.code).toBe(2);
  expect(refused.err).toContain('read-only');
  expect(project.read()).toBe('{}');
  expect(project.installed()).toBeUndefined();
});

test('permission bits stay', async () => {
  const project = await projectWith('{}');
  chmodSync(project.path(SETTINGS), 0o640);
  await project.apply();
  expect(lstatSync(project.path(SETTINGS)).mode & 0o777).toBe(0o640);
  await project.apply(['--undo', '-y']);
  expect(lstatSync(project.path(SETTINGS)).mode & 0o777).toBe(0o640);
});

test('a secret in the settings is not printed', async () => {
  const key = `sk-ant-api03-${'a1B2c3D4'.repeat(11)}AA`;
  const project = await projectWith(`{\n  "env": { "KEY": "${key}" }\n}\n`);
  const { out, err } = await project.apply();
  expect(out + err).not.toContain(key);
  expect(project.read()).toContain(key);
});

const HOSTILE: [string, Partial<Installed>][] = [
  ['a path out of the project', { path: '../../etc/passwd' }],
  ['an absolute path', { path: '/etc/passwd' }],
  ['another file of the project', { path: 'victim' }],
  ['a Windows path', { path: 'C:\\victim' }],
  ['an allow rule', { owns: [{ pointer: '/permissions/allow', value: [], before: ['Bash'] }] }],
  ['a key of no rule', { owns: [{ pointer: '/env', value: {}, before: { A: 'b' } }] }],
  ['a whole object', { owns: [{ pointer: '/permissions/disableAutoMode', value: 'disable', before: { x: 1 } }] }],
  ['entries as a value', { owns: [{ pointer: '/permissions/deny', value: [], before: [] }] }],
];

test.each(HOSTILE)('a lock that claims %s is not believed', async (_, claim) => {
  const project = await projectWith('{}', { victim: 'keep' });
  await project.apply();
  const before = project.read();
  project.lock((lock) => {
    const installed = lock.installed?.['claude-code/project'];
    if (installed) Object.assign(installed, claim, { before: null });
  });
  for (const argv of [['--undo', '-y'], ['-y']]) {
    const refused = await project.apply(argv);
    expect(refused.code).toBe(2);
    expect(refused.err).toContain('cannot be');
  }
  expect([project.read(), project.read('victim'), existsSync('/etc/passwd')]).toEqual([before, 'keep', true]);
});

test.each([
  ['x', {}],
  ['claude-code/project', null],
  ['claude-code/project', { path: '.claude/settings.json' }],
  ['../x', {}],
])('a lock whose record %j is %j is no lock', async (key, value) => {
  const project = await projectWith('{}');
  project.lock((lock) => {
    lock.installed = { [key]: value as unknown as Installed };
  });
  expect((await project.generate('--check')).code).toBe(1);
  expect((await project.apply()).code).toBe(2);
  expect(project.read()).toBe('{}');
});

test('a record of nothing that is known is named', async () => {
  const project = await projectWith('{}');
  await project.apply();
  project.lock((lock) => {
    lock.installed = { 'no-such/target': lock.installed?.['claude-code/project'] as Installed };
  });
  expect((await project.apply(['--undo', '-y'])).err).toContain('nothing of this kind is ever installed');
});

test('a lock that names other folders removes none of them', async () => {
  const project = await projectWith();
  await project.apply();
  mkdirSync(project.path('empty'));
  project.lock((lock) => {
    const installed = lock.installed?.['claude-code/project'];
    if (installed) installed.folders = ['empty', '..', '.', '.claude'];
  });
  await project.apply(['--undo', '-y']);
  expect([existsSync(project.path('empty')), existsSync(project.path('.claude')), existsSync(project.folder)]).toEqual([
    true,
    false,
    true,
  ]);
});

test('a file that is edited while undoing is asked about is left alone', async () => {
  const project = await projectWith('{}');
  await project.apply();
  const lost = await project.apply(
    ['--undo'],
    answering('y', () => writeFileSync(project.path(SETTINGS), '{"a": 1}')),
  );
  expect(lost.err).toContain('changed while you looked');
  expect(project.read()).toBe('{"a": 1}');
});

test('a broken file is not undone either, and says why', async () => {
  const project = await projectWith('{}');
  await project.apply();
  project.write('{ broken');
  expect((await project.apply(['--undo', '-y'])).err).toContain('not JSON');
  expect((await project.apply(['--check'])).code).toBe(1);
  expect(project.read()).toBe('{ broken');
});

test('a bundle behind a link is neither installed nor undone', async () => {
  const project = await projectWith('{}');
  await project.apply();
  const before = project.read();
  renameSync(project.path('.stakes'), join(project.folder, '../elsewhere'));
  symlinkSync('../elsewhere', project.path('.stakes'));
  for (const argv of [['-y'], ['--undo', '-y'], ['--check']]) {
    const refused = await project.apply(argv);
    expect(refused.code).toBe(2);
    expect(refused.err).toContain('symbolic link');
  }
  expect(project.read()).toBe(before);
});

test('a link that lies where a backup goes is replaced, and what it leads to is not written', async () => {
  const project = await projectWith('{}');
  await project.apply();
  await project.apply(['--undo', '-y']);
  const home = join(project.folder, '../home');
  const backups = join(home, '.local/state/stakes/backups');
  writeFileSync(join(home, 'victim'), 'keep');
  await project.apply();
  const [name = ''] = readdirSync(backups);
  await project.apply(['--undo', '-y']);
  symlinkSync(join(home, 'victim'), join(backups, name));
  expect((await project.apply()).code).toBe(0);
  expect(readFileSync(join(home, 'victim'), 'utf8')).toBe('keep');
  expect((await project.apply(['--undo', '-y'])).out).toContain('to the byte');
  expect(project.read()).toBe('{}');
});

test('a lock that claims a whole file of somebody else takes out no more than rules', async () => {
  const text = '{\n  "env": {\n    "A": "b"\n  }\n}\n';
  const project = await projectWith(text);
  await project.apply();
  project.lock((lock) => {
    const installed = lock.installed?.['claude-code/project'];
    if (installed) installed.before = null;
  });
  expect((await project.apply(['--undo', '-y'])).out).toContain('only what was ours is taken out');
  expect(project.read()).toBe(text);
});

test.each([
  ['of a newer format', (text: string) => text.replace('stakes/lock@1', 'stakes/lock@2')],
  ['cut off', (text: string) => text.slice(0, text.length / 2)],
  ['empty', () => ''],
])('a lock that is %s is not taken for one that says that nothing is installed', async (_, change) => {
  const project = await projectWith('{}');
  await project.apply();
  const settings = project.read();
  const path = '.stakes/desk/stakes.lock.json';
  const lock = change(project.read(path));
  project.write(lock, path);
  for (const argv of [['--undo', '-y'], ['--check'], ['-y']]) {
    const { code, err } = await project.apply(argv);
    expect(code).toBe(2);
    expect(err).toContain('error[unreadable-lock]');
  }
  expect(project.read()).toBe(settings);
  expect(project.read(path)).toBe(lock);
});

test('a generated file that somebody made endless is another file, and is not read to its end', async () => {
  const project = await projectWith('{}');
  truncateSync(project.path('.stakes/desk/README.md'), 3 * 1024 ** 3);
  const { code, err } = await project.apply();
  expect(code).toBe(2);
  expect(err).toContain('was edited by hand');
  expect((await project.generate('--check')).code).toBe(1);
});
