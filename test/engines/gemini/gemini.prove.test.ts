import { describe, expect, test } from 'vitest';
import { EXAMPLES, generatedFor, summaryOf } from '../stakes.ts';
import { geminiBinary } from './gemini.ts';

test.each(EXAMPLES)('%s is proven', (name) => {
  const { code, proofs } = generatedFor('gemini', name).prove('gemini', geminiBinary, '--require', 'gemini');
  expect(proofs.map(summaryOf)).toEqual(['launch.sh proven']);
  expect(code).toBe(0);
  for (const { version, probes } of proofs) {
    expect(version).toBe('0.61.0');
    // A session in which nothing runs, or nothing is stopped, shows nothing.
    expect(probes.filter(({ observed }) => observed === 'ran')).not.toEqual([]);
    expect(probes.filter(({ observed }) => observed === 'refused')).not.toEqual([]);
  }
});

describe('what was changed by hand is found', () => {
  const edited = (name: string, edit: (text: string) => string): string => {
    const one = generatedFor('gemini', 'pr-steward.agent.yaml');
    const path = `.stakes/pr-steward/gemini/${name}`;
    const before = one.read(path);
    const after = edit(before);
    expect(after).not.toBe(before);
    one.write(path, after);
    const { code, proofs } = one.prove('gemini', geminiBinary);
    expect(code).toBe(1);
    return proofs.map(summaryOf).join();
  };

  test('rules that were edited do not start', () => {
    expect(edited('policy.toml', (text) => text.replace('"deny"', '"allow"'))).toContain('policy.toml was edited');
  });

  test('a server that was taken out', () => {
    const without = edited('settings.json', (text) =>
      text.replace('"allowed": [\n      "github"\n    ]', '"allowed": ["other"]'),
    );
    expect(without).toContain('github/list_pull_requests: refused, not runs');
  });

  test('settings that could start a program, and a launcher that is another program, are not used', () => {
    expect(edited('settings.json', (text) => text.replace('{', '{ "hooks": { "BeforeTool": [] },'))).toContain(
      'has `hooks`',
    );
    expect(edited('launch.sh', (text) => text.replace('--admin-policy', '--policy'))).toContain(
      'launch.sh` is not what',
    );
  });
});
