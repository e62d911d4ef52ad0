import { readFileSync, readlinkSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv } from 'ajv';
import { describe, expect, test } from 'vitest';
import type { LintReport } from '../../src/model/finding.ts';
import { folderWith, GOOD, manifest, run } from './fake-io.ts';

const UNGATED = manifest(
  'desk',
  'autonomy: { initiation: event, review: none }',
  'data: {}',
  'tools:',
  '  # Money leaves for good.',
  '  shop/refund: { effect: write, reversible: false, impact: high, data: [], egress: none }',
);
const ONLY = ['--rule', 'ungated-high-stakes'];

const lint = (files: Record<string, string | Uint8Array>, ...argv: string[]) =>
  run(folderWith(files), ['lint', ...argv]);

describe('what is found', () => {
  test('a finding with its frame, why, help and the tier line', async () => {
    const { code, out } = await lint({ 'desk.agent.yaml': UNGATED }, ...ONLY);
    expect(code).toBe(1);
    expect(out).toContain('error[ungated-high-stakes]: `shop/refund`');
    expect(out).toContain('--> desk.agent.yaml:7:3');
    expect(out).toContain('= tier:');
    expect(out).toContain('1 error in 1 file');
  });

  test('a broken file is one finding in its place, and the rest is linted', async () => {
    const { code, out } = await lint(
      { 'broken.agent.yaml': 'schemaVersion: 1\nagent: {\n', 'desk.agent.yaml': UNGATED, 'good.agent.yaml': GOOD },
      ...ONLY,
      '-f',
      'compact',
    );
    expect(code).toBe(1);
    expect(out.split('\n').filter((line) => line.includes('error['))).toHaveLength(2);
    expect(out).toMatch(/^broken\.agent\.yaml:\d+:\d+: error\[invalid-file\]/m);
  });

  test('nothing to look at is 3', async () => {
    const { code, err } = await lint({ 'readme.md': '' });
    expect([code, err]).toEqual([3, 'no agent manifest here (*.agent.yaml, agent.yaml)\n']);
  });

  test('standard input', async () => {
    const { code, out } = await run(folderWith(), ['lint', '-', ...ONLY, '-f', 'compact'], { stdin: UNGATED });
    expect([code, out]).toEqual([1, expect.stringContaining('<stdin>:7:3: error[ungated-high-stakes]')]);
  });

  test('a rule that nobody knows is wrong usage', async () => {
    const { code, err } = await lint({ 'desk.agent.yaml': UNGATED }, '--rule', 'ungated-high-stake');
    expect([code, err]).toEqual([2, expect.stringContaining('did you mean `ungated-high-stakes`')]);
    expect((await lint({ 'desk.agent.yaml': UNGATED }, '--direction', 'sideways')).code).toBe(2);
  });
});

