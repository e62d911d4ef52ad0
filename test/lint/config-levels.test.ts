import { describe, expect, test } from 'vitest';
import { pathMatches, textMatches } from '../../src/config/glob.ts';
import type { Layer } from '../../src/config/parse.ts';
import { loosenedFindings, withLevels } from '../../src/lint/config/apply.ts';
import { levelFor } from '../../src/lint/config/levels.ts';
import { configText } from '../../src/lint/config/print.ts';
import { layersOf, organisationOf, RULES } from './config.ts';
import { findingAt } from './finding.ts';

const level = (layers: Layer[], id: string, path = 'a.agent.yaml') => {
  const rule = RULES.find((one) => one.id === id);
  if (!rule) throw new Error(id);
  const { value, from } = levelFor(layers, rule, path);
  return `${value} ${from ? `${from.file}:${from.line}` : '-'}`;
};

test('the last one that says something holds, and is named', () => {
  const layers = layersOf(
    'rules:\n  gated-read: error\noverrides:\n  - paths: [legacy]\n    rules:\n      gated-read: off\n',
    'rules: { gated-read: note, ungated-high-stakes: error }\n',
  );
  expect(level(layers, 'gated-read')).toBe('error stakes.config.yaml:3');
  expect(level(layers, 'gated-read', 'legacy/x/a.agent.yaml')).toBe('off stakes.config.yaml:7');
  expect(level(layers, 'ungated-high-stakes')).toBe('error base.yaml:1');
  expect(level(layers, 'brand-new')).toBe('error -');
});

test('rules that came later are notes until they are raised', () => {
  const layers = layersOf('rulesSince: "0.2.0"\n');
  expect(level(layers, 'brand-new')).toBe('note stakes.config.yaml:1');
  expect(level(layers, 'gated-read')).toBe('warning stakes.config.yaml:1');
  expect(level(layersOf('rulesSince: "0.2.0"\nrules: { brand-new: error }\n'), 'brand-new')).toBe(
    'error stakes.config.yaml:2',
  );
  expect(level(layersOf('rulesSince: "0.10.0"\n'), 'brand-new')).toBe('error stakes.config.yaml:1');
});

describe('a locked rule', () => {
  const base = 'rules: { gated-read: warning }\nlocked: [gated-read, brand-new]\n';
  test.each<[what: string, own: string, line: number]>([
    ['by a level', 'rules: { gated-read: note }\n', 2],
    ['by an override', 'overrides:\n  - { paths: [legacy], rules: { gated-read: off } }\n', 3],
    ['by an ignore', 'ignore:\n  - { rule: gated-read, reason: x }\n', 3],
    ['by a version', 'rulesSince: "0.2.0"\n', 2],
  ])('is not loosened %s, which is told', (_, own, line) => {
    const layers = layersOf(own, base);
    expect(level(layers, 'gated-read', 'legacy/a.agent.yaml')).toMatch(/^warning/);
    expect(level(layers, 'brand-new')).toBe('error -');
    expect(loosenedFindings(layers, RULES)).toMatchObject([
      { rule: 'loosened-rule', severity: 'error', file: 'stakes.config.yaml', place: { line } },
    ]);
  });

  test('may be raised, and may be anything in the file that locks it', () => {
    expect(loosenedFindings(layersOf('rules: { gated-read: error }\n', base), RULES)).toEqual([]);
    expect(loosenedFindings(layersOf('{}\n'.replace('{}', 'failOn: error'), base), RULES)).toEqual([]);
  });
});

test('findings get their levels, those that are off go, and what nobody may configure stays', () => {
  const layers = layersOf('rules: { gated-read: off, ungated-high-stakes: note }\n');
  const findings = ['gated-read', 'ungated-high-stakes', 'invalid-file'].map((rule) =>
    findingAt('a: 1\n', rule, '/a', { severity: 'error' }),
  );
  expect(withLevels(findings, layers, RULES, (file) => file).map(({ rule, severity }) => [rule, severity])).toEqual([
    ['ungated-high-stakes', 'note'],
    ['invalid-file', 'error'],
  ]);
});

test('folders, files and patterns', () => {
  const hits = (pattern: string, ...paths: string[]) => paths.map((path) => pathMatches(pattern, path));
  expect(hits('legacy', 'legacy/a.yaml', 'legacy/b/c.yaml', 'legacy2/a.yaml', 'x/legacy/a.yaml')).toEqual([
    true,
    true,
    false,
    false,
  ]);
  expect(hits('./legacy/', 'legacy/a.yaml')).toEqual([true]);
  expect(hits('**/legacy', 'x/y/legacy/a.yaml', 'legacy/a.yaml', 'legacyx')).toEqual([true, true, false]);
  expect(hits('agents/*.yaml', 'agents/a.yaml', 'agents/b/a.yaml', 'agents/a.yml')).toEqual([true, false, false]);
  expect(hits('a/**/z.yaml', 'a/z.yaml', 'a/b/c/z.yaml', 'a/b/zz.yaml')).toEqual([true, true, false]);
  expect(hits('.', 'a.yaml')).toEqual([true]);
  expect([textMatches('team-*', 'team-a'), textMatches('team-*', 'xteam-a'), textMatches('a?c', 'abc')]).toEqual([
    true,
    false,
    true,
  ]);
  expect(textMatches(`${'*a'.repeat(50)}b`, 'a'.repeat(2000))).toBe(false);
});

test('what holds is shown with where it comes from', () => {
  const organisation = organisationOf({
    'stakes.config.yaml': `extends: ./base.yaml
rules: { gated-read: off }
ignore:
  - { rule: brand-new, reason: not yet }
overrides:
  - { paths: [lab], defaults: { environment: prototype, approvals: { expires: 1h } } }
targets: { allowed: [cedar, srt] }
`,
    'base.yaml': `failOn: warning
locked: [ungated-high-stakes, data/customers, targets]
targets: { allowed: [srt] }
defaults: { owner: platform, environment: production, approvals: { approvers: [oncall] } }
data: ./data.yaml
`,
    'data.yaml': 'customers: { classification: regulated }\nhelp: { classification: public }\n',
  });
  expect(configText(organisation, RULES, 'lab/a.agent.yaml')).toBe(`# what holds for lab/a.agent.yaml
# from base.yaml, then stakes.config.yaml
failOn: warning # base.yaml:1
targets: { allowed: [srt] } # stakes.config.yaml:7
defaults:
  owner: platform # base.yaml:4
  environment: prototype # stakes.config.yaml:6
  approvals:
    approvers: [oncall] # base.yaml:4
    expires: 1h # stakes.config.yaml:6
data:
  customers: { classification: regulated } # data.yaml:1, locked
  help: { classification: public } # data.yaml:2
rules:
  gated-read: "off" # stakes.config.yaml:2
  ungated-high-stakes: error # Stakes' own
  brand-new: error # Stakes' own
locked:
  - ungated-high-stakes # base.yaml:2
  - data/customers # base.yaml:2
  - targets # base.yaml:2
ignore:
  - { rule: brand-new, reason: not yet } # stakes.config.yaml:4
`);
  expect(configText(undefined, RULES.slice(0, 1), 'a.agent.yaml')).toBe(`# what holds for a.agent.yaml
# from no configuration
failOn: error # Stakes' own
rules:
  gated-read: warning # Stakes' own
`);
});
