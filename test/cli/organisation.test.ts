import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { AssessmentReport } from '../../src/model/assessment.ts';
import type { LintReport } from '../../src/model/finding.ts';
import type { Lock } from '../../src/model/lock.ts';
import type { Policy } from '../../src/model/policy.ts';
import type { GenerateReport } from '../../src/report/generate-report.ts';
import { targets } from '../../src/targets/registry.generated.ts';
import { folderWith, manifest, type Ran, run } from './fake-io.ts';

const CONFIG = 'stakes.config.yaml';
const env = { PATH: '', HOME: '/nowhere' };

const DESK = manifest(
  'desk',
  'autonomy: { initiation: human, review: high-stakes }',
  'mcpServers: { shop: { command: touch, args: [started] } }',
  'tools:',
  '  shop/list: { effect: read, data: [orders], egress: none }',
  '  shop/refund: { effect: write, reversible: false, impact: high, data: [orders], egress: none }',
);
const ORG = `defaults:
  owner: platform
  environment: production
  approvals: { approvers: [oncall], channel: slack }
data: ./org/stakes.data.yaml
`;
const DATA = 'orders: { classification: confidential }\nunused: { classification: regulated }\n';

/** A repository with a configuration, where commands are run. */
function project(config: string, more: Record<string, string> = {}) {
  const folder = folderWith({
    '.git/HEAD': '',
    'desk.agent.yaml': DESK,
    [CONFIG]: config,
    'org/stakes.data.yaml': DATA,
    ...more,
  });
  const path = (name: string) => join(folder, name);
  return {
    path,
    stakes: (...argv: string[]) => run(folder, argv, { env }),
    read: (name: string) => readFileSync(path(name), 'utf8'),
    json: <T>(name: string) => JSON.parse(readFileSync(path(name), 'utf8')) as T,
    write: (name: string, text: string) => writeFileSync(path(name), text),
  };
}

const assessed = ({ out }: Ran) => (JSON.parse(out) as AssessmentReport).results[0];

