import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import AjvModule from 'ajv';
import { describe, expect, test } from 'vitest';
import type { RoiReport } from '../../src/model/roi.ts';
import { roiSchema } from '../../src/schema/roi.ts';
import { folderWith, GOOD, run } from './fake-io.ts';

const Ajv = 'default' in AjvModule ? (AjvModule.default as unknown as typeof AjvModule) : AjvModule;
const validate = new Ajv({ allErrors: true, strict: true, strictTypes: false }).compile(roiSchema);

const FAST = ['--draws', '200'];
const DESK = `
schemaVersion: 1
agent: { id: desk, name: Refund desk }
autonomy: { initiation: event, review: high-stakes }
inputs: { untrusted: true }
models: [{ provider: anthropic, id: claude-sonnet-4-5 }]
data: { people: { classification: regulated } }
tools:
  crm/read: { effect: read, data: [people], egress: none, callsPerDay: 40 }
  pay/refund: { effect: write, reversible: false, impact: high, data: [people], egress: none, callsPerDay: 12 }
  mail/send: { effect: write, reversible: true, impact: low, data: [people], egress: open, callsPerDay: 5 }
limits: { usdPerDay: 20 }
`;

async function report(folder: string, ...argv: string[]): Promise<RoiReport> {
  const { out, err, code } = await run(folder, ['roi', '-f', 'json', ...FAST, ...argv]);
  expect({ err, code }).toEqual({ err: '', code: 0 });
  const parsed = JSON.parse(out) as RoiReport;
  expect([validate(parsed), validate.errors]).toEqual([true, null]);
  return parsed;
}

