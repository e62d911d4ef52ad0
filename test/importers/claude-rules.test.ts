import { describe, expect, test } from 'vitest';
import { importFrom } from '../../src/import/run.ts';
import { importer as agents } from '../../src/importers/claude-agents.ts';
import { ruleOf } from '../../src/importers/parts/claude/rules.ts';
import { grantedUnattended } from '../../src/importers/parts/claude-rules.ts';
import { filesIn } from './files.ts';

const session = (allow: string[], deny: string[] = []) => grantedUnattended({ allow, deny });

describe('a rule', () => {
  test.each(['Bash', 'Bash(*)', 'Bash()', 'Bash(:*)', 'Bash(**)'])('that lets `%s` through lets everything', (text) => {
    expect(ruleOf('allow', text)).not.toHaveProperty('only');
    expect(session([text])).toMatchObject({ tools: { Bash: { access: 'allow' } }, partly: new Map() });
  });

  test.each([
    ['Read', true],
    ['Read(*)', true],
    ['Read(**)', false],
    ['Read()', false],
    ['Read(./secrets/**)', false],
  ])('that refuses `%s` refuses everything: %s', (text, isWhole) => {
    expect(ruleOf('deny', text)?.only === undefined).toBe(isWhole);
    const { tools, idle } = session([], [text]);
    expect([tools.Read?.access, idle]).toEqual(isWhole ? ['deny', []] : ['allow', [text]]);
  });
});

describe('a pattern over names of tools', () => {
  test('that lets through may mean any tool of the server', () => {
    expect(session(['mcp__gh__get_*']).tools['gh/*']).toEqual({ access: 'allow' });
    expect(session(['mcp__gh__*']).tools['gh/*']).toEqual({ access: 'allow' });
  });

  test('that refuses some refuses none of the others', () => {
    const { tools, idle } = session(['mcp__gh'], ['mcp__gh__delete_*']);
    expect([tools['gh/*'], idle]).toEqual([{ access: 'allow' }, ['mcp__gh__delete_*']]);
    expect(session(['mcp__gh__get_issue'], ['mcp__gh__*']).tools).toMatchObject({ 'gh/*': { access: 'deny' } });
    expect(session(['mcp__gh__get_issue'], ['mcp__gh__*']).tools).not.toHaveProperty('gh/get_issue');
  });

  test.each(['*', 'Ba*', '1x', '(Bash)', 'a b', '__proto__'])('`%s` names no tool', (text) => {
    expect(Object.keys(session([text]).tools)).toEqual(Object.keys(session([]).tools));
  });
});

test('a subagent is refused a tool only by a rule that surely means all of its calls', () => {
  const tools = (disallowed: string) => {
    const from = filesIn({ '.claude/agents/a.md': `---\nname: a\ndisallowedTools: ["${disallowed}"]\n---\n` });
    const { drafts } = importFrom('/project', { cwd: '/project', from, importers: [agents], catalog: false });
    return Object.keys(drafts.find(({ isSubagent }) => isSubagent)?.said.tools ?? {});
  };
  expect(tools('WebFetch')).not.toContain('WebFetch');
  expect(tools('WebFetch(*)')).not.toContain('WebFetch');
  expect(tools('WebFetch(:*)')).toContain('WebFetch');
});
