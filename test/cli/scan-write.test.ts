import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv } from 'ajv';
import { describe, expect, test } from 'vitest';
import type { ScanReport } from '../../src/model/scan-report.ts';
import { scanSchema } from '../../src/schema/scan.ts';
import { folderWith, run } from './fake-io.ts';

const isScan = new Ajv({ strict: false }).compile(scanSchema);
const fake = join(import.meta.dirname, '../scan/fake-server.mjs');
const terminal = { stdinIsTty: true, stdoutIsTty: true } as const;

const id = { type: 'object', properties: { id: { type: 'string' } } };
const LOOK = { name: 'get_page', description: 'Get a page.', inputSchema: id };
const SORT = { name: 'update_page', description: 'Update a page.', inputSchema: id };
const DROP = { name: 'delete_page', description: 'Delete a page for good.', inputSchema: id };
const SHELL = {
  name: 'run_command',
  description: 'Run a shell command.',
  inputSchema: { type: 'object', properties: { command: { type: 'string' } }, required: ['command'] },
};
const saved = (...tools: object[]) => JSON.stringify({ tools });

const TOP = [
  '# ours',
  'schemaVersion: 1',
  'agent: { id: desk }',
  'autonomy: { initiation: human, review: none }',
  'inputs: { untrusted: false }',
  'data: { pages: { classification: internal } }',
];
const desk = (...tools: string[]) => [...TOP, 'tools:', ...tools.map((line) => `  ${line}`), ''].join('\n');

async function written(text: string, tools: readonly object[], ...argv: string[]) {
  const folder = folderWith({ 'desk.agent.yaml': text, 't.json': saved(...tools) });
  const ran = await run(folder, [
    'scan',
    '--tools',
    't.json',
    '--as',
    'wiki',
    '--write',
    '--yes',
    '-f',
    'json',
    ...argv,
  ]);
  const report = JSON.parse(ran.out) as ScanReport;
  expect(isScan(report), JSON.stringify(isScan.errors)).toBe(true);
  return {
    ...ran,
    folder,
    report,
    manifest: report.manifests[0],
    after: readFileSync(join(folder, 'desk.agent.yaml'), 'utf8'),
  };
}

