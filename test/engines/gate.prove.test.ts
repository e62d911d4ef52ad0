import { join } from 'node:path';
import { expect, test } from 'vitest';
import { EXAMPLES, generatedFor, summaryOf } from './stakes.ts';

const gate = join(import.meta.dirname, '../../bin/stakes.js');

test.each(EXAMPLES)('%s is proven', (name) => {
  const { code, proofs } = generatedFor('gate', name).prove('gate', gate, '--require', 'gate');
  expect(proofs.map(summaryOf).filter((words) => !/^mcp(\.json|\/\S+) proven$/.test(words))).toEqual([]);
  expect(code).toBe(0);
  const probes = proofs.flatMap((proof) => proof.probes);
  // A gate through which nothing comes, or everything, shows nothing.
  expect(probes.filter(({ observed }) => observed === 'ran')).not.toEqual([]);
  expect(probes.filter(({ observed }) => observed === 'refused')).not.toEqual([]);
  // No loss of the gate is about one of its calls.
  expect(probes.filter(({ verdict }) => verdict !== 'holds')).toEqual([]);
});

test('a question that was taken out by hand is found', () => {
  const one = generatedFor('gate', 'pr-steward.agent.yaml');
  const file = '.stakes/pr-steward/policy.json';
  const policy = JSON.parse(one.read(file));
  policy.agents['pr-steward'].tools['github/merge_pull_request'].decision = 'allow';
  one.write(file, JSON.stringify(policy, null, 2));
  const { code, proofs } = one.prove('gate', gate);
  expect(code).toBe(1);
  expect(proofs.map(summaryOf).join()).toContain('github/merge_pull_request: ran, not asks');
});
