import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { assess } from '../../src/assess/assess.ts';
import { importFrom } from '../../src/import/run.ts';
import { manifestOf, manifestText } from '../../src/import/write.ts';
import { importers } from '../../src/importers/registry.generated.ts';
import { readAgents } from '../../src/manifest/read-agents.ts';
import type { McpServer } from '../../src/model/manifest.ts';
import { filesIn } from './files.ts';

const npx = (...args: string[]): McpServer => ({ command: 'npx', args: ['-y', ...args] });
const GITHUB = npx('@modelcontextprotocol/server-github@2025.4.8');
const FILES = npx('@modelcontextprotocol/server-filesystem@2026.8.31', './data');
const SLACK = npx('@modelcontextprotocol/server-slack@2025.4.25');

function imported(mcpServers: Record<string, object>, catalog = true, more = '') {
  const files = { 'claude_desktop_config.json': JSON.stringify({ mcpServers }) };
  const { drafts } = importFrom('/project', { cwd: '/project', from: filesIn(files), importers, catalog });
  const [draft] = drafts;
  if (!draft) throw new Error('no draft');
  const text = manifestText(manifestOf(draft, String), draft, './schema.json');
  const read = readAgents('project.agent.yaml', `${text}${more}`);
  if (read.state !== 'ok') throw new Error(read.problems[0]?.message);
  const [agent] = read.value;
  if (!agent) throw new Error('no agent');
  const { floor, ceiling } = assess(agent);
  return { draft, text, tools: draft.said.tools ?? {}, tier: [floor, ceiling] };
}

test('a project with three known servers, each pinned', () => {
  const { text, tier } = imported({ github: GITHUB, files: FILES, slack: SLACK });
  expect(text).toBe(readFileSync('test/importers/known.golden.yaml', 'utf8'));
  // Messages to people go out unasked, or nobody knows: only who is asked is open.
  expect(tier).toEqual(['medium-plus', 'full']);
  expect(imported({ github: GITHUB, files: FILES, slack: SLACK }, false).tier).toEqual(['light', 'full']);
});

test('what is known narrows the tier, and never below what it is', () => {
  const thinking = '@modelcontextprotocol/server-sequential-thinking';
  expect(imported({ think: npx(`${thinking}@2026.8.31`) }, true, 'data: {}').tier).toEqual(['light', 'light']);
  expect(imported({ think: npx(`${thinking}@2026.8.31`) }, false, 'data: {}').tier).toEqual(['light', 'full']);
  expect(imported({ think: npx(thinking) }, true, 'data: {}').tier).toEqual(['light', 'full']);
  const database = npx('@modelcontextprotocol/server-postgres@0.6.2', 'postgresql://db.example/app');
  expect(imported({ database }, true, 'data: {}').tier).toEqual(['medium-plus', 'full']);
});

describe('a server stays open', () => {
  test.each([
    ['without a version', npx('@modelcontextprotocol/server-slack'), 'no version is pinned', true],
    ['with another version', npx('@modelcontextprotocol/server-slack@2026.1.1'), 'because 2026.1.1 is started', false],
    ['listed in part', npx('hostinger-api-mcp@1.63.2'), 'not all of its tools are listed', true],
    ['with options', npx('@playwright/mcp@0.0.83', '--caps=vision'), 'its options may switch on others', true],
  ])('%s', (_, entry, why, hasTools) => {
    const { tools, draft, tier } = imported({ a: entry });
    expect(tools['a/*']).toEqual({});
    expect(Object.keys(tools).length > 1).toBe(hasTools);
    expect(draft.notes['/mcpServers/a']).toContain(why);
    expect(tier[1]).toBe('full');
  });
});

describe('what the files say of tools stands', () => {
  test('for all of a server: for each of its tools', () => {
    const { tools } = imported({ slack: { ...SLACK, trust: true } });
    expect(tools['slack/*']).toBeUndefined();
    expect(Object.values(tools).map(({ access }) => access)).toEqual(Array(8).fill('allow'));
  });

  test('for one tool', () => {
    const { tools } = imported({ slack: { ...SLACK, excludeTools: ['slack_post_message'] } });
    expect(tools['slack/slack_post_message']).toMatchObject({ access: 'deny', reversible: false });
    expect(tools['slack/slack_get_users']).toEqual({ effect: 'read', egress: 'none' });
  });

  test('a list of tools gets no others, and one that the catalogue has not stays unknown', () => {
    const { tools } = imported({ slack: { ...SLACK, includeTools: ['slack_get_users', 'slack_new'] } });
    expect(tools).toEqual({ 'slack/slack_get_users': { effect: 'read', egress: 'none' }, 'slack/slack_new': {} });
  });
});

test('names of servers are theirs to choose', () => {
  const { tools } = imported({ constructor: SLACK, __proto__x: SLACK });
  expect(Object.keys(tools)).toHaveLength(16);
});

test('each tool is from where its server is', () => {
  const { draft } = imported({ slack: SLACK });
  expect(
    Object.keys(draft.from)
      .filter((pointer) => pointer.startsWith('/tools/'))
      .sort(),
  ).toEqual(
    Object.keys(draft.said.tools ?? {})
      .map((tool) => `/tools/${tool.replace('/', '~1')}`)
      .sort(),
  );
});
