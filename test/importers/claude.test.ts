import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { assemble } from '../../src/import/assemble.ts';
import { importFrom } from '../../src/import/run.ts';
import { importer as settings } from '../../src/importers/claude-settings.ts';
import { importer as skills } from '../../src/importers/claude-skills.ts';
import { importer as mcpJson } from '../../src/importers/mcp-json.ts';
import { covers, ruleOf } from '../../src/importers/parts/claude/rules.ts';
import type { ToolFacts } from '../../src/model/manifest.ts';
import { ACCESSES } from '../../src/model/vocabulary.ts';
import { filesIn } from './files.ts';

const importers = [mcpJson, settings, skills];

const imported = (files: Record<string, string>) =>
  importFrom('/project', { cwd: '/project', from: filesIn(files), importers, catalog: false });

/** What the agent of the root folder may do with a tool. */
function accessOf(files: Record<string, object>, tool: string) {
  const { drafts } = imported(
    Object.fromEntries(Object.entries(files).map(([name, value]) => [name, JSON.stringify(value)])),
  );
  const draft = drafts.find(({ folder, isSubagent }) => folder === '' && !isSubagent);
  return draft?.said.tools?.[tool]?.access;
}

const rules = (permissions: object) => ({ '.claude/settings.json': { permissions } });
const SHOP = { '.mcp.json': { mcpServers: { shop: { command: 'shop' }, my__shop: { command: 'x' } } } };

describe('rules come to', () => {
  test.each([
    [{ allow: ['Bash(git push:*)'] }, 'Bash', 'allow'],
    [{ allow: ['Bash'], deny: ['Bash(rm:*)'] }, 'Bash', 'allow'],
    [{ allow: ['Bash'], ask: ['Bash'] }, 'Bash', 'ask'],
    [{ allow: ['Bash'], ask: ['Bash'], deny: ['Bash'] }, 'Bash', 'deny'],
    [{ allow: ['Bash(ls)'], ask: ['Bash(git push)'] }, 'Bash', 'allow'],
    [{ deny: ['Bash(*)'] }, 'Bash', 'deny'],
    [{ deny: ['Bash()'] }, 'Bash', undefined],
    [{ deny: ['*'] }, 'shop/*', 'deny'],
    [{ deny: ['Bash'] }, 'Monitor', 'deny'],
    [{ deny: ['Edit'] }, 'Write', undefined],
    [{ allow: ['Edit'] }, 'Write', 'allow'],
    [{ deny: ['WebFetch(domain:*)'] }, 'WebFetch', undefined],
    [{ allow: ['mcp__shop'] }, 'shop/*', 'allow'],
    [{ allow: ['mcp__shop__*'] }, 'shop/*', 'allow'],
    [{ allow: ['mcp__shop__get_*'] }, 'shop/*', 'allow'],
    [{ allow: ['mcp__shop__refund'], deny: ['mcp__shop'] }, 'shop/refund', 'deny'],
    [{ allow: ['mcp__shop__refund(amount:*)'] }, 'shop/refund', 'allow'],
    [{ deny: ['mcp__shop__refund(amount:*)'], allow: ['mcp__shop'] }, 'shop/*', 'allow'],
    [{ deny: ['mcp__*'] }, 'shop/*', 'deny'],
    [{ deny: ['mcp__*__delete*'] }, 'shop/*', undefined],
    [{ allow: ['mcp__shop__delete'], deny: ['mcp__*__delete*'] }, 'shop/delete', 'deny'],
    [{ allow: ['mcp__my__shop__buy'] }, 'my__shop/buy', 'allow'],
    [{ allow: ['mcp__other'] }, 'other/*', 'allow'],
    [{ ask: ['Write'], defaultMode: 'bypassPermissions' }, 'Write', 'allow'],
    [{ deny: ['Write'], defaultMode: 'bypassPermissions' }, 'Write', 'deny'],
    [{ ask: ['Write'], defaultMode: 'dontAsk' }, 'Write', 'deny'],
    [{ defaultMode: 'dontAsk' }, 'shop/*', 'deny'],
    [{ defaultMode: 'acceptEdits' }, 'Bash', 'allow'],
    [{ defaultMode: 'acceptEdits' }, 'shop/*', undefined],
    [{ defaultMode: 'plan' }, 'Edit', undefined],
    [{ deny: ['Edit'], defaultMode: 'no such mode' }, 'Edit', undefined],
    [{ deny: 'Edit', allow: { 0: 'Bash' }, ask: [null, 3, {}] }, 'Edit', undefined],
  ])('%j: %s %s', (permissions, tool, access) => {
    expect(accessOf({ ...rules(permissions), ...SHOP }, tool)).toBe(access);
  });

  test('what a command lets through lands, also where the rest is refused', () => {
    const from = filesIn({
      '.claude/settings.json': '{ "permissions": { "defaultMode": "dontAsk" } }',
      '.claude/commands/push.md': '---\nallowed-tools: Bash(git push:*)\n---\n',
    });
    const { drafts } = importFrom('/project', { cwd: '/project', from, importers: [settings, skills], catalog: false });
    expect(drafts[0]?.said.tools).toMatchObject({ Bash: { access: 'allow' }, Write: { access: 'deny' } });
  });
});

