import { describe, expect, test } from 'vitest';
import { findingsOf } from '../../src/lint/run.ts';
import { createLoader } from '../../src/manifest/load.ts';
import type { Agent } from '../../src/manifest/tree.ts';
import type { Rule } from '../../src/rules/define.ts';
import { rules } from '../../src/rules/registry.generated.ts';

function load(text: string): Agent[] {
  const loaded = createLoader({ cwd: '/', root: '/' }).loadText('agent.yaml', text.trimStart());
  if (loaded.state !== 'ok') throw new Error(loaded.problems.map(({ message }) => message).join('; '));
  return loaded.value;
}

const pointersOf = (rule: Rule, text: string) => findingsOf(load(text), [rule]).map(({ pointer }) => pointer);

describe.each(rules.map((rule) => [rule.id, rule] as const))('%s', (id, rule) => {
  test('has examples, and each bad one is found where it says', () => {
    expect(rule.examples.bad.length).toBeGreaterThan(0);
    for (const { manifest, finds } of rule.examples.bad) {
      expect(finds.length).toBeGreaterThan(0);
      expect(pointersOf(rule, manifest).sort()).toEqual([...finds].sort());
    }
  });

  test('has good examples, in which it finds nothing', () => {
    expect(rule.examples.good.length).toBeGreaterThan(0);
    for (const manifest of rule.examples.good) expect(pointersOf(rule, manifest)).toEqual([]);
  });

  test('speaks as the others do', () => {
    const findings = rule.examples.bad.flatMap(({ manifest }) => findingsOf(load(manifest), [rule]));
    for (const text of [rule.title, rule.why, ...findings.flatMap(({ message, help }) => [message, help])]) {
      expect(text).toMatch(/^(?:[a-z0-9`]|MCP|OAuth|JSON|YAML|HTTP)/);
      expect(text).not.toMatch(/\.$|\s$|\n/);
      expect(text.split('`').length % 2).toBe(1);
    }
    for (const { message, place } of findings) {
      expect(place).toBeDefined();
      expect(message).toContain('`');
    }
    expect(id).toMatch(/^[a-z][a-z0-9]*(?:-[a-z0-9]+)*$/);
    expect(rule.since).toMatch(/^\d+\.\d+\.\d+$/);
  });
});

test('ids and file names agree, and no rule says the same as another', () => {
  expect(new Set(rules.map(({ id }) => id)).size).toBe(rules.length);
  expect(new Set(rules.map(({ title }) => title)).size).toBe(rules.length);
});