describe('when it fails', () => {
  const files = { 'desk.agent.yaml': UNGATED };

  test('--fail-on, --min-severity and --max-warnings', async () => {
    expect((await lint(files, ...ONLY, '--fail-on', 'never')).code).toBe(0);
    const unpinned = manifest('good', 'mcpServers: { shop: { command: npx, args: [-y, shop-mcp] } }', 'tools: {}');
    const warned = await lint({ 'a.agent.yaml': unpinned }, '--direction', 'under', '--rule', 'unpinned-server');
    const count = warned.out.match(/warning\[/g)?.length ?? 0;
    expect([warned.code, count > 0]).toEqual([0, true]);
    const argv = ['--direction', 'under', '--rule', 'unpinned-server'];
    expect((await lint({ 'a.agent.yaml': unpinned }, ...argv, '--max-warnings', '0')).code).toBe(1);
    expect((await lint({ 'a.agent.yaml': unpinned }, ...argv, '--fail-on', 'warning')).code).toBe(1);
    const hidden = await lint({ 'a.agent.yaml': unpinned }, ...argv, '--fail-on', 'warning', '--min-severity', 'error');
    expect([hidden.code, hidden.out]).toEqual([0, expect.not.stringContaining('warning[')]);
    expect((await lint(files, '--max-warnings', 'few')).code).toBe(2);
  });
});

describe('formats', () => {
  test('JSON follows its schema, and several formats come of one run', async () => {
    const folder = folderWith({ 'desk.agent.yaml': UNGATED });
    const argv = ['lint', ...ONLY, '-f', 'json', '--output', 'sarif=r.sarif', '--output', 'junit=r.xml'];
    const { code, out } = await run(folder, argv);
    const validate = new Ajv({ strict: false }).compile(JSON.parse(readFileSync('schemas/lint.schema.json', 'utf8')));
    expect(code).toBe(1);
    expect(validate(JSON.parse(out)), JSON.stringify(validate.errors)).toBe(true);
    expect(JSON.parse(readFileSync(join(folder, 'r.sarif'), 'utf8')).version).toBe('2.1.0');
    expect(readFileSync(join(folder, 'r.xml'), 'utf8')).toContain('<testsuite');
    const refused = await run(folder, ['lint', '--output', 'serif=x']);
    expect([refused.code, refused.err]).toEqual([2, expect.stringContaining('did you mean `sarif`')]);
    const nowhere = await run(folder, ['lint', ...ONLY, '--output', 'json=no/such/place.json']);
    expect([nowhere.code, nowhere.err]).toEqual([2, expect.stringContaining('cannot be written')]);
  });
});

describe('what is lived with', () => {
  test('an ignore with a reason holds one finding back; unused ones are findings', async () => {
    const reasoned = UNGATED.replace(
      '  # Money',
      '  # stakes-ignore ungated-high-stakes -- the till has its own\n  # Money',
    );
    const beside = UNGATED.replace(
      'egress: none }',
      'egress: none } # stakes-ignore ungated-high-stakes -- the till asks',
    );
    const held = await lint({ 'desk.agent.yaml': beside }, ...ONLY);
    expect([held.code, held.out]).toEqual([0, expect.stringContaining('1 ignored')]);
    expect((await lint({ 'desk.agent.yaml': beside }, ...ONLY, '--no-ignores')).code).toBe(1);
    expect((await lint({ 'desk.agent.yaml': reasoned }, ...ONLY)).out).toContain('1 ignored');
    const good = `${GOOD}# stakes-ignore ungated-high-stakes -- no reason left\n`;
    expect((await lint({ 'a.agent.yaml': good }, ...ONLY)).out).toContain('warning[unused-ignore]');
    const bare = UNGATED.replace('egress: none }', 'egress: none } # stakes-ignore ungated-high-stakes');
    const without = await lint({ 'desk.agent.yaml': bare }, ...ONLY);
    expect([without.code, without.out]).toEqual([1, expect.stringContaining('ignore-without-reason')]);
  });

  test('a baseline holds back what is there, shows what is new, and says what is stale', async () => {
    const folder = folderWith({ 'desk.agent.yaml': UNGATED });
    const stakes = (...argv: string[]) => run(folder, ['lint', ...ONLY, ...argv]);
    expect((await stakes('--write-baseline')).err).toBe('wrote stakes.baseline.json\n');
    const held = await stakes();
    expect([held.code, held.out]).toEqual([0, expect.stringContaining('1 baselined')]);
    expect((await stakes('--no-baseline')).code).toBe(1);
    const file = join(folder, 'desk.agent.yaml');
    // Lines may move; what is new is not held back.
    writeFileSync(
      file,
      `# moved\n${UNGATED}  shop/void: { effect: write, reversible: false, impact: high, data: [], egress: none }\n`,
    );
    const report = JSON.parse((await stakes('-f', 'json')).out) as LintReport;
    expect(report.findings.map(({ pointer }) => pointer)).toEqual(['/tools/shop~1void']);
    writeFileSync(file, UNGATED.replace('review: none', 'review: high-stakes'));
    expect((await stakes()).out).toContain('stale-baseline');
    writeFileSync(join(folder, 'stakes.baseline.json'), '{');
    expect((await stakes()).code).toBe(2);
  });
});

test('--output writes where a link leads to, and the link stays', async () => {
  const folder = folderWith({ 'a.agent.yaml': UNGATED, 'kept.json': 'old' });
  symlinkSync('kept.json', join(folder, 'link.json'));
  await run(folder, ['lint', '--output', 'json=link.json']);
  expect(readlinkSync(join(folder, 'link.json'))).toBe('kept.json');
  expect(readFileSync(join(folder, 'kept.json'), 'utf8')).toContain('stakes/lint@1');
});

describe('--fix', () => {
  const UNUSED = manifest(
    'tidy # not a comment'.split(' #')[0] ?? '',
    'data: {} # none',
    'mcpServers:',
    '  # in use',
    '  shop: { command: node, args: [shop.mjs] }',
    '  spare: { command: node, args: [spare.mjs] } # left over',
    'tools:',
    '  shop/list: { effect: read, data: [], egress: none }',
  );
  const argv = ['--rule', 'unused-server'];

  test('mends in place, keeps every other line, and the finding is gone', async () => {
    const folder = folderWith({ 'tidy.agent.yaml': UNUSED });
    expect((await run(folder, ['lint', ...argv])).out).toContain('unused-server');
    const shown = await run(folder, ['lint', ...argv, '--fix', '--diff']);
    expect([shown.code, shown.out]).toEqual([1, expect.stringContaining('-  spare:')]);
    expect(readFileSync(join(folder, 'tidy.agent.yaml'), 'utf8')).toBe(UNUSED);
    const mended = await run(folder, ['lint', ...argv, '--fix']);
    expect([mended.code, mended.err]).toEqual([0, 'mended: tidy.agent.yaml\n']);
    const kept = UNUSED.split('\n').filter((line) => !line.includes('spare'));
    expect(readFileSync(join(folder, 'tidy.agent.yaml'), 'utf8')).toBe(kept.join('\n'));
    expect((await run(folder, ['lint', ...argv])).out).not.toContain('unused-server');
  });

  test('a file after the bare flag is a file, and its kinds are still kinds', async () => {
    const folder = folderWith({ 'tidy.agent.yaml': UNUSED, 'other.agent.yaml': UNUSED });
    const mended = await run(folder, ['lint', ...argv, '--fix', 'tidy.agent.yaml']);
    expect([mended.code, mended.err]).toEqual([0, 'mended: tidy.agent.yaml\n']);
    expect(readFileSync(join(folder, 'other.agent.yaml'), 'utf8')).toBe(UNUSED);
    expect((await run(folder, ['lint', ...argv, '--fix', 'unsafe', 'other.agent.yaml'])).code).toBe(0);
    expect((await run(folder, ['lint', '--fix=all'])).err).toContain('Allowed choices are safe, unsafe.');
  });

  test('cannot mend standard input', async () => {
    const { code, err } = await run(folderWith(), ['lint', '-', '--fix'], { stdin: UNUSED });
    expect([code, err]).toEqual([2, 'error: standard input cannot be mended; name a file\n']);
  });
});

describe('stakes.config.yaml', () => {
  const files = (config: string) => ({ 'desk.agent.yaml': UNGATED, 'stakes.config.yaml': config, '.git/HEAD': '' });

  test('levels, the threshold, and what is in force', async () => {
    const off = await lint(files('rules: { ungated-high-stakes: off }\n'), ...ONLY);
    expect([off.code, off.out]).toEqual([0, 'no findings in 1 file\n']);
    expect((await lint(files('rules: { ungated-high-stakes: note }\n'), ...ONLY)).code).toBe(0);
    expect((await lint(files('failOn: never\n'), ...ONLY)).code).toBe(0);
    expect((await lint(files('failOn: never\n'), ...ONLY, '--no-config')).code).toBe(1);
    expect((await lint(files('failOn: never\n'), ...ONLY, '--fail-on', 'error')).code).toBe(1);
    const printed = await lint(files('failOn: warning\n'), '--print-config');
    expect(printed.out).toContain('failOn: warning # stakes.config.yaml:1');
  });

  test('ignores hold until their day, and then are findings', async () => {
    const ignore = (until: string) =>
      files(
        `ignore:\n  - { rule: ungated-high-stakes, at: /tools/shop~1refund, reason: the till asks, until: "${until}" }\n`,
      );
    const held = await lint(ignore('2999-01-01'), ...ONLY);
    expect([held.code, held.out]).toEqual([0, expect.stringContaining('1 ignored')]);
    const over = await lint(ignore('2020-01-01'), ...ONLY);
    expect([over.code, over.out]).toEqual([1, expect.stringContaining('expired-ignore')]);
  });

  test('a review that is asked for, given, and stale', async () => {
    const asked = await lint(files('reviewAbove: medium\n'), '--rule', 'no-owner', '-f', 'json');
    const [missing] = (JSON.parse(asked.out) as LintReport).findings.filter(({ rule }) => rule === 'missing-review');
    const digest = /sha256:[0-9a-f]{64}/.exec(missing?.help ?? '')?.[0] ?? '';
    const review = (tier: string, of: string) =>
      files(`reviewAbove: medium\nreviews:\n  desk: { by: alice, on: "2026-01-01", tier: ${tier}, digest: "${of}" }\n`);
    const told = async (given: Record<string, string>) => (await lint(given, '--rule', 'no-owner')).out;
    expect(await told(review('full', digest))).not.toContain('review]');
    expect(
      await told(
        review(
          'full',
          digest.replace(/.$/, (last) => (last === '0' ? '1' : '0')),
        ),
      ),
    ).toContain('stale-review');
    expect(await told(review('medium', digest))).toContain('was reviewed as medium, and is full');
  });

  test('what is wrong in it stops the run with its place', async () => {
    const typo = await lint(files('rules: { ungated-high-stake: off }\n'));
    expect([typo.code, typo.err]).toEqual([2, expect.stringContaining('did you mean')]);
    expect(typo.err).toContain('--> stakes.config.yaml:1:10');
  });

  test('--list-inputs names what would be looked at', async () => {
    const { code, out } = await lint({ 'a.agent.yaml': GOOD, 'b/c.agent.yaml': 'x: [' }, '--list-inputs');
    expect([code, out]).toEqual([0, 'a.agent.yaml\nb/c.agent.yaml\n']);
  });
});
