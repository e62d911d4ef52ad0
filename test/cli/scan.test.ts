import { chmodSync, existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv } from 'ajv';
import { describe, expect, test } from 'vitest';
import { pinsSchema } from '../../src/schema/pins.ts';
import { scanSchema } from '../../src/schema/scan.ts';
import { folderWith, run } from './fake-io.ts';

const ajv = new Ajv({ strict: false });
const isScan = ajv.compile(scanSchema);
const isPins = ajv.compile(pinsSchema);

const fake = join(import.meta.dirname, '../scan/fake-server.mjs');
const LOOK = { name: 'get_page', description: 'Get a page.', inputSchema: { type: 'object' } };
const DROP = { name: 'delete_page', description: 'Delete a page.', inputSchema: { type: 'object' } };
const saved = (...tools: object[]) => JSON.stringify({ server: 'wiki', tools });
const terminal = { stdinIsTty: true, stdoutIsTty: true } as const;
const env = { PATH: process.env.PATH ?? '' };

interface Report {
  servers: { name: string; tools: { name: string; effect: string; pin: string | null }[] }[];
  changes: { tool: string; change: string; says: string[]; tier: { from: unknown; to: unknown } }[];
  errors: { code: string; message: string; help?: string; file?: string; line?: number; pointer?: string }[];
}

async function report(folder: string, argv: string[], more: Parameters<typeof run>[2] = {}) {
  const ran = await run(folder, ['scan', ...argv, '-f', 'json'], more);
  const value = JSON.parse(ran.out) as Report;
  expect(isScan(value), JSON.stringify(isScan.errors)).toBe(true);
  return { ...ran, ...value };
}

describe('a saved list', () => {
  test('is told tool by tool, with why', async () => {
    const { code, out, err } = await run(folderWith({ 't.json': saved(LOOK, DROP) }), ['scan', '--tools', 't.json']);
    expect([code, err]).toEqual([0, '']);
    expect(out).toContain('wiki  2 tools, 1 not only reading');
    expect(out).toMatch(/delete_page +write, final +not pinned/);
    expect(out).toMatch(/get_page +read +not pinned\n.*`get`/);
  });

  test('comes from standard input, bare or as a whole answer', async () => {
    const stdin = JSON.stringify({ jsonrpc: '2.0', id: 1, result: { tools: [LOOK] } });
    const { servers } = await report(folderWith(), ['--tools', '-', '--as', 'wiki'], { stdin });
    expect(servers).toMatchObject([{ name: 'wiki', tools: [{ name: 'get_page', effect: 'read', pin: null }] }]);
  });

  test('one that is broken is one error, and the others are told', async () => {
    const folder = folderWith({
      'a.json': saved(LOOK),
      'b.json': '{',
      'c.json': '{"tools":[],"nextCursor":"x"}',
      'd.json': JSON.stringify({ tools: [LOOK, LOOK] }),
    });
    const argv = ['a', 'b', 'c', 'd', 'none'].flatMap((name) => ['--tools', `${name}.json`]);
    const { code, servers, errors } = await report(folder, argv);
    expect([code, servers.map(({ name }) => name)]).toEqual([2, ['wiki']]);
    expect(errors.map(({ code: id, file }) => [id, file])).toEqual([
      ['not-json', 'b.json'],
      ['not-a-list', 'c.json'],
      ['list-changed', 'd.json'],
      ['missing-file', 'none.json'],
    ]);
  });

  test('hostile names move nothing on a terminal', async () => {
    const name = 'get\u001b[2J\u202e`|<b>';
    const folder = folderWith({
      't.json': JSON.stringify({ server: 'x\u001b]0;y\u0007', tools: [{ ...LOOK, name }] }),
    });
    for (const format of ['human', 'markdown', 'json']) {
      const { out } = await run(folder, ['scan', '--tools', 't.json', '-f', format]);
      expect(out.replace(/\n/g, '')).not.toMatch(/[\u0000-\u001f\u007f-\u009f\u202a-\u202e]/);
    }
    expect((await run(folder, ['scan', '--tools', 't.json', '-f', 'markdown'])).out).not.toContain('<b>');
  });

  test('the same list gives the same bytes, in whatever order it came', async () => {
    const folder = folderWith({ 'a.json': saved(LOOK, DROP), 'b.json': saved(DROP, LOOK) });
    for (const format of ['human', 'json', 'markdown']) {
      const [a, b] = await Promise.all(
        ['a', 'b'].map((n) => run(folder, ['scan', '--tools', `${n}.json`, '-f', format])),
      );
      expect(a).toEqual(b);
    }
  });
});

