import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { besideOf } from '../../src/import/bounds.ts';
import type { ImportReport, NotFollowed } from '../../src/model/import.ts';
import { onDisk } from '../../src/source/files.ts';
import { folderWith, run } from './fake-io.ts';

const CONFIG = '{ "mcpServers": { "shop": { "command": "shop-mcp" } } }';
const AGENT = '---\nname: helper\ntools: Read\n---\n';

/** A repository, and a folder beside it; links by their path in the repository. */
function world(files: Readonly<Record<string, string>>, links: Readonly<Record<string, string>>): string {
  const all = folderWith({ 'repo/.git/HEAD': '', ...files });
  for (const [path, to] of Object.entries(links)) {
    const link = join(all, 'repo', path);
    mkdirSync(dirname(link), { recursive: true });
    symlinkSync(to.replace('ALL', all), link);
  }
  return join(all, 'repo');
}

async function imported(cwd: string, ...argv: string[]) {
  const ran = await run(cwd, ['import', '--dry-run', ...argv, '-f', 'json']);
  const { results, notFollowed, errors } = JSON.parse(ran.out) as ImportReport;
  return {
    code: ran.code,
    agents: results.map(({ agent }) => agent),
    sources: results.map(({ sources }) => sources),
    notFollowed,
    errors,
  };
}

describe('links', () => {
  test('to a file outside are named; --follow reads them', async () => {
    const repo = world({ 'other/mcp.json': CONFIG }, { '.mcp.json': '../other/mcp.json' });
    const shy = await imported(repo);
    expect(shy).toMatchObject({ code: 3, agents: [], notFollowed: [{ file: '.mcp.json', to: '../other/mcp.json' }] });
    expect(await imported(repo, '--follow')).toMatchObject({ code: 0, agents: ['repo-claude-code'], notFollowed: [] });
    const { out } = await run(repo, ['import', '--dry-run']);
    expect(out).toContain('.mcp.json leads to ../other/mcp.json');
    expect(out).toContain('`--follow`');
  });

  test('to a folder outside, too, by whatever way they leave', async () => {
    const repo = world(
      { 'other/agents/helper.md': AGENT, 'other/settings.json': '{}' },
      { '.claude': '../other', 'web/.claude': 'ALL/other', 'desk/.claude/agents': '../../../other/agents' },
    );
    const shy = await imported(repo);
    expect([shy.agents, shy.notFollowed.map(({ file }) => file).sort()]).toEqual([
      [],
      ['.claude', 'desk/.claude/agents', 'web/.claude'],
    ]);
    const bold = await imported(repo, '--follow');
    expect(bold.agents).toContain('repo-claude-code-helper');
  });

  test('inside of the repository are what they lead to', async () => {
    const repo = world(
      { 'repo/shared/claude/agents/helper.md': AGENT, 'repo/.mcp.json': CONFIG },
      { '.claude': 'shared/claude', '.cursor/mcp.json': '../.mcp.json' },
    );
    const { agents, notFollowed } = await imported(repo);
    expect(notFollowed).toEqual([]);
    expect(agents.sort()).toEqual(['repo-claude-code', 'repo-claude-code-helper', 'repo-cursor']);
    // A part of it may be imported alone, and the rest is still no stranger.
    const web = world({ 'repo/.mcp.json': CONFIG }, { 'web/.mcp.json': '../.mcp.json' });
    expect((await imported(web, 'web')).agents).toEqual(['web-claude-code']);
  });

  test('in a circle, to nothing, and to what no importer reads end nothing', async () => {
    const repo = world(
      { 'repo/.claude/agents/helper.md': AGENT, 'other/big/.mcp.json': CONFIG },
      {
        '.claude/agents/again': '..',
        '.claude/agents/self': 'self',
        '.mcp.json': 'nowhere.json',
        packages: '../other',
      },
    );
    const { code, agents, notFollowed } = await imported(repo);
    expect([code, agents, notFollowed]).toEqual([0, ['repo-claude-code', 'repo-claude-code-helper'], []]);
  });

  test('that are named on the command line are meant', async () => {
    const repo = world({ 'other/mcp.json': CONFIG }, { '.mcp.json': '../other/mcp.json' });
    expect(await imported(repo, '.mcp.json')).toMatchObject({ code: 0, agents: ['repo-claude-code'], notFollowed: [] });
  });

  test('on the way of what a file reads beside itself are not followed either', async () => {
    const secret = '{ "permissions": { "allow": ["Bash"] } }';
    const repo = world(
      { 'repo/.claude/agents/helper.md': '---\nname: helper\n---\n', 'other/settings.json': secret },
      {
        '.claude/settings.json': '../../other/settings.json',
      },
    );
    const shy = await imported(repo);
    expect(shy.sources.flat()).not.toContain('.claude/settings.json');
    expect(shy.notFollowed.map(({ to }) => to)).toContain('../other/settings.json');
  });
});

describe('what a file names beside itself', () => {
  const read = (follow: boolean, path: string, home?: string) => {
    const all = folderWith({ 'repo/in.json': 'in', 'repo/a/b.json': 'b', 'out.json': 'out', 'home/own.json': 'own' });
    symlinkSync(join(all, 'out.json'), join(all, 'repo/link.json'));
    const [folder, notFollowed] = [join(all, 'repo/a'), [] as NotFollowed[]];
    const bounds = { from: onDisk, cwd: all, within: join(all, 'repo'), follow, home: home && join(all, home) };
    const beside = besideOf({ folder, file: 'x.json', bounds }, { read: new Map(), notFollowed });
    const text = beside(path.replace('ALL', all));
    return [text.state === 'ok' ? text.value : text.state, notFollowed.map(({ to }) => to.replace(all, 'ALL'))];
  };

  test.each([
    ['b.json', 'b'],
    ['../in.json', 'in'],
    ['./x/../b.json', 'b'],
    ['ALL/repo/in.json', 'in'],
  ])('%s is inside', (path, text) => {
    expect(read(false, path)).toEqual([text, []]);
  });

  test.each([
    ['../../out.json', 'out.json', 'out'],
    ['x/../../../out.json', 'out.json', 'out'],
    ['ALL/out.json', 'out.json', 'out'],
    ['../link.json', 'repo/link.json', 'out'],
    ['~/own.json', 'home/own.json', 'own'],
    ['${HOME}/own.json', 'home/own.json', 'own'],
    ['${env:HOME}/own.json', 'home/own.json', 'own'],
  ])('%s is not, and is read only when that was asked for', (path, target, text) => {
    expect(read(false, path, 'home')).toEqual(['missing', [target]]);
    expect(read(true, path, 'home')).toEqual([text, []]);
  });

  test('a home that nobody knows is no folder of that name', () => {
    expect(read(true, '~/own.json')).toEqual(['missing', ['~/own.json']]);
  });
});

test('two agents that would be written to one file: the second is told, not written over the first', async () => {
  const folder = folderWith({ 'a/web/.mcp.json': CONFIG, 'b/web/.mcp.json': CONFIG });
  writeFileSync(join(folder, 'x'), '');
  const { code, out } = await run(folder, ['import', 'a', 'b', '--out', 'all', '-f', 'json']);
  const { results, errors } = JSON.parse(out) as ImportReport;
  expect([code, results.map(({ sources }) => sources)]).toEqual([2, [['a/web/.mcp.json']]]);
  expect(errors).toMatchObject([{ code: 'same-file', message: expect.stringContaining('`b/web/.mcp.json`') }]);
});