test('a rule that is added moves nothing the other way', () => {
  const rule = fc.constantFrom(
    'Bash',
    'Bash(ls:*)',
    'Edit',
    'Write',
    'Write(a/**)',
    'mcp__shop',
    'mcp__shop__buy',
    'mcp__shop__b*',
    '*',
    'Web*',
  );
  const list = fc.array(rule, { maxLength: 4 });
  const mode = fc.constantFrom(undefined, 'default', 'acceptEdits', 'dontAsk', 'bypassPermissions');
  const rank = (access: ToolFacts['access']) => (access === undefined ? 2.5 : ACCESSES.indexOf(access));
  fc.assert(
    fc.property(list, list, list, mode, rule, (allow, ask, deny, defaultMode, one) => {
      const base = { allow, ask, deny, ...(defaultMode ? { defaultMode } : {}) };
      for (const tool of ['Bash', 'Edit', 'Write', 'shop/*', 'shop/buy']) {
        const known = { ...rules({ ...base, allow: [...allow, 'mcp__shop__buy(x)'] }), ...SHOP };
        const before = rank(accessOf(known, tool));
        const denied = { ...rules({ ...base, allow: [...allow, 'mcp__shop__buy(x)'], deny: [...deny, one] }), ...SHOP };
        expect(rank(accessOf(denied, tool)), `${tool} after deny ${one}`).toBeLessThanOrEqual(before);
      }
    }),
    { numRuns: Math.min(Number(process.env.STAKES_CASES ?? 60), 300) },
  );
});

test('ten thousand rules end, and a secret in one is told and in no manifest', () => {
  const allow = Array.from({ length: 10_000 }, (_, i) => (i % 3 ? `mcp__s${i % 50}__t${i}` : `Bash(run ${i}:*)`));
  allow.push('Bash(curl -H "X-API-Key: 0a1b2c3d4e5f6071" x)', `${'*a'.repeat(90)}`);
  const { drafts, problems } = imported({ '.claude/settings.json': JSON.stringify({ permissions: { allow } }) });
  expect(Object.keys(drafts[0]?.said.tools ?? {}).length).toBeLessThan(1200);
  expect(problems.map(({ code }) => code)).toEqual(['literal-secret']);
  expect(JSON.stringify(drafts)).not.toContain('0a1b2c3d4e5f6071');
});

test.each([
  '[]',
  '3',
  '{"permissions": []}',
  '{"permissions": {"allow": {"__proto__": 1}}}',
  '{"hooks": 3, "env": [], "sandbox": "x"}',
  '{"__proto__": {"permissions": {}}}',
  '{"permissions": {"defaultMode": {}}}',
])('settings of another shape are read: %s', (text) => {
  const { drafts, problems } = imported({ '.claude/settings.json': text });
  expect(problems.every(({ code }) => code === 'not-a-map')).toBe(true);
  for (const draft of drafts) expect(draft.said.tools).toHaveProperty('Bash');
});

test.each([
  ['mcp__a', 'mcp__a__b', true],
  ['mcp__a', 'mcp__ab__c', false],
  ['mcp__a__b', 'mcp__a__bc', false],
  ['a*b*c', 'aXbYc', true],
  ['a*b*c', 'ac', false],
  ['a*a', 'a', false],
  ['*', 'x', true],
  [`${'*a'.repeat(90)}`, 'a'.repeat(89), false],
])('`%s` covers `%s`: %s', (rule, name, is) => {
  const read = ruleOf('deny', rule);
  expect(read && covers(read, name)).toBe(is);
});

test('an agent is put together the same, whichever of its files is read first', () => {
  const { drafts } = imported({
    '.claude/settings.json': '{ "permissions": { "allow": ["Bash(ls)"], "defaultMode": "default" } }',
    '.claude/settings.local.json': '{ "permissions": { "ask": ["Edit"] } }',
    '.mcp.json': '{ "mcpServers": { "shop": { "command": "shop" } } }',
  });
  expect(drafts).toHaveLength(1);
  const parts = importers
    .flatMap((importer) =>
      ['.mcp.json', '.claude/settings.local.json', '.claude/settings.json']
        .filter((file) => (importer.files.project ?? []).includes(file))
        .flatMap((file) => {
          const from = filesIn({
            '.claude/settings.json': '{ "permissions": { "allow": ["Bash(ls)"], "defaultMode": "default" } }',
            '.claude/settings.local.json': '{ "permissions": { "ask": ["Edit"] } }',
            '.mcp.json': '{ "mcpServers": { "shop": { "command": "shop" } } }',
          });
          const text = from.read(`/project/${file}`, file);
          if (text.state !== 'ok') throw new Error(file);
          return importer.read({
            file,
            folder: '',
            path: file,
            text: text.value,
            beside: (other) => from.read(`/project/${other}`, other),
          }).parts;
        }),
    )
    .filter(({ host }) => host === 'claude-code');
  const [one] = assemble(parts, 'project');
  const [other] = assemble([...parts].reverse(), 'project');
  expect(one?.said).toEqual(other?.said);
  expect(one?.said).toEqual(drafts[0]?.said);
});