describe('what a manifest leaves out', () => {
  test('comes from the configuration, in every command that loads it', async () => {
    const { stakes, json, read } = project(ORG);
    const alone = await stakes('assess', '--no-config');
    expect([alone.code, alone.out]).toEqual([2, expect.stringContaining('there is no data scope `orders`')]);
    const assess = await stakes('assess', '-f', 'json');
    expect([assess.code, assess.err]).toEqual([0, '']);
    expect(JSON.stringify(assessed(assess)?.trail)).toContain(
      '"pointer":"/data/orders/classification","fact":"`shop/list` reads confidential data (`orders`)","provenance":"organisation"',
    );
    expect((await stakes('assess', '-f', 'markdown')).out).toContain("says your organisation's file");
    expect((await stakes('overview')).code).toBe(0);
    const lint = await stakes('lint', '-f', 'json', '--fail-on', 'never');
    const rules = (JSON.parse(lint.out) as LintReport).findings.map(({ rule }) => rule);
    expect(
      rules.filter((rule) => ['invalid-file', 'no-owner', 'no-environment', 'idle-approvers'].includes(rule)),
    ).toEqual([]);
    expect((await stakes('generate')).code).toBe(0);
    const { agents, root } = json<Policy>('.stakes/desk/policy.json');
    expect(agents[root]).toMatchObject({
      owner: 'platform',
      environment: 'production',
      approvals: { approvers: ['oncall'], channel: 'slack' },
    });
    expect(read('.stakes/desk/README.md')).toContain('owned by `platform`, production');
    expect((await stakes('generate', '--check')).code).toBe(0);
    expect((await stakes('apply', '--dry-run')).code).toBe(0);
    expect((await stakes('prove')).code).toBe(3);
    expect(read('desk.agent.yaml')).toBe(DESK);
  });

  test('makes files stale when it changes, and only what is used does', async () => {
    const { stakes, write } = project(ORG);
    await stakes('generate');
    const state = async () => {
      const { code, out } = await stakes('generate', '--check', '-f', 'json');
      return `${(JSON.parse(out) as GenerateReport).results[0]?.state} ${code}`;
    };
    write('org/stakes.data.yaml', DATA.replace('regulated', 'public'));
    expect(await state()).toBe('fresh 0');
    write('org/stakes.data.yaml', DATA.replace('confidential', 'regulated'));
    expect(await state()).toBe('manifest-changed 1');
    write('org/stakes.data.yaml', DATA);
    write(CONFIG, ORG.replace('platform', 'security'));
    expect(await state()).toBe('manifest-changed 1');
    expect((await stakes('apply', '--dry-run')).err).toContain('was generated before the manifest changed');
  });

  test('makes a review stale, too', async () => {
    const { stakes, write } = project(ORG);
    const missing = await stakes('lint', '--config', CONFIG, '-f', 'json', '--rule', 'no-owner');
    expect(missing.code).toBe(0);
    write(CONFIG, `${ORG}reviewAbove: light\n`);
    const asked = JSON.parse((await stakes('lint', '-f', 'json')).out) as LintReport;
    const { help = '' } = asked.findings.find(({ rule }) => rule === 'missing-review') ?? {};
    const digest = /sha256:\w+/.exec(help)?.[0];
    const tier = assessed(await stakes('assess', '-f', 'json'))?.tier;
    const reviewed = `${ORG}reviewAbove: light\nreviews:\n  desk: { by: a, on: "2026-01-01", tier: ${tier}, digest: "${digest}" }\n`;
    write(CONFIG, reviewed);
    expect((await stakes('lint')).out).not.toContain('review]');
    write(CONFIG, reviewed.replace('slack', 'mail'));
    expect((await stakes('lint')).out).toContain('has changed since it was reviewed');
  });

  test('is found from a folder below, and the path of an override starts where the configuration is', async () => {
    const { path } = project(`${ORG}overrides:\n  - { paths: [lab], defaults: { owner: lab-team } }\n`, {
      'lab/x.agent.yaml': DESK.replace('desk', 'x'),
    });
    expect((await run(path('lab'), ['generate'], { env })).code).toBe(0);
    const { agents } = JSON.parse(readFileSync(path('lab/.stakes/x/policy.json'), 'utf8')) as Policy;
    expect(agents.x?.owner).toBe('lab-team');
    const printed = await run(path('lab'), ['lint', '--print-config'], { env });
    expect(printed.out).toContain('# what holds for lab/x.agent.yaml');
    expect(printed.out).toContain('  owner: lab-team # ../stakes.config.yaml:7');
    expect(printed.out).toContain('  orders: { classification: confidential } # ../org/stakes.data.yaml:1');
  });

  test('is found for standard input', async () => {
    const { path } = project(ORG, { 'desk.agent.yaml': '' });
    const { code, out } = await run(path('.'), ['assess', '-', '-f', 'json'], { env, stdin: DESK });
    expect([code, assessed({ code, out, err: '' })?.agent]).toEqual([0, 'desk']);
  });
});

test('the next command is told of the configuration, too', async () => {
  const { stakes } = project('rules: {}\n', { 'other dir/org.yaml': ORG.replace('./org', '../org') });
  const where = "--config 'other dir/org.yaml'";
  const config = ['--config', 'other dir/org.yaml'];
  expect((await stakes('overview', ...config)).out).toContain(`next: stakes assess desk.agent.yaml ${where}`);
  expect((await stakes('assess', ...config)).out.replaceAll('\u00a0', ' ')).toContain(`desk.agent.yaml ${where}`);
  expect((await stakes('apply', ...config)).err.replaceAll(/\s+/g, ' ')).toContain(
    `stakes generate desk.agent.yaml ${where}`,
  );
  const { out } = await stakes('generate', ...config);
  expect(out).toContain(`next: stakes apply desk.agent.yaml ${where}`);
  expect(out).toContain(`then: stakes prove desk.agent.yaml ${where}`);
});

