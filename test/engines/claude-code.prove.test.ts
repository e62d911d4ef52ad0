import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { claudeBinary } from './claude.ts';
import { EXAMPLES, generated, type Project, summaryOf } from './stakes.ts';

const smoke = process.env.STAKES_SMOKE === '1';

const prove = (one: Project, ...args: string[]) => one.prove('claude-code', claudeBinary, ...args);

test.each(smoke ? ['crash-sorter.agent.yaml'] : EXAMPLES)('%s is proven', (name) => {
  const { code, proofs } = prove(generated(name), '--require', 'claude-code');
  expect(proofs.map(summaryOf)).toEqual(['launch.sh proven', 'settings.json proven']);
  expect(code).toBe(0);
  for (const { version, path, probes } of proofs) {
    expect([version, path]).toEqual(['2.1.330', claudeBinary]);
    // A session in which nothing runs, or nothing is stopped, shows nothing.
    expect(probes.filter(({ observed }) => observed === 'ran')).not.toEqual([]);
    expect(probes.filter(({ observed }) => observed === 'refused')).not.toEqual([]);
  }
});

test('the README shows what really comes out', () => {
  const readme = readFileSync(join(import.meta.dirname, '../../README.md'), 'utf8');
  const [, args = '', shown = ''] = /```text\n\$ stakes (prove [^\n]+)\n([\s\S]*?)```/.exec(readme) ?? [];
  const one = generated('payout-analyst.agent.yaml');
  const { out } = one.stakes(...args.split(' '), '--engine', `claude-code=${claudeBinary}`);
  expect(out.replaceAll(claudeBinary, '/usr/local/bin/claude')).toBe(shown);
});

describe('what was taken out by hand is found', () => {
  const MERGE = 'github/merge_pull_request';
  const RULE = 'mcp__github__merge_pull_request';
  const path = (name: string) => `.stakes/pr-steward/claude-code/${name}`;

  test('a rule of settings.json', () => {
    const one = generated('pr-steward.agent.yaml');
    const settings = JSON.parse(one.read(path('settings.json'))) as { permissions: { ask: string[] } };
    expect(settings.permissions.ask).toContain(RULE);
    settings.permissions.ask = settings.permissions.ask.filter((rule) => rule !== RULE);
    one.write(path('settings.json'), JSON.stringify(settings));
    const { code, proofs } = prove(one);
    expect(code).toBe(1);
    expect(proofs.map(summaryOf)[1]).toContain(`pr-steward: ${MERGE}: ran, not asks`);
  });

  test('one bad value, for which the client ignores a whole file', () => {
    const one = generated('pr-steward.agent.yaml');
    const settings = one.read(path('settings.json'));
    one.write(
      path('settings.json'),
      settings.replace('"disableBypassPermissionsMode": "disable"', '"defaultMode": "bogus"'),
    );
    const { code, proofs } = prove(one);
    expect(code).toBe(1);
    expect(proofs.map(summaryOf)[1]).toContain('ran, not');
  });
});
