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
