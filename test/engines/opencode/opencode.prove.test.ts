import { describe, expect, test } from 'vitest';
import { EXAMPLES, generatedFor, summaryOf } from '../stakes.ts';
import { openCode } from './opencode.ts';

const prove = (one: ReturnType<typeof generatedFor>) => one.prove('opencode', openCode, '--require', 'opencode');

test.each(EXAMPLES)('%s is proven', (name) => {
  const { code, proofs } = prove(generatedFor('opencode', name));
  expect(proofs.map(summaryOf)).toEqual(['launch.sh proven', 'opencode.json proven']);
  expect(code).toBe(0);
  for (const { version, path, probes } of proofs) {
    expect([version, path]).toEqual(['1.18.33', openCode]);
    // A session in which nothing runs, or nothing is stopped, shows nothing.
    expect(probes.filter(({ observed }) => observed === 'ran')).not.toEqual([]);
    expect(probes.filter(({ observed }) => observed === 'refused')).not.toEqual([]);
  }
});

describe('what was changed by hand is found', () => {
  const file = '.stakes/pr-steward/opencode/opencode.json';
  const changed = (from: string, to: string) => {
    const one = generatedFor('opencode', 'pr-steward.agent.yaml');
    const text = one.read(file);
    expect(text).toContain(from);
    one.write(file, text.replaceAll(from, to));
    const { code, proofs } = prove(one);
    return { code, said: proofs.map(summaryOf) };
  };

  test('a question that is none any more', () => {
    const { code, said } = changed('"github_merge_pull_request": "ask"', '"github_merge_pull_request": "allow"');
    expect(code).toBe(1);
    expect(said[0]).toContain('pr-steward: github/merge_pull_request: ran, not asks');
  });

  test('the rules under a key that OpenCode does not know', () => {
    const { code, said } = changed('"permission": {', '"permision": {');
    expect([code, said[0]]).toEqual([1, expect.stringContaining('is not what `stakes generate` writes')]);
  });

  test('a server of somebody else is not started', () => {
    const { code, said } = changed('"share": "disabled",', '"share": "disabled", "plugin": ["file:///evil.js"],');
    expect([code, said[0]]).toEqual([1, expect.stringContaining('running it could start anything')]);
  });
});