describe('pins', () => {
  const PINS = 'stakes.pins.json';
  const read = (folder: string) => JSON.parse(readFileSync(join(folder, PINS), 'utf8'));

  test('--pin writes, --check compares: the rug pull fails with what changed and the tier', async () => {
    const folder = folderWith({ 't.json': saved(LOOK, DROP) });
    expect((await run(folder, ['scan', '--tools', 't.json', '--check'])).code).toBe(2);
    expect((await run(folder, ['scan', '--tools', 't.json', '--pin'])).code).toBe(0);
    expect(isPins(read(folder)), JSON.stringify(isPins.errors)).toBe(true);
    const same = await report(folder, ['--tools', 't.json', '--check']);
    expect([same.code, same.changes, same.servers[0]?.tools.map(({ pin }) => pin)]).toEqual([
      0,
      [],
      ['pinned', 'pinned'],
    ]);

    const pulled = { ...LOOK, description: 'Delete a page for good.' };
    writeFileSync(join(folder, 't.json'), saved(pulled, { ...LOOK, name: 'send_mail' }));
    const { code, changes } = await report(folder, ['--tools', 't.json', '--check']);
    expect(code).toBe(1);
    expect(changes).toMatchObject([
      { tool: 'get_page', change: 'changed', tier: { from: { ceiling: 'medium' }, to: { ceiling: 'full' } } },
      { tool: 'send_mail', change: 'new', says: ['nobody has pinned it'], tier: { from: null } },
      { tool: 'delete_page', change: 'gone', says: ['the server no longer lists it'], tier: { to: null } },
    ]);
    const { out } = await run(folder, ['scan', '--tools', 't.json', '--check'], { columns: 120 });
    expect(out).toContain('not as it was pinned: 3 tools');
    expect(out).toContain('its description says something else');
    expect(out).toContain('the tier is full; as it was pinned, medium');
    // Without --check it is told, and nothing fails.
    expect((await run(folder, ['scan', '--tools', 't.json'])).code).toBe(0);
  });

  test('what a person looked at is taken over only with a yes, and their review goes with the tool', async () => {
    const folder = folderWith({ 't.json': saved(LOOK, DROP) });
    await run(folder, ['scan', '--tools', 't.json', '--pin']);
    const pins = read(folder);
    const reviewed = { by: 'ana', on: '2026-11-22' };
    for (const name of ['get_page', 'delete_page']) pins.servers.wiki.tools[name].reviewed = reviewed;
    pins.servers.other = { tools: {} };
    const text = JSON.stringify(pins);
    writeFileSync(join(folder, PINS), text);
    writeFileSync(join(folder, 't.json'), saved({ ...LOOK, description: 'New.' }, DROP));

    const asked = await run(folder, ['scan', '--tools', 't.json', '--pin']);
    expect([asked.code, asked.err]).toEqual([2, expect.stringContaining('--yes')]);
    const no = await run(folder, ['scan', '--tools', 't.json', '--pin'], { ...terminal, question: async () => 'n' });
    expect(no.code).toBe(1);
    expect(readFileSync(join(folder, PINS), 'utf8')).toBe(text);

    expect((await run(folder, ['scan', '--tools', 't.json', '--pin', '--yes'])).code).toBe(0);
    const { servers } = read(folder);
    expect(servers.wiki.tools.delete_page.reviewed).toEqual(reviewed);
    expect(servers.wiki.tools.get_page).not.toHaveProperty('reviewed');
    expect(servers.other).toEqual({ tools: {} });
  });

  test('a broken file of pins is an error, and is not written over', async () => {
    const folder = folderWith({ 't.json': saved(LOOK), [PINS]: '{ "schema": "stakes/pins@1" }' });
    for (const more of [['--pin', '--yes'], ['--check'], []]) {
      const { code, errors } = await report(folder, ['--tools', 't.json', ...more]);
      expect([code, errors.map(({ code: id }) => id)]).toEqual([2, ['not-pins']]);
    }
    expect(readFileSync(join(folder, PINS), 'utf8')).toBe('{ "schema": "stakes/pins@1" }');
  });

  test('a server that gave no list keeps its pins', async () => {
    const folder = folderWith({ 't.json': saved(LOOK) });
    await run(folder, ['scan', '--tools', 't.json', '--pin']);
    const before = readFileSync(join(folder, PINS), 'utf8');
    writeFileSync(join(folder, 't.json'), saved(LOOK, LOOK));
    expect((await run(folder, ['scan', '--tools', 't.json', '--pin', '--yes'])).code).toBe(2);
    expect(readFileSync(join(folder, PINS), 'utf8')).toBe(before);
  });
});

