import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv } from 'ajv';
import { describe, expect, test } from 'vitest';
import { importSchema } from '../../src/schema/import.ts';
import { folderWith, run } from './fake-io.ts';

const isImport = new Ajv().compile(importSchema);
const CONFIG = '{ "mcpServers": { "github": { "command": "npx", "args": ["-y", "server-github@1.2.3"] } } }';
const FILES = { 'shop/.mcp.json': CONFIG };
const MANIFEST = 'shop/shop-claude-code.agent.yaml';

describe('import', () => {
  test('writes a manifest beside what it read, and what is unknown keeps the tier open', async () => {
    const folder = folderWith(FILES);
    const { code, out, err } = await run(folder, ['import']);
    expect([code, err]).toEqual([0, '']);
    expect(out).toContain(`${MANIFEST} (new)`);
    expect(out).toContain('tier medium-plus … full');
    expect(readFileSync(join(folder, MANIFEST), 'utf8')).toContain('github/*: {}');
    expect((await run(folder, ['assess', MANIFEST])).code).toBe(0);
  });

  test('--dry-run writes nothing', async () => {
    const folder = folderWith(FILES);
    expect((await run(folder, ['import', '--dry-run'])).out).toContain('(new)');
    expect(existsSync(join(folder, MANIFEST))).toBe(false);
  });

  test('a second import changes only what the files say anew, and keeps what people wrote', async () => {
    const folder = folderWith(FILES);
    await run(folder, ['import']);
    const path = join(folder, MANIFEST);
    const edited = readFileSync(path, 'utf8')
      .replace('agent:', 'agent: # ours')
      .replace('github/*: {}', 'github/*: { access: ask }');
    writeFileSync(path, edited);
    expect((await run(folder, ['import'])).out).toContain('(as the last import left it)');
    expect(readFileSync(path, 'utf8')).toBe(edited);

    writeFileSync(join(folder, 'shop/.mcp.json'), CONFIG.replace('1.2.3', '1.2.4'));
    const asked = await run(folder, ['import']);
    expect(asked.err).toContain('+  github: { command: npx, args: [ -y, server-github@1.2.4 ] }');
    expect(asked.err).toContain('--yes');
    expect(readFileSync(path, 'utf8')).toBe(edited);
    await run(folder, ['import', '--yes']);
    expect(readFileSync(path, 'utf8')).toBe(edited.replace('1.2.3', '1.2.4'));
  });

  test('what somebody decided stands where the files now say something else', async () => {
    const folder = folderWith(FILES);
    await run(folder, ['import']);
    const path = join(folder, MANIFEST);
    writeFileSync(path, readFileSync(path, 'utf8').replace('github/*: {}', 'github/*: { access: deny }'));
    writeFileSync(join(folder, 'shop/.mcp.json'), '{ "mcpServers": { "desk": { "command": "desk" } } }');
    const { out } = await run(folder, ['import', '--yes']);
    expect(out).toContain('1 change not taken over');
    expect(readFileSync(path, 'utf8')).toContain('github/*: { access: deny }');
  });

  test('a manifest that no import wrote is left alone', async () => {
    const own = 'schemaVersion: 1\nagent: { id: shop-claude-code }\ntools: { Read: read }\n';
    const folder = folderWith({ ...FILES, [MANIFEST]: own });
    expect((await run(folder, ['import', '--yes'])).out).toContain('written by hand, left alone');
    expect(readFileSync(join(folder, MANIFEST), 'utf8')).toBe(own);
  });

  test('a broken file is told in its place, and the others are imported', async () => {
    const folder = folderWith({ ...FILES, 'desk/.mcp.json': '{ "mcpServers": {' });
    const { code, out } = await run(folder, ['import']);
    expect(code).toBe(2);
    expect(out).toContain('desk/.mcp.json:1');
    expect(existsSync(join(folder, MANIFEST))).toBe(true);
  });

  test('a secret is told by its name and never copied', async () => {
    const secret = 'ghp_012345678901234567890123456789012345';
    const config = `{ "mcpServers": { "github": { "command": "x", "env": { "GITHUB_TOKEN": "${secret}" } } } }`;
    const folder = folderWith({ '.mcp.json': config });
    const { code, out, err } = await run(folder, ['import', '-f', 'json']);
    expect(code).toBe(0);
    expect(out).toContain('literal-secret');
    const report = JSON.parse(out);
    expect(isImport(report)).toBe(true);
    const [{ file }] = report.results;
    for (const text of [out, err, readFileSync(join(folder, file), 'utf8')]) expect(text).not.toContain(secret);
  });

  test('a file that is named is found, wherever it lies below the folder of its agent', async () => {
    const text = '---\ndescription: ships\nallowed-tools: Bash(ls)\n---\n';
    const folder = folderWith({ ...FILES, 'shop/.claude/commands/a/ship.md': text });
    for (const path of ['shop/.mcp.json', join(folder, 'shop/.mcp.json'), 'shop/.claude/commands/a/ship.md']) {
      const { code, out } = await run(folder, ['import', '--dry-run', '-f', 'json', path]);
      const [result] = JSON.parse(out).results;
      expect([code, result.file, result.sources[0]]).toEqual([0, MANIFEST, path.replace(`${folder}/`, '')]);
    }
  });

  test('formats without a file name of their own are read once the file is named', async () => {
    const agent = 'apiVersion: kagent.dev/v1alpha2\nkind: Agent\nmetadata: { name: desk }\nspec: {}\n';
    const folder = folderWith({ 'deploy/everything.yml': agent, 'deploy/other.yml': 'a: 1\n' });
    expect((await run(folder, ['import', '--dry-run'])).code).toBe(3);
    const { code, out } = await run(folder, ['import', '--dry-run', 'deploy/everything.yml']);
    expect([code, out]).toEqual([0, expect.stringContaining('deploy/deploy-kagent-desk.agent.yaml (new)')]);
    expect((await run(folder, ['import', '--dry-run', 'deploy/other.yml'])).code).toBe(3);
  });

  test('nothing to import is said, with the way to know more', async () => {
    const { code, err } = await run(folderWith({ 'a.txt': '' }), ['import']);
    expect([code, err]).toEqual([3, expect.stringContaining('`stakes explain`')]);
    expect((await run(folderWith({ 'a.txt': '' }), ['import', 'a.txt'])).code).toBe(2);
  });
});

