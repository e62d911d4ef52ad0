import { delimiter, dirname } from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import { claudeBinary } from '../claude.ts';
import { EXAMPLES, generatedFor, summaryOf } from '../stakes.ts';
import { sdk } from './sdk.ts';

// Where the SDK was installed without its client, the one on PATH is taken.
beforeAll(() => {
  process.env.PATH = [dirname(claudeBinary), process.env.PATH].join(delimiter);
});

const prove = (one: ReturnType<typeof generatedFor>) => one.prove('agent-sdk', sdk, '--require', 'agent-sdk');
const folder = '.stakes/crash-sorter/agent-sdk';

test.each(EXAMPLES)('%s is proven', (name) => {
  const { code, proofs } = prove(generatedFor('agent-sdk', name));
  expect(proofs.map(summaryOf)).toEqual(['options.mjs proven']);
  expect([code, proofs[0]?.version]).toEqual([0, '0.3.330']);
  // A session in which nothing runs, or nothing is stopped, shows nothing.
  expect(proofs[0]?.probes.filter(({ observed }) => observed === 'ran')).not.toEqual([]);
  expect(proofs[0]?.probes.filter(({ observed }) => observed === 'refused')).not.toEqual([]);
});

test('a name that was moved to another tool is found', () => {
  const one = generatedFor('agent-sdk', 'crash-sorter.agent.yaml');
  const text = one.read(`${folder}/hook.json`);
  const moved = text.replaceAll('"sentry/update_issue"', '"sentry/find_teams"');
  expect(moved).not.toBe(text);
  one.write(`${folder}/hook.json`, moved);
  const { code, proofs } = prove(one);
  expect(code).toBe(1);
  expect(proofs.map(summaryOf)[0]).toMatch(/sentry\/update_issue with .*: ran, not refused/);
});

test('a module that was edited is not run', () => {
  const one = generatedFor('agent-sdk', 'crash-sorter.agent.yaml');
  one.write(`${folder}/options.mjs`, 'throw new Error("it ran")');
  const { code, proofs } = prove(one);
  const why = '`agent-sdk/options.mjs` is not what `stakes generate` writes, and running it could do anything';
  expect([code, proofs.map(summaryOf)]).toEqual([1, [`options.mjs failed; ${why}`]]);
});
