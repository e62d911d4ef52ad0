import { expect, test } from 'vitest';
import { EXAMPLES, generatedFor, summaryOf } from '../stakes.ts';
import { engine } from './sdk.ts';

const prove = (one: ReturnType<typeof generatedFor>) =>
  one.prove('openai-agents', engine, '--require', 'openai-agents');
const folder = '.stakes/crash-sorter/openai-agents';

test.each(EXAMPLES)('%s is proven', (name) => {
  const { code, proofs } = prove(generatedFor('openai-agents', name));
  expect(proofs.map(summaryOf)).toEqual(['agent.mjs proven']);
  expect([code, proofs[0]?.version]).toEqual([0, '0.20.0']);
  // A session in which nothing runs, or nothing is stopped, shows nothing.
  expect(proofs[0]?.probes.filter(({ observed }) => observed === 'ran')).not.toEqual([]);
  expect(proofs[0]?.probes.filter(({ observed }) => observed === 'refused')).not.toEqual([]);
});

test('a name that was moved to another tool is found', () => {
  const one = generatedFor('openai-agents', 'crash-sorter.agent.yaml');
  const text = one.read(`${folder}/names.json`);
  const moved = text.replaceAll('"sentry/update_issue"', '"sentry/find_teams"');
  expect(moved).not.toBe(text);
  one.write(`${folder}/names.json`, moved);
  const { code, proofs } = prove(one);
  expect(code).toBe(1);
  expect(proofs.map(summaryOf)[0]).toMatch(/sentry\/update_issue with .*: ran, not refused/);
});

test('a module that was edited is not run', () => {
  const one = generatedFor('openai-agents', 'crash-sorter.agent.yaml');
  one.write(`${folder}/agent.mjs`, 'throw new Error("it ran")');
  const { code, proofs } = prove(one);
  const why = '`openai-agents/agent.mjs` is not what `stakes generate` writes, and running it could do anything';
  expect([code, proofs.map(summaryOf)]).toEqual([1, [`agent.mjs failed; ${why}`]]);
});