describe('scan --write', () => {
  test('lists the tools in place of the open server, and the interval closes', async () => {
    const { code, after, manifest, folder } = await written(desk('wiki/*: {} # from .mcp.json'), [LOOK, SORT]);
    expect(code).toBe(0);
    expect(after).toBe(
      desk(
        'wiki/get_page: { effect: read, egress: none } # effect, egress: classified by stakes scan, not declared',
        'wiki/update_page: { effect: write, reversible: true, impact: low, egress: none } # effect, reversible, impact, egress: classified by stakes scan, not declared',
      ),
    );
    expect(manifest).toMatchObject({
      file: 'desk.agent.yaml',
      agent: 'desk',
      added: ['wiki/get_page', 'wiki/update_page'],
      closed: ['wiki/*'],
      tier: { from: { floor: 'medium', ceiling: 'full' }, to: { floor: 'medium', ceiling: 'medium' } },
    });
    const { out } = await run(folder, ['assess', '-f', 'json']);
    expect(JSON.parse(out).results[0]).toMatchObject({ floor: 'medium', ceiling: 'medium' });
  });

  test('says before and after for people, too, and a second time finds nothing to do', async () => {
    const folder = folderWith({ 'desk.agent.yaml': desk('wiki/*: {}'), 't.json': saved(LOOK, SORT) });
    const argv = ['scan', '--tools', 't.json', '--as', 'wiki', '--write'];
    const asked = await run(folder, argv);
    expect(asked.code).toBe(2);
    expect(asked.out).toContain('desk  desk.agent.yaml\n  tier medium … full; with this, medium\n');
    expect(asked.out).toContain('2 tools listed in place of `wiki/*`');
    expect(asked.err).toContain('-  wiki/*: {}');
    expect(asked.err).toContain('--yes changes them');
    for (const [answer, code] of [
      ['n', 1],
      [undefined, 130],
    ] as const) {
      const no = await run(folder, [...argv, '--pin'], { ...terminal, question: async () => answer });
      expect(no.code).toBe(code);
    }
    expect(existsSync(join(folder, 'stakes.pins.json'))).toBe(false);
    expect(readFileSync(join(folder, 'desk.agent.yaml'), 'utf8')).toBe(desk('wiki/*: {}'));
    const yes = await run(folder, [...argv, '--pin'], { ...terminal, question: async () => 'y' });
    expect([yes.code, existsSync(join(folder, 'stakes.pins.json'))]).toEqual([0, true]);
    const again = await run(folder, argv);
    expect([again.code, again.err]).toEqual([0, '']);
    expect(again.out).toContain('nothing is added; tier medium');
  });

  test('what somebody declared stands, and is told where the listing says something else', async () => {
    const declared = desk(
      'wiki/get_page: { effect: write, reversible: true } # we know better',
      'wiki/update_page: { egress: open, because: "mirrored elsewhere" }',
      'wiki/delete_page: read',
      'wiki/gone: { effect: read }',
    );
    const { after, manifest, code } = await written(declared, [LOOK, SORT, DROP, SHELL]);
    expect(code).toBe(0);
    expect(after).toContain('wiki/get_page: { effect: write, reversible: true } # we know better\n');
    expect(after).toContain('wiki/delete_page: read\n');
    expect(after).toMatch(/egress: open, because: "mirrored elsewhere", effect: write, reversible: true/);
    // Nobody listed it, so it is denied, and stays so.
    expect(after).not.toContain('run_command');
    expect(manifest?.filled).toEqual(['wiki/update_page']);
    expect(manifest?.differs).toEqual([
      { tool: 'wiki/delete_page', fact: 'effect', declared: 'read', scanned: 'write' },
      { tool: 'wiki/get_page', fact: 'effect', declared: 'write', scanned: 'read' },
      { tool: 'wiki/update_page', fact: 'egress', declared: 'open', scanned: 'none' },
    ]);
    expect(manifest?.left).toEqual(['`wiki/gone` is no longer listed by the server']);
  });

  test('what was said of the whole server is said of each of its tools', async () => {
    const { after } = await written(desk('wiki/*: { access: ask, data: [pages] }'), [LOOK]);
    expect(after).toContain('wiki/get_page: { effect: read, egress: none, access: ask, data: [pages] }');
    const denied = desk('wiki/*: { access: deny }');
    expect((await written(denied, [LOOK])).after).toBe(denied);
  });

  test('only what is firm lowers the tier; what the server says of itself is kept as such', async () => {
    const vague = { name: 'frobnicate', description: 'Look at pages.', inputSchema: id };
    const claims = { ...vague, name: 'defenestrate', annotations: { readOnlyHint: true, title: 'x' } };
    const { after } = await written(desk('wiki/*: {}'), [vague, claims, DROP, SHELL]);
    expect(after).toContain('  wiki/frobnicate: {}\n');
    expect(after).toContain(
      'wiki/defenestrate: { annotations: { readOnlyHint: true } } # annotations: what the server',
    );
    expect(after).toMatch(/wiki\/delete_page: \{ effect: write, reversible: false[^}]*\}/);
    expect(after).toContain('wiki/run_command: { effect: write, arbitrary: true }');
  });

  test('names that no manifest can have keep the server open', async () => {
    const hostile = ['*', '@sampling', 'a b', 'get\u202epage', '__proto__', 'sk_live_0123456789abcdefghij'];
    const tools = hostile.map((name) => ({ ...LOOK, name }));
    const { code, after, manifest } = await written(desk('wiki/*: {}'), [LOOK, ...tools]);
    expect(code).toBe(0);
    expect(after).toContain('  wiki/*: {}\n');
    expect(manifest?.left).toEqual(['`wiki/*` stays: 5 of its tools have names that no manifest can have']);
    expect(manifest?.added).toEqual(['wiki/__proto__', 'wiki/get_page']);
  });

  test('every way to write a manifest: JSON, blocks, several documents, inline subagents', async () => {
    const json = JSON.stringify({ schemaVersion: 1, agent: { id: 'desk' }, tools: { 'wiki/*': {} } }, null, 2);
    const block =
      'schemaVersion: 1\nagent: { id: two }\ntools:\n  # theirs\n  wiki/get_page:\n    access: ask # always\n';
    const inline =
      'schemaVersion: 1\nagent: { id: top }\ntools: { look: read }\nsubagents:\n  sub:\n    manifest:\n      agent: { id: sub }\n      tools: { "wiki/get_page": read, "wiki/*": { access: allow } }\n';
    const folder = folderWith({
      'desk.agent.json': json,
      'more.agent.yaml': `${desk('look: read')}---\n${block}`,
      'inline.agent.yaml': inline,
      't.json': saved(LOOK),
    });
    const { code, out, err } = await run(folder, ['scan', '--tools', 't.json', '--as', 'wiki', '--write', '--yes']);
    expect(out.match(/no comment can stand here/g)).toHaveLength(1);
    const read = (name: string) => readFileSync(join(folder, name), 'utf8');
    expect([code, err]).toEqual([0, expect.stringContaining('written: desk.agent.json')]);
    expect(JSON.parse(read('desk.agent.json')).tools).toEqual({ 'wiki/get_page': { effect: 'read', egress: 'none' } });
    expect(read('more.agent.yaml')).toBe(
      `${desk('look: read')}---\n${block}`
        .replace(
          '  wiki/get_page:\n',
          '  # effect, egress: classified by stakes scan, not declared\n  wiki/get_page:\n',
        )
        .replace('# always\n', '# always\n    effect: read\n    egress: none\n'),
    );
    expect(read('inline.agent.yaml')).toContain('"wiki/get_page": { effect: read, egress: none }');
    expect(read('inline.agent.yaml')).not.toContain('wiki/*');
    expect((await run(folder, ['assess'])).code).toBe(0);
  });

  test('another server of the same name is left alone', async () => {
    const own = (file: string, args: string[]) =>
      `schemaVersion: 1\nagent: { id: ${file} }\nmcpServers: { wiki: { command: ${process.execPath}, args: ${JSON.stringify(args)} } }\ntools: { wiki/*: {} }\n`;
    const args = [fake, 'plain'];
    const folder = folderWith({
      'same.agent.yaml': own('same', args),
      'other.agent.yaml': own('other', ['elsewhere.mjs']),
      '.mcp.json': JSON.stringify({ mcpServers: { wiki: { command: process.execPath, args } } }),
    });
    const { code, out } = await run(folder, ['scan', '--start', '--write', '--yes'], {
      env: { PATH: process.env.PATH },
    });
    expect(code).toBe(0);
    expect(out).toContain('`wiki` is started in another way here');
    expect(readFileSync(join(folder, 'other.agent.yaml'), 'utf8')).toBe(own('other', ['elsewhere.mjs']));
    expect(readFileSync(join(folder, 'same.agent.yaml'), 'utf8')).not.toContain('wiki/*');
  });

  test('a manifest that is broken is told, and the others are written; none at all is said', async () => {
    const folder = folderWith({
      'a.agent.yaml': desk('wiki/*: {}'),
      'b.agent.yaml': 'agent: [',
      't.json': saved(LOOK),
    });
    const argv = ['scan', '--tools', 't.json', '--as', 'wiki', '--write', '--yes'];
    const { code, out } = await run(folder, argv);
    expect([code, out]).toEqual([2, expect.stringContaining('b.agent.yaml')]);
    expect(readFileSync(join(folder, 'a.agent.yaml'), 'utf8')).toContain('wiki/get_page');
    writeFileSync(join(folder, 'b.agent.yaml'), desk('look: read').replace('desk', 'b'));
    writeFileSync(join(folder, 'a.agent.yaml'), desk('look: read'));
    expect(await run(folder, argv)).toMatchObject({ code: 3, err: expect.stringContaining('`stakes import`') });
  });

  test('it is not put together with --check', async () => {
    const { code, err } = await run(folderWith(), ['scan', '--tools', 't.json', '--write', '--check']);
    expect([code, err]).toEqual([2, expect.stringContaining('leave one out')]);
  });
});
