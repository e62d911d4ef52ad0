import { describe, expect, test } from 'vitest';
import { importFrom } from '../../src/import/run.ts';
import { manifestOf, manifestText } from '../../src/import/write.ts';
import { importers } from '../../src/importers/registry.generated.ts';
import { filesIn } from './files.ts';

const drafts = (files: Record<string, string>) =>
  importFrom('/project', { cwd: '/project', from: filesIn(files), importers, catalog: false }).drafts;
const ids = (files: Record<string, string>) => drafts(files).map(({ id }) => id);

const PROSE = '# Read this\n\nRun the tests.\n';
const SERVERS = '{ "mcpServers": { "shop": { "command": "shop-mcp" } } }';

describe('AGENTS.md is a hint of an agent', () => {
  test('that is one where no other file tells of any', () => {
    expect(ids({ 'AGENTS.md': PROSE })).toEqual(['project-agents-md']);
    expect(ids({ 'apps/a/AGENTS.md': PROSE, 'apps/b/AGENTS.md': PROSE })).toEqual(['a-agents-md', 'b-agents-md']);
  });

  test.each([
    ['a client', { '.mcp.json': SERVERS }, 'project-claude-code'],
    ['settings', { '.codex/config.toml': 'model = "gpt-5"\n' }, 'project-codex'],
    ['a stub', { 'langgraph.json': '{ "graphs": { "bot": "./bot.py:graph" } }' }, 'project-langgraph-bot'],
  ])('that is the one of %s in the same folder', (_, files, id) => {
    expect(ids({ 'AGENTS.md': PROSE, ...files })).toEqual([id]);
  });

  test('that is the one of a folder above', () => {
    expect(ids({ 'packages/a/AGENTS.md': PROSE, '.mcp.json': SERVERS })).toEqual(['project-claude-code']);
    expect(ids({ 'packages/a/AGENTS.md': PROSE, 'AGENTS.md': PROSE })).toEqual(['project-agents-md']);
  });

  test('that is another than those of folders beside and below', () => {
    const files = {
      'packages/a/AGENTS.md': PROSE,
      'packages/ab/.mcp.json': SERVERS,
      'packages/a/b/.mcp.json': SERVERS,
    };
    expect(ids(files)).toEqual(['a-agents-md', 'b-claude-code', 'ab-claude-code']);
  });

  test('whose secrets are told all the same', () => {
    const files = { 'AGENTS.md': `Use ghp_${'a1B2'.repeat(9)}.\n`, '.mcp.json': SERVERS };
    const { problems } = importFrom('/project', { cwd: '/project', from: filesIn(files), importers, catalog: false });
    expect(problems.map(({ code, place }) => `${code} ${place?.file}:${place?.line}`)).toEqual([
      'literal-secret AGENTS.md:1',
    ]);
  });
});

describe('files of one host that do not add up', () => {
  const team = (allow: string) =>
    `agents:\n  root:\n    instruction: Go.\n    toolsets: [{ type: shell }]\npermissions: { allow: [${allow}] }\n`;

  test('are of two agents, neither of which takes rules of the other', () => {
    const found = drafts({ 'cagent.yaml': team('shell'), 'agent.yaml': team('') });
    expect(found.map(({ id, said }) => [id, said.tools?.shell?.access])).toEqual([
      ['project-docker-agent', undefined],
      ['project-docker-agent-2', 'allow'],
    ]);
  });

  test('each have the subagents of their own file', () => {
    const files = (name: string) =>
      `agents:\n  root: { instruction: Go, sub_agents: [helper] }\n  helper: { instruction: ${name}, toolsets: [{ type: fetch }] }\n`;
    const found = drafts({ 'cagent.yaml': files('a'), 'agents.yaml': files('b') });
    expect(found.map(({ id, subagents }) => [id, subagents])).toEqual([
      ['project-docker-agent', ['project-docker-agent-helper']],
      ['project-docker-agent-helper', []],
      ['project-docker-agent-2', ['project-docker-agent-helper-2']],
      ['project-docker-agent-helper-2', []],
    ]);
  });
});

describe('an agent without a tool that it may call', () => {
  test.each([
    ['none', 'agents:\n  root: { instruction: Talk. }\n', 'cagent.yaml'],
    [
      'all refused',
      '{ "mcpServers": { "shop": { "command": "x", "tools": ["a"], "excludeTools": ["a"] } } }',
      'claude_desktop_config.json',
    ],
  ])('is asked for them: %s', (_, text, file) => {
    const [draft] = drafts({ [file]: text });
    const rest = `${draft?.host}/*`;
    expect(draft?.said.tools?.[rest]).toEqual({});
    if (!draft) throw new Error('no draft');
    expect(manifestText(manifestOf(draft, String), draft, './schema.json')).toContain(
      `if it has none, remove \`${rest}\``,
    );
  });
});