describe('lint', () => {
  test('shows where the organisation says what a finding is about', async () => {
    const { stakes } = project(`${ORG}owners: { pattern: "team-*" }\n`);
    const { out } = await stakes('lint', '--rule', 'no-owner');
    expect(out).toContain(` 2 | agent: { id: desk }
   | ^^^^^
  ::: stakes.config.yaml:2:10
   |
 2 |   owner: platform
   |          -------- the organisation says so
`);
    const { findings } = JSON.parse((await stakes('lint', '-f', 'json', '--rule', 'no-owner')).out) as LintReport;
    expect(findings).toMatchObject([
      { rule: 'owner-pattern', file: 'desk.agent.yaml', related: [{ file: CONFIG, pointer: '/defaults/owner' }] },
    ]);
  });

  test('--fix writes nothing of the organisation, and mends what it can', async () => {
    // The agent approves itself by default: a finding about a value that is not in the file.
    const config = ORG.replace('[oncall]', '[desk, oncall]');
    const { stakes, read } = project(config, { 'desk.agent.yaml': `${DESK}credentials: {}\n` });
    const found = JSON.parse((await stakes('lint', '-f', 'json')).out) as LintReport;
    const ours = found.findings.filter(({ related }) => related.some(({ file }) => file === CONFIG));
    expect(ours.map(({ rule, fix }) => [rule, fix])).toEqual([['self-approval', 'none']]);
    const before = read('desk.agent.yaml');
    const fixed = await stakes('lint', '--fix', 'unsafe');
    expect(fixed.err).not.toContain('internal error');
    const after = read('desk.agent.yaml');
    for (const word of ['platform', 'production', 'approvers', 'slack', 'classification'])
      expect(after).not.toContain(word);
    expect(before).not.toContain('platform');
    expect((await stakes('generate')).code).toBe(0);
  });

  test('says which files of the configuration an agent could write', async () => {
    const { stakes } = project('extends: ./org/base.yaml\ndata: ./org/stakes.data.yaml\n', {
      'org/base.yaml': 'data: ./scopes.yaml\noverrides:\n  - { paths: [x], data: ../data.yaml }\n',
      'org/scopes.yaml': 'a: {}\n',
      'data.yaml': 'a: {}\n',
      'stakes.data/odd.yaml': '{}\n',
    });
    const told = async (...argv: string[]) => {
      const { findings } = JSON.parse((await stakes('lint', '-f', 'json', ...argv)).out) as LintReport;
      return findings
        .filter(({ rule }) => rule === 'unprotected-config')
        .map(({ message, file, pointer }) => [message.split('`')[1], file, pointer]);
    };
    expect(await told()).toEqual([
      ['./scopes.yaml', 'org/base.yaml', '/data'],
      ['../data.yaml', 'org/base.yaml', '/overrides/0/data'],
      ['org/base.yaml', 'stakes.config.yaml', '/extends'],
    ]);
    expect(await told('--config', 'stakes.data/odd.yaml')).toEqual([
      ['stakes.data/odd.yaml', 'stakes.data/odd.yaml', ''],
    ]);
  });

  test('says what a lock of the organisation overrules', async () => {
    const own = DESK.replace('tools:', 'data: { orders: { classification: public } }\ntools:');
    const { stakes } = project('extends: acme\n', {
      'desk.agent.yaml': own,
      'node_modules/acme/stakes.config.yaml': 'data: ./stakes.scopes.yaml\nlocked: [data/orders]\n',
      'node_modules/acme/stakes.scopes.yaml': 'orders: { classification: regulated }\n',
    });
    const { code, out } = await stakes('lint', '--rule', 'no-owner');
    expect([code, out]).toEqual([1, expect.stringContaining('loosened-rule')]);
    expect(out).toContain('node_modules/acme/stakes.scopes.yaml:1');
    expect(JSON.stringify(assessed(await stakes('assess', '-f', 'json'))?.trail)).toContain('reads regulated data');
    expect(JSON.stringify(assessed(await stakes('assess', '-f', 'json', '--no-config'))?.trail)).not.toContain(
      'regulated',
    );
  });
});