describe('stakes roi', () => {
  test('JSON is what the schema says, the same for the same seed, and another for another', async () => {
    const folder = folderWith({ 'a.agent.yaml': DESK });
    const first = await report(folder);
    const texts = await Promise.all([1, 2].map(() => run(folder, ['roi', '-f', 'json', ...FAST])));
    expect(texts[0]?.out).toBe(texts[1]?.out);
    const other = await report(folder, '--seed', '2');
    expect(other.results[0]?.options[0]?.net).not.toEqual(first.results[0]?.options[0]?.net);
    const [result] = first.results;
    expect(result?.options.map(({ id }) => id)).toEqual([
      'light',
      'medium',
      'medium-plus',
      'full',
      'hard-sandbox',
      'spend-limits',
      'staging-only',
      'confirm-writes',
    ]);
    expect(result?.options.every(({ months }) => months.length === 37)).toBe(true);
    expect(result?.tier).toBe('medium-plus');
    expect(result?.whatIf).toHaveLength(5);
    expect(result?.assumptions.every(({ isDefault, source }) => isDefault && source !== '')).toBe(true);
  });

  test('for people: the decision first, at 80 columns, and every assumption is said to be a default', async () => {
    const { out } = await run(folderWith({ 'a.agent.yaml': DESK }), ['roi', ...FAST]);
    const lines = out.split('\n');
    expect(lines[0]).toBe('Refund desk (desk) in a.agent.yaml');
    expect(lines[1]).toMatch(/^(?:By money|Medium-plus)/);
    const long = lines.filter((line) => line.length > 80 && !/^ *\(?https?:\S+$/.test(line));
    expect(long).toEqual([]);
    expect(out).toMatch(/(\d+) assumptions of \1 are defaults/);
    expect(out).toContain('A person confirms every write');
    expect(out).not.toContain('\u001b');
  });

  test('what somebody knows is used, and no longer called a default', async () => {
    const folder = folderWith({
      'a.agent.yaml': DESK,
      'stakes.roi.yaml': 'inputs: { reviewSeconds: { low: 600, likely: 600, high: 600, source: inbox } }\n',
    });
    const [given] = (await report(folder)).results;
    const [default_] = (await report(folder, '--no-assumptions')).results;
    const costs = (result: typeof given) =>
      result?.options.find(({ id }) => id === 'confirm-writes')?.addedBy.approvals ?? 0;
    expect(costs(given)).toBeGreaterThan(5 * costs(default_));
    const stated = given?.assumptions.filter(({ isDefault }) => !isDefault);
    expect(stated?.map(({ input, source }) => [input, source])).toEqual([['reviewSeconds', 'stakes.roi.yaml: inbox']]);
    expect(default_?.assumptions.every(({ isDefault }) => isDefault)).toBe(true);
  });

  test('the nearest file holds for a folder below, one that is named for itself, and one that is not there is an error', async () => {
    const folder = folderWith({
      'package.json': '{}',
      '.git/HEAD': 'ref: refs/heads/main\n',
      'stakes.roi.yaml': 'inputs: { reviewers: 4 }\n',
      'other.yaml': 'inputs: { reviewers: 2 }\n',
      'deep/a.agent.yaml': DESK,
    });
    const of = ({ results }: RoiReport) => results[0]?.model.inputs.reviewers.likely;
    expect(of(await report(join(folder, 'deep')))).toBe(4);
    expect(of(await report(folder, '--assumptions', 'other.yaml'))).toBe(2);
    const { code, out, err } = await run(folder, ['roi', '--assumptions', 'none.yaml']);
    expect({ code, out }).toEqual({ code: 2, out: '' });
    expect(err).toContain('there is no file `none.yaml`');
  });

  test('a file that is wrong stops it, with its line', async () => {
    const folder = folderWith({ 'a.agent.yaml': DESK, 'stakes.roi.yaml': 'inputs:\n  reviewSecond: 3\n' });
    const { code, out, err } = await run(folder, ['roi']);
    expect({ code, out }).toEqual({ code: 2, out: '' });
    expect(err).toContain('error[unknown-input]: there is no input `reviewSecond`');
    expect(err).toContain('2 |   reviewSecond: 3');
    expect(err).toContain('did you mean `reviewSeconds`?');
  });

  test.each([
    [['--draws', '3'], '`--draws` must be a whole number from 100 to 100000'],
    [['--draws', '1e3'], '`--draws` must be'],
    [['--seed', '-1'], '`--seed` must be'],
    [['--seed', '99999999999999999999'], '`--seed` must be'],
  ])('%j is refused', async (argv, says) => {
    const { code, out, err } = await run(folderWith({ 'a.agent.yaml': GOOD }), ['roi', ...argv]);
    expect({ code, out }).toEqual({ code: 2, out: '' });
    expect(err).toContain(says);
  });

  test('nothing found is 3, and what cannot be read is 2 beside the rest', async () => {
    expect((await run(folderWith(), ['roi'])).code).toBe(3);
    const { code, out } = await run(folderWith({ 'a.agent.yaml': GOOD, 'b.agent.yaml': 'x' }), ['roi', ...FAST]);
    expect(code).toBe(2);
    expect(out).toContain('b.agent.yaml');
    expect(out).toContain('What matters most');
  });

  test('an agent that another one starts is counted with it, once', async () => {
    const folder = folderWith({
      'boss.agent.yaml': `${DESK}subagents: { helper: { manifest: ./helper.agent.yaml } }\n`,
      'helper.agent.yaml': DESK.replace('desk, name: Refund desk', 'helper'),
    });
    const { results, counted } = await report(folder);
    expect(results.map(({ agent }) => agent)).toEqual(['desk']);
    expect(counted).toEqual([{ agent: 'helper', with: 'desk' }]);
  });

  test('names that a stranger chose cannot paint, break a line or a table', async () => {
    const name = JSON.stringify('\u001b[31mred\u001b[0m | <b>x</b> `y`\n# head');
    const folder = folderWith({ 'a.agent.yaml': DESK.replace('Refund desk', name) });
    const [human, markdown] = [
      (await run(folder, ['roi', ...FAST])).out,
      (await run(folder, ['roi', '-f', 'markdown', ...FAST])).out,
    ];
    for (const text of [human, markdown]) {
      expect(text).not.toContain('\u001b');
      expect(text).not.toMatch(/^# head/m);
    }
    expect(markdown).not.toContain('<b>');
  });

  test('markdown lists every assumption', async () => {
    const folder = folderWith({ 'a.agent.yaml': DESK });
    const { out } = await run(folder, ['roi', '-f', 'markdown', ...FAST]);
    const [result] = (await report(folder)).results;
    for (const { input } of result?.assumptions ?? []) expect(out).toContain(`| \`${input}\` |`);
    expect(out).toContain('judgement');
  });
});

describe('stakes roi --init', () => {
  test('writes what matters most as comments, so that nothing changes until somebody answers', async () => {
    const folder = folderWith({ 'a.agent.yaml': DESK });
    const before = await report(folder);
    const { code, out, err } = await run(folder, ['roi', '--init', ...FAST]);
    expect({ code, out }).toEqual({ code: 0, out: '' });
    expect(err).toContain('wrote `stakes.roi.yaml`');
    const text = readFileSync(join(folder, 'stakes.roi.yaml'), 'utf8');
    for (const input of before.results[0]?.whatIf ?? []) expect(text).toContain(`# ${input}: {`);
    expect(await report(folder)).toEqual(before);
    const answered = text.replace(/^ {2}# (\w+: \{ low: .*\})$/gm, '  $1');
    expect(answered).not.toBe(text);
    const after = await report(folderWith({ 'a.agent.yaml': DESK, 'stakes.roi.yaml': answered }));
    expect(after.results[0]?.options).toEqual(before.results[0]?.options);
    expect(after.results[0]?.assumptions.some(({ isDefault }) => !isDefault)).toBe(true);
  });

  test('never writes over a file without a yes', async () => {
    const folder = folderWith({ 'a.agent.yaml': DESK, 'stakes.roi.yaml': 'inputs: { reviewers: 4 }\n' });
    const text = () => readFileSync(join(folder, 'stakes.roi.yaml'), 'utf8');
    const asked = (answer: string | undefined) => ({
      stdinIsTty: true,
      stdoutIsTty: true,
      question: async () => answer,
    });
    expect((await run(folder, ['roi', '--init', ...FAST])).code).toBe(2);
    expect((await run(folder, ['roi', '--init', ...FAST], asked('n'))).code).toBe(0);
    expect((await run(folder, ['roi', '--init', ...FAST], asked(undefined))).code).toBe(130);
    expect(text()).toBe('inputs: { reviewers: 4 }\n');
    expect((await run(folder, ['roi', '--init', ...FAST], asked('y'))).code).toBe(0);
    expect(text()).toContain('# What we know of our costs');
    // What somebody had said is what the draft shows.
    expect(text()).toContain('low: 4, likely: 4, high: 4');
  });

  test('without an agent there is nothing to ask about', async () => {
    const folder = folderWith();
    expect((await run(folder, ['roi', '--init'])).code).toBe(3);
    expect(existsSync(join(folder, 'stakes.roi.yaml'))).toBe(false);
  });
});
