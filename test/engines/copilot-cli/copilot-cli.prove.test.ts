import { expect, test } from 'vitest';
import { EXAMPLES, generatedFor, summaryOf } from '../stakes.ts';
import { copilot } from './copilot.ts';

const prove = (one: ReturnType<typeof generatedFor>) => one.prove('copilot-cli', copilot, '--require', 'copilot-cli');
const folder = '.stakes/pr-steward/copilot-cli';

test.each(EXAMPLES)('%s is proven', (name) => {
  const { code, proofs } = prove(generatedFor('copilot-cli', name));
  expect(proofs.map(summaryOf)).toEqual(['launch.sh proven']);
  expect([code, proofs[0]?.version, proofs[0]?.path]).toEqual([0, '1.0.102', copilot]);
  // A session in which nothing runs, or nothing is stopped, shows nothing.
  expect(proofs[0]?.probes.filter(({ observed }) => observed === 'ran')).not.toEqual([]);
  expect(proofs[0]?.probes.filter(({ observed }) => observed === 'refused')).not.toEqual([]);
});

test('a name that was moved to another tool is found', () => {
  const one = generatedFor('copilot-cli', 'pr-steward.agent.yaml');
  const text = one.read(`${folder}/names.json`);
  const from = '"github-merge_pull_request": "github/merge_pull_request"';
  expect(text).toContain(from);
  one.write(`${folder}/names.json`, text.replace(from, '"github-merge_pull_request": "github/get_pull_request"'));
  const { code, proofs } = prove(one);
  expect(code).toBe(1);
  expect(proofs.map(summaryOf)[0]).toContain('pr-steward: github/merge_pull_request: ran, not asks');
});

test('a hook that was edited is not run', () => {
  const one = generatedFor('copilot-cli', 'pr-steward.agent.yaml');
  one.write(`${folder}/plugin/hook.sh`, 'exit 0\n');
  const { code, proofs } = prove(one);
  const why = '`copilot-cli/plugin/hook.sh` is not what `stakes generate` writes, and running it could start anything';
  expect([code, proofs.map(summaryOf)]).toEqual([1, [`launch.sh failed; ${why}`]]);
});