describe('targets.allowed', () => {
  const ALLOWED = `${ORG}targets: { allowed: [srt] }\n`;
  const standard = targets.filter((target) => target.standard).map(({ id }) => id);
  const others = standard.filter((id) => !['policy', 'srt'].includes(id));
  const check = async (stakes: (...argv: string[]) => Promise<Ran>) => {
    const { code, out } = await stakes('generate', '--check', '-f', 'json');
    return `${(JSON.parse(out) as GenerateReport).results[0]?.state} ${code}`;
  };

  test('others are left out, and the lock and the words say so', async () => {
    const { stakes, json, read, path } = project(ALLOWED);
    const { code, out } = await stakes('generate');
    expect([code, out]).toEqual([0, expect.stringContaining('not generated: the configuration does not allow it')]);
    const lock = json<Lock>('.stakes/desk/stakes.lock.json');
    expect([Object.keys(lock.targets), lock.notAllowed]).toEqual([['policy', 'srt'], others]);
    expect(read('.stakes/desk/README.md')).toContain(
      `Not generated, because the configuration does not allow them: \`${others[0]}\``,
    );
    for (const id of others) expect(existsSync(path(`.stakes/desk/${id}`))).toBe(false);
    expect(await check(stakes)).toBe('fresh 0');
    expect((await stakes('generate', '-t', 'all')).code).toBe(0);
    expect(await check(stakes)).toBe('fresh 0');
  });

  test('a bundle of another list is stale, and follows it both ways', async () => {
    const { stakes, write, path, json } = project(ORG);
    await stakes('generate');
    expect(json<Lock>('.stakes/desk/stakes.lock.json').notAllowed).toBeUndefined();
    write(CONFIG, ALLOWED);
    expect(await check(stakes)).toBe('targets-changed 1');
    expect((await stakes('apply', '--dry-run')).err).toContain('was generated when the configuration allowed');
    expect((await stakes('generate')).code).toBe(0);
    expect(existsSync(path('.stakes/desk/cedar'))).toBe(false);
    write(CONFIG, ORG);
    expect(await check(stakes)).toBe('targets-changed 1');
    expect((await stakes('generate')).code).toBe(0);
    expect(existsSync(path('.stakes/desk/cedar'))).toBe(true);
    expect(await check(stakes)).toBe('fresh 0');
  });

  test('what a person chose stays chosen', async () => {
    const { stakes, write, json } = project(ORG);
    await stakes('generate', '-t', 'srt');
    write(CONFIG, ALLOWED);
    expect(await check(stakes)).toBe('fresh 0');
    expect(Object.keys(json<Lock>('.stakes/desk/stakes.lock.json').targets)).toEqual(['policy', 'srt']);
  });

  test.each(['generate', 'apply', 'prove'])('%s refuses one that is asked for, in its place', async (command) => {
    const { stakes, path } = project(ALLOWED);
    if (command !== 'generate') await stakes('generate');
    const { code, out, err } = await stakes(command, '-t', 'cedar');
    expect(code).toBe(2);
    expect(err).toContain('error[target-not-allowed]: the configuration does not allow the target `cedar`');
    expect(err).toContain('--> stakes.config.yaml:6:');
    expect(err).toContain('allowed here: `policy`, `srt`');
    expect(out).toBe('');
    expect(existsSync(path('.stakes/desk'))).toBe(command !== 'generate');
    expect((await stakes(command, '-t', 'cedar', '--check')).code).toBe(2);
  });

  test('what was installed before comes out again', async () => {
    const { stakes, write, path } = project(ORG);
    await stakes('generate');
    expect((await stakes('apply', '-t', 'claude-code', '--yes')).code).toBe(0);
    expect(existsSync(path('.claude/settings.json'))).toBe(true);
    write(CONFIG, ALLOWED);
    expect((await stakes('apply', '--check')).code).toBe(1);
    expect((await stakes('generate')).code).toBe(0);
    expect((await stakes('generate', '--check')).code).toBe(1);
    expect((await stakes('apply', '--undo', '-t', 'claude-code', '--yes')).code).toBe(0);
    expect(existsSync(path('.claude/settings.json'))).toBe(false);
    expect(await check(stakes)).toBe('fresh 0');
  });
});