describe('--start', () => {
  const entry = (way: string, more: object = {}) => ({ command: process.execPath, args: [fake, way], ...more });
  const config = (servers: Record<string, object>) => JSON.stringify({ mcpServers: servers }, null, 2);

  test('says what it runs, and runs nothing without a yes', async () => {
    const mark = join(folderWith(), 'ran');
    const touch = {
      command: process.execPath,
      args: ['-e', `require('fs').writeFileSync(${JSON.stringify(mark)}, '')`],
    };
    const folder = folderWith({ '.mcp.json': config({ touch }) });
    const alone = await run(folder, ['scan', '--start'], { env });
    expect([alone.code, alone.out]).toEqual([2, '']);
    expect(alone.err).toContain('this starts or reaches:\n  touch: ');
    expect(alone.err).toContain('--yes starts them');
    const no = await run(folder, ['scan', '--start'], { env, ...terminal, question: async () => 'no' });
    expect(no.code).toBe(2);
    const stopped = await run(folder, ['scan', '--start'], { env, ...terminal, question: async () => undefined });
    expect(stopped.code).toBe(130);
    expect((await run(folder, ['scan', '.mcp.json'], { env })).code).toBe(2);
    expect(existsSync(mark)).toBe(false);
    await run(folder, ['scan', '--start', '--yes'], { env });
    expect(existsSync(mark)).toBe(true);
  });

  test('every server that misbehaves is one error in its place, and the others go on', async () => {
    const ways = ['plain', 'flood', 'broken', 'many', 'shifting', 'dies', 'hang', 'paged'];
    const servers = Object.fromEntries(ways.map((way) => [way, entry(way)]));
    const folder = folderWith({
      '.mcp.json': config({ ...servers, off: entry('plain', { disabled: true }), empty: {} }),
    });
    const { code, servers: told, errors, err } = await report(folder, ['--start', '--yes', '--timeout', '6'], { env });
    expect(code).toBe(2);
    expect(told.map(({ name, tools }) => [name, tools.length])).toEqual([
      ['plain', 2],
      ['paged', 28],
    ]);
    expect(errors.map(({ code: id, pointer }) => [pointer, id])).toEqual([
      ['/mcpServers/empty', 'not-a-server'],
      ['/mcpServers/flood', 'server-floods'],
      ['/mcpServers/broken', 'not-json'],
      ['/mcpServers/many', 'too-many-tools'],
      ['/mcpServers/shifting', 'list-changed'],
      ['/mcpServers/dies', 'server-died'],
      ['/mcpServers/hang', 'server-hangs'],
    ]);
    expect(errors.every(({ line }) => (line ?? 0) > 1)).toBe(true);
    expect(err).not.toContain('off:');
  });

  test('no secret is told: not on the line that is shown, not in the last words of a server', async () => {
    const secret = 'plain-words-as-a-password';
    const folder = folderWith({
      '.mcp.json': config({
        dies: entry('dies', { args: [fake, 'dies', '--token', secret], env: { FAKE_TOKEN: '${MY_TOKEN}' } }),
      }),
    });
    const { out, err } = await run(folder, ['scan', '--start', '--yes'], { env: { ...env, MY_TOKEN: secret } });
    expect(err).toContain(' (with FAKE_TOKEN)\n');
    expect(out).toContain('its last words: cannot log in with ***');
    expect(out + err).not.toContain(secret);
  });

  test('variables are filled in; one that is not set is an error', async () => {
    const folder = folderWith({
      '.mcp.json': config({
        set: entry('environment', { env: { A_NAME: '${HERE}', B_NAME: '${GONE:-else}' } }),
        unset: entry('plain', { env: { FAKE_TOKEN: '${GONE}' } }),
        asked: entry('plain', { env: { FAKE_TOKEN: '${input:token}' } }),
      }),
    });
    const { servers, errors } = await report(folder, ['--start', '--yes'], {
      env: { ...env, HERE: 'x', AWS_SECRET_ACCESS_KEY: 'y' },
    });
    expect(servers[0]?.tools.map(({ name }) => name)).toEqual(['A_NAME', 'B_NAME', 'PATH']);
    expect(errors.map(({ message }) => message)).toEqual([
      '`unset` needs `GONE`, which is not set here',
      '`asked` needs `input:token`, which is not set here',
    ]);
  });

  test('it runs in the folder of its configuration', async () => {
    const folder = folderWith({ 'sub/.vscode/mcp.json': JSON.stringify({ servers: { here: entry('folder') } }) });
    const { servers } = await report(folder, ['--start', '--yes', 'sub/.vscode/mcp.json'], { env });
    expect(servers[0]?.tools.map(({ name }) => name)).toEqual([join(folder, 'sub')]);
  });

  test('--only starts only those; one that is not there is told', async () => {
    const folder = folderWith({ '.mcp.json': config({ a: entry('plain'), b: entry('dies') }) });
    const { code, servers, err } = await report(folder, ['--start', '--yes', '--only', 'a'], { env });
    expect([code, servers.map(({ name }) => name)]).toEqual([0, ['a']]);
    expect(err).not.toContain('b:');
    expect((await run(folder, ['scan', '--start', '--yes', '--only', 'c'], { env })).code).toBe(2);
  });

  test('the catalogue knows what a server of its version does, unless it is left out', async () => {
    const folder = folderWith({
      '.mcp.json': config({
        memory: { command: 'npx', args: ['-y', '@modelcontextprotocol/server-memory@2026.8.31'] },
      }),
      'bin/npx': `#!/bin/sh\nexec '${process.execPath}' '${fake}' known\n`,
    });
    chmodSync(join(folder, 'bin/npx'), 0o755);
    const own = { env: { PATH: join(folder, 'bin') } };
    const known = await report(folder, ['--start', '--yes'], own);
    expect(known.servers[0]?.tools).toMatchObject([
      { effect: 'read', reversible: null, provenance: { effect: 'catalog' } },
    ]);
    const alone = await report(folder, ['--start', '--yes', '--no-catalog'], own);
    expect(alone.servers[0]?.tools).toMatchObject([{ effect: 'write', provenance: { effect: 'description' } }]);
  });

  test('what its names do to a terminal while it works', async () => {
    const folder = folderWith({ '.mcp.json': config({ 'x\u001b[2J': entry('hostile') }) });
    const { out, err } = await run(folder, ['scan', '--start', '--yes'], { env, stdoutIsTty: true });
    expect(`${out}${err}`.replace(/\n/g, '').replace(/\u001b\[\d+m/g, '')).not.toMatch(/[\u0000-\u001f\u202e]/);
    expect(err).toContain('1 tool');
  });

  test('without a sandbox on this machine, --sandbox starts nothing', async () => {
    const folder = folderWith({ '.mcp.json': config({ a: entry('plain') }) });
    const none = { env: { PATH: folder, HOME: folder } };
    const { code, out, err } = await run(folder, ['scan', '--start', '--yes', '--sandbox'], none);
    expect([code, out]).toEqual([2, '']);
    expect(err).toContain('no sandbox: srt is not on this machine');
  });
});

test.each([
  [[], '`--start` to start'],
  [['--tools', 'a', '--start'], 'leave one out'],
  [['--tools', 'a', '--sandbox'], 'go with `--start`'],
  [['--start', '--allow-host', 'x'], '`--allow-host` goes with `--sandbox`'],
  [['--tools', 'a', '--pin', '--check'], 'leave one out'],
  [['--tools', '-', '--tools', '-'], 'read once'],
  [['--start', '--timeout', 'soon'], 'whole seconds'],
])('%j is refused', async (argv, says) => {
  const { code, out, err } = await run(folderWith(), ['scan', ...argv]);
  expect([code, out]).toEqual([2, '']);
  expect(err).toContain(says);
});

test('nothing to start is said', async () => {
  const { code, err } = await run(folderWith(), ['scan', '--start', '--yes']);
  expect([code, err]).toEqual([3, expect.stringContaining('.mcp.json')]);
});