test('plain `stakes` shows what no manifest describes yet, and the way to one', async () => {
  const folder = folderWith(FILES);
  const { code, out } = await run(folder, []);
  expect([code, out]).toEqual([0, expect.stringContaining('no manifest yet, only shop/.mcp.json')]);
  expect(out).toContain('next: stakes import\n');
  await run(folder, ['import']);
  expect((await run(folder, [])).out).not.toContain('no manifest yet');
  rmSync(join(folder, MANIFEST));
  expect((await run(folder, [])).out).toContain('no manifest yet');
});

describe('an agent that its files no longer describe', () => {
  const GONE = `${MANIFEST} (no longer there)`;

  test('is told with its manifest, which stays as it is', async () => {
    const folder = folderWith({ ...FILES, 'desk/.mcp.json': CONFIG });
    await run(folder, ['import']);
    const before = readFileSync(join(folder, MANIFEST), 'utf8');
    for (const empty of ['{ "mcpServers": {} }', undefined]) {
      if (empty === undefined) rmSync(join(folder, 'shop/.mcp.json'));
      else writeFileSync(join(folder, 'shop/.mcp.json'), empty);
      const { code, out } = await run(folder, ['import', '--yes']);
      expect([code, out]).toEqual([0, expect.stringContaining(GONE)]);
      expect(out).toContain('it came from shop/.mcp.json: nothing there describes it any more');
      expect(out).toContain('delete the manifest');
    }
    expect(readFileSync(join(folder, MANIFEST), 'utf8')).toBe(before);
    const report = JSON.parse((await run(folder, ['import', '-f', 'json'])).out);
    expect(isImport(report), JSON.stringify(isImport.errors)).toBe(true);
    expect(report.results).toMatchObject([
      { agent: 'desk-claude-code', state: 'same' },
      { agent: 'shop-claude-code', state: 'gone', host: 'claude-code', tier: null, sources: ['shop/.mcp.json'] },
    ]);
  });

  test('is told where it is the only one, from whatever folder, and not after it was deleted', async () => {
    const folder = folderWith({ ...FILES, 'away/x': '' });
    await run(folder, ['import']);
    rmSync(join(folder, 'shop/.mcp.json'));
    expect(await run(folder, ['import'])).toMatchObject({ code: 0, err: '', out: expect.stringContaining(GONE) });
    const away = await run(join(folder, 'away'), ['import', '..']);
    expect([away.code, away.out]).toEqual([0, expect.stringContaining('it came from ../shop/.mcp.json')]);
    rmSync(join(folder, MANIFEST));
    expect((await run(folder, ['import'])).code).toBe(3);
  });

  test('may still be there where its file cannot be read, or was not looked at', async () => {
    const folder = folderWith({ ...FILES, 'desk/.mcp.json': CONFIG });
    await run(folder, ['import']);
    expect((await run(folder, ['import', 'desk/.mcp.json'])).out).not.toContain('no longer there');
    writeFileSync(join(folder, 'shop/.mcp.json'), '{ "mcpServers": ');
    const { code, out } = await run(folder, ['import']);
    expect([code, out]).toEqual([2, expect.not.stringContaining('no longer there')]);
  });

  test('a memory that somebody made up names no file of theirs', async () => {
    const made = { schema: 'stakes/imported@1', scope: 'project', host: 7, file: 9, files: [1], manifest: {} };
    const folder = folderWith({
      ...FILES,
      '.stakes/x/import.json': JSON.stringify(made),
      '.stakes/y/import.json': '[',
    });
    expect(await run(folder, ['import'])).toMatchObject({
      code: 0,
      out: expect.not.stringContaining('no longer there'),
    });
  });
});

test('the line on top names every file that said something, and follows them', async () => {
  const settings = '{ "permissions": { "deny": ["WebFetch"] } }';
  const folder = folderWith({ ...FILES, 'shop/.claude/settings.json': settings });
  await run(folder, ['import']);
  const top = () => readFileSync(join(folder, MANIFEST), 'utf8').split('\n')[1];
  expect(top()).toBe('# Imported from shop/.claude/settings.json, shop/.mcp.json.');
  rmSync(join(folder, 'shop/.claude/settings.json'));
  expect((await run(folder, ['import', '--yes'])).err).toContain('+# Imported from shop/.mcp.json.');
  expect(top()).toBe('# Imported from shop/.mcp.json.');
  // From another folder the same files have other names, and are the same.
  expect((await run(join(folder, 'shop'), ['import', '..'])).out).toContain('as the last import left it');
});

test('one file is found by its name, however deep it lies', async () => {
  const agent = '---\nname: helper\ntools: Read\n---\n';
  const folder = folderWith({ ...FILES, '.claude/agents/team/helper.md': agent });
  const argv = ['import', '--dry-run', '-f', 'json'];
  const read = async (path: string) => JSON.parse((await run(folder, [...argv, path])).out).results;
  expect(await read('shop/.mcp.json')).toMatchObject([{ agent: 'shop-claude-code', file: MANIFEST }]);
  const [first] = await read('.claude/agents/team/helper.md');
  expect(first.file).toBe(`${first.agent}.agent.yaml`);
});