describe('a configuration that cannot be used', () => {
  const COMMANDS = ['overview', 'assess', 'lint', 'generate', 'apply', 'prove'];
  const broken = 'defaults: { enviroment: staging }\n';

  test.each(COMMANDS)('stops %s with its place', async (command) => {
    const { stakes, path } = project(broken);
    const { code, out, err } = await stakes(command);
    expect(code).toBe(2);
    expect(`${out}${err}`).toContain('`enviroment` is not a key that');
    expect(`${out}${err}`).toContain('--> stakes.config.yaml:1:13');
    expect(existsSync(path('.stakes'))).toBe(false);
  });

  test('is told to programs', async () => {
    const { code, out } = await project(broken).stakes('assess', '-f', 'json');
    const { results, errors } = JSON.parse(out) as AssessmentReport;
    expect([code, results, errors.map((problem) => problem.code)]).toEqual([2, [], ['unknown-key']]);
  });

  test.each(COMMANDS)('is left out of %s by --no-config, and another one named by --config', async (command) => {
    const { stakes } = project(broken, { 'other.yaml': ORG, 'desk.agent.yaml': DESK });
    const without = await stakes(command, '--no-config');
    expect(`${without.out}${without.err}`).toContain('there is no data scope `orders`');
    const other = await stakes(command, '--config', 'other.yaml');
    expect(`${other.out}${other.err}`).not.toContain('orders` in `data`');
    const absent = await stakes(command, '--config', 'absent.yaml');
    expect([absent.code, `${absent.out}${absent.err}`]).toEqual([2, expect.stringContaining('absent.yaml')]);
  });

  test.each<[what: string, config: string, says: RegExp]>([
    ['a huge one', `# ${'x'.repeat(3_000_000)}\n`, /./],
    ['a deep one', `rules: ${'{ a: '.repeat(5_000)}1${' }'.repeat(5_000)}\n`, /./],
    [
      'an anchor in an anchor',
      `a: &a [x, x, x, x]\n${'bcdefghij'
        .split('')
        .map((name, i) => `${name}: &${name} [${`*${'abcdefghij'[i]}, `.repeat(9)}*a]\n`)
        .join('')}`,
      /./,
    ],
    ['a reserved key', '__proto__: { rules: {} }\n', /__proto__/],
    ['the name of a method', 'constructor: {}\n', /constructor/],
    ['a prototype as defaults', 'defaults: { toString: x }\n', /toString/],
    ['a secret', 'defaults: { sk-ant-api03-aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa: 1 }\n', /./],
  ])('%s', async (_, config, says) => {
    const { stakes } = project(config);
    const { code, err } = await stakes('generate');
    expect([code, err]).toEqual([2, expect.stringMatching(says)]);
    expect(err).not.toMatch(/internal error|sk-ant-api03-a/);
    expect(err.length).toBeLessThan(20_000);
  });

  test('ten thousand scopes cost no more than reading them', async () => {
    const scopes = Array.from({ length: 10_000 }, (_, i) => `s${i}: { classification: internal }\n`).join('');
    const { stakes } = project(ORG, { 'org/stakes.data.yaml': DATA + scopes });
    const start = performance.now();
    const { code, out } = await stakes('assess', '-f', 'json');
    expect([code, JSON.stringify(assessed({ code, out, err: '' }))]).toEqual([0, expect.not.stringContaining('s9999')]);
    const printed = await stakes('lint', '--print-config');
    expect(printed.out).toContain('  s9999: { classification: internal } # org/stakes.data.yaml:10002');
    expect(performance.now() - start).toBeLessThan(30_000);
  });
});
