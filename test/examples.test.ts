import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Ajv from 'ajv';
import { afterAll, describe, expect, test } from 'vitest';
import { assess } from '../src/assess/assess.ts';
import { discover } from '../src/manifest/discover.ts';
import { createLoader } from '../src/manifest/load.ts';
import type { Tier } from '../src/model/tiers.ts';
import { buildPolicy } from '../src/policy/build.ts';
import { policySchema } from '../src/schema/policy.ts';

/** Floor and tier of every example, worked out by hand from its facts. */
const EXPECTED: Record<string, [Tier, Tier]> = {
  'checkout-walker': ['full', 'full'],
  'crash-sorter': ['medium', 'medium'],
  'docs-gardener': ['medium', 'medium'],
  'meeting-scribe': ['medium', 'full'],
  'payout-analyst': ['medium-plus', 'medium-plus'],
  'pr-steward': ['medium-plus', 'medium-plus'],
  'release-scout': ['light', 'light'],
  'schema-shepherd': ['full', 'full'],
  'trace-reader': ['medium', 'medium'],
};

const loader = createLoader({ cwd: process.cwd(), root: process.cwd() });
const agents = discover(['examples'], process.cwd()).files.flatMap((file) => {
  const loaded = loader.load(file);
  if (loaded.state !== 'ok') throw new Error(JSON.stringify(loaded.problems, null, 2));
  return loaded.value;
});
const validatePolicy = new Ajv({ strict: false, allErrors: true }).compile(policySchema);

test('every example is expected', () => {
  expect(agents.map(({ id }) => id).sort()).toEqual(Object.keys(EXPECTED).sort());
});

describe.each(agents.map((agent) => [agent.id, agent] as const))('%s', (id, agent) => {
  const assessment = assess(agent);

  test('gets the tier worked out by hand', () => {
    expect([assessment.floor, assessment.tier]).toEqual(EXPECTED[id]);
    expect(assessment.questions.length > 0).toBe(assessment.floor !== assessment.tier);
  });

  test('is worth copying: no control missing, none too much, unless it is the unfinished one', () => {
    if (id === 'meeting-scribe') expect(assessment.controls.missing.length).toBeGreaterThan(0);
    else expect([assessment.controls.missing, assessment.controls.excessive]).toEqual([[], []]);
  });

  test('says in two lines who would run it, and names its schema', () => {
    const [first, second, third] = readFileSync(agent.file, 'utf8').split('\n');
    expect(first).toMatch(/^# \S/);
    expect(second).toMatch(/^# \S/);
    expect(third).toMatch(/^# yaml-language-server: \$schema=\.\.\/schemas\/agent\.schema\.json$/);
  });

  test('gives a policy that its schema accepts', () => {
    const policy = buildPolicy(agent, assessment);
    expect(policy.state).toBe('ok');
    if (policy.state !== 'ok') return;
    validatePolicy(JSON.parse(JSON.stringify(policy.value)));
    expect(validatePolicy.errors ?? []).toEqual([]);
  });
});

describe('bundles', () => {
  const out = mkdtempSync(join(tmpdir(), 'stakes-examples-'));
  afterAll(() => rmSync(out, { recursive: true, force: true }));

  test('the committed ones are what the manifests say', async () => {
    const { run } = await import('../src/cli/commands/generate.ts');
    let shown = '';
    const io = {
      cwd: process.cwd(),
      env: {},
      out: (text: string) => {
        shown += text;
      },
      err: (text: string) => {
        shown += text;
      },
      readStdin: async () => new Uint8Array(),
      stdoutIsTty: false,
      stdinIsTty: false,
      columns: 80,
    };
    const code = await run(
      { arguments: ['examples'], options: { check: true, strict: true, format: 'human', color: 'never' } },
      io,
    );
    expect(code, `${shown}\nrun: npm run build && node bin/stakes.js generate examples`).toBe(0);
  });
});
