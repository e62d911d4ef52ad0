import { Ajv } from 'ajv';
import { describe, expect, test } from 'vitest';
import type { LintView } from '../../src/model/finding.ts';
import { plainPaint } from '../../src/report/context.ts';
import { formats } from '../../src/report/lint/formats.generated.ts';
import { clean, FILE, hostile, mixed, placeless, TEXT, under, viewOf } from '../../src/report/lint.fixture.ts';
import { lintSchema } from '../../src/schema/lint.ts';
import { type Element, parseXml } from './xml.ts';

type Name = keyof typeof formats;
const NAMES = Object.keys(formats) as Name[];

async function print(name: Name, view: LintView): Promise<string> {
  const { format } = await formats[name]();
  return format(view, { paint: plainPaint, columns: 80, texts: new Map([[FILE, TEXT]]) });
}

const lines = (text: string) => text.split('\n').slice(0, -1);
const VIEWS = { clean, mixed, hostile, placeless: viewOf([placeless]), nothing: viewOf([]) };

describe.each(NAMES)('%s', (name) => {
  test.each(Object.entries(VIEWS))(
    'of the %s report: one text, twice the same, nothing unseen in it',
    async (_, view) => {
      const text = await print(name, view);
      expect(await print(name, view)).toBe(text);
      expect(text === '' || text.endsWith('\n')).toBe(true);
      expect(text).not.toMatch(/\bundefined\b|\[object|\bNaN\b/);
      // JSON writes controls as escapes, and a reader of it gets the very text.
      expect(text).not.toMatch(name === 'json' ? /[^\P{Cc}\n]/u : /[^\P{Cc}\n]|[\u202a-\u202e\u2066-\u2069]|\p{Cs}/u);
    },
  );

  test('says something of each finding, with a place or without', async () => {
    const text = (await print(name, mixed)).replaceAll('&#8203;', '');
    for (const rule of mixed.findings.map(({ rule }) => rule)) expect(text).toContain(rule);
    expect(text).toContain('empty.agent.yaml');
  });

  test('never takes what was not looked at for clean', async () => {
    const errors = [{ code: 'bad-config', message: 'it is not valid', file: 'stakes.yaml' }];
    expect(await print(name, { ...clean, errors })).toContain('it is not valid');
  });
});

describe('compact', () => {
  test('is a line a finding', async () => {
    expect(await print('compact', mixed)).toMatchInlineSnapshot(`
      "refund-desk.agent.yaml:10:48: warning[gated-read] a person approves every call of \`stripe/list_charges\`, which only reads
      empty.agent.yaml: error[invalid-file] the file holds no agent
      refund-desk.agent.yaml:9:17: error[ungated-high-stakes] \`stripe/create_refund\` cannot be undone and no person approves it
      "
    `);
    expect(await print('compact', clean)).toBe('');
    expect(lines(await print('compact', hostile))).toHaveLength(hostile.findings.length + hostile.errors.length);
  });
});

describe('agent', () => {
  test('is a line a finding, the worst first, with what to do', async () => {
    expect(await print('agent', mixed)).toMatchInlineSnapshot(`
      "empty.agent.yaml: error invalid-file: the file holds no agent; to mend: run \`stakes init\`
      refund-desk.agent.yaml:9:17: error ungated-high-stakes at /tools/stripe~1create_refund/reversible: \`stripe/create_refund\` cannot be undone and no person approves it; to mend: set \`access: ask\` on this tool (about 12 approvals a day), or bound it
      refund-desk.agent.yaml:10:48: warning gated-read at /tools/stripe~1list_charges/access: a person approves every call of \`stripe/list_charges\`, which only reads; to mend: set \`access: allow\` (safe fix: stakes lint --fix)
      2 errors, 1 warning in 2 files · 1 ignored, 3 baselined · 1 fixable with --fix
      "
    `);
    expect(await print('agent', clean)).toBe('no findings in 3 files\n');
    expect(lines(await print('agent', hostile))).toHaveLength(hostile.findings.length + hostile.errors.length + 1);
  });
});

describe('json', () => {
  const validate = new Ajv({ allErrors: true }).compile(lintSchema);

  test.each(Object.entries(VIEWS))('of the %s report follows its schema', async (_, view) => {
    expect(validate(JSON.parse(await print('json', view))), JSON.stringify(validate.errors)).toBe(true);
  });

  test('gives texts as they are, and the span of a place', async () => {
    const { findings } = JSON.parse(await print('json', hostile));
    expect(findings.map(({ why }: { why: string }) => why)).toEqual(hostile.findings.map(({ why }) => why));
    const [finding] = JSON.parse(await print('json', viewOf([under]))).findings;
    expect(finding).toMatchObject({ line: 9, column: 17, endLine: 9, endColumn: 22, tierEffect: { from: 'full' } });
    expect(finding.related).toMatchObject([{ message: 'actions land without review', line: 5, column: 11 }]);
  });
});

describe('github', () => {
  const COMMAND = /^::(error|warning|notice) ((?:file=[^:,\r\n]*,)?(?:\w+=\d+,)*title=[^:,\r\n]*)::([^\r\n]*)$/;

  test('is a command a finding, the worst first', async () => {
    expect(await print('github', mixed)).toMatchInlineSnapshot(`
      "::error file=empty.agent.yaml,title=invalid-file::the file holds no agent%0Ahelp: run \`stakes init\`
      ::error file=refund-desk.agent.yaml,line=9,endLine=9,col=17,endColumn=22,title=ungated-high-stakes::\`stripe/create_refund\` cannot be undone and no person approves it%0Ahelp: set \`access: ask\` on this tool (about 12 approvals a day), or bound it
      ::warning file=refund-desk.agent.yaml,line=10,endLine=10,col=48,endColumn=51,title=gated-read::a person approves every call of \`stripe/list_charges\`, which only reads%0Ahelp: set \`access: allow\` (safe fix: stakes lint --fix)
      "
    `);
    expect(await print('github', clean)).toBe('');
  });

  test('cannot be made to start another command', async () => {
    const all = lines(await print('github', hostile));
    expect(all).toHaveLength(hostile.findings.length + hostile.errors.length);
    for (const line of all) {
      const [, , properties = '', data = ''] = COMMAND.exec(line) ?? [];
      expect(data, line).not.toBe('');
      // A percent sign that is not one of ours would be decoded by the runner.
      expect(properties.replace(/%(?:25|3A|2C)/g, '')).not.toContain('%');
      expect(data.replace(/%(?:25|0A)/g, '')).not.toContain('%');
    }
    expect(all.map((line) => line.split(' ')[0])).toEqual(
      [...all.map((line) => line.split(' ')[0])].sort((a, b) => RANK.indexOf(a ?? '') - RANK.indexOf(b ?? '')),
    );
  });

  const RANK = ['::error', '::warning', '::notice'];

  test('gives columns within one line only', async () => {
    const place = { ...under.place, endLine: 11 } as NonNullable<typeof under.place>;
    expect(await print('github', viewOf([{ ...under, place }]))).toContain('line=9,endLine=11,title=');
  });
});

describe('gitlab', () => {
  test('has every obligatory field, and a fingerprint that a moved line leaves alone', async () => {
    const issues = JSON.parse(await print('gitlab', hostile));
    expect(issues).toHaveLength(hostile.findings.length + hostile.errors.length);
    for (const issue of issues) {
      expect(issue).toMatchObject({
        description: expect.stringMatching(/./),
        check_name: expect.stringMatching(/./),
        fingerprint: expect.stringMatching(/^[0-9a-f]{32}$/),
        severity: expect.stringMatching(/^(?:info|minor|major|critical|blocker)$/),
      });
      expect(issue.location.path).not.toBe('');
      expect(issue.location.lines.begin).toBeGreaterThan(0);
    }
    const prints = issues.map(({ fingerprint }: { fingerprint: string }) => fingerprint);
    expect(new Set(prints).size).toBe(prints.length);
    const moved = { ...under, place: { ...under.place, line: 30, endLine: 30 } as NonNullable<typeof under.place> };
    const [before] = JSON.parse(await print('gitlab', viewOf([under])));
    const [after] = JSON.parse(await print('gitlab', viewOf([moved])));
    expect(after).toEqual({ ...before, location: { path: FILE, lines: { begin: 30, end: 30 } } });
    expect(await print('gitlab', clean)).toBe('[]\n');
  });
});

describe('junit', () => {
  const casesOf = (xml: Element) =>
    xml.children.flatMap(({ children }) => children.filter(({ name }) => name === 'testcase'));

  test.each(Object.entries(VIEWS))('of the %s report is well-formed, and its counts are right', async (_, view) => {
    const xml = parseXml(await print('junit', view));
    const cases = casesOf(xml);
    const having = (part: string) => cases.filter(({ children }) => children.some(({ name }) => name === part)).length;
    const { tests, failures, errors, skipped } = xml.children[0]?.attributes ?? {};
    expect(cases.length).toBe(Math.max(1, view.findings.length + view.errors.length));
    expect([tests, failures, errors, skipped].map(Number)).toEqual([
      cases.length,
      having('failure'),
      having('error'),
      having('skipped'),
    ]);
    expect(having('failure')).toBe(view.findings.filter(({ severity }) => severity === 'error').length);
  });

  test('gives back the words that went in', async () => {
    const message = '`a<b>&"c"\'d\']]>` is high-stakes';
    const [only] = casesOf(parseXml(await print('junit', viewOf([{ ...under, message }]))));
    expect(only?.attributes.name).toBe(`ungated-high-stakes: ${message}`);
    expect(only?.children[0]?.attributes.message).toBe(message);
    expect(only?.children[0]?.text).toContain(`${FILE}:9:17`);
  });

  test('a reader that is strict refuses what is not well-formed', () => {
    for (const bad of ['<a>', '<a></b>', '<a b="&"/>', '<a>]]></a>', '<a/><b/>', '<a b="1" b="2"/>', '<a>\u0001</a>'])
      expect(() => parseXml(bad), bad).toThrow();
  });
});

describe.each(['markdown', 'summary'] as const)('%s', (name) => {
  test('lets no text out of its place', async () => {
    const whole = await print(name, hostile);
    // What stands between backticks is text to every reader of Markdown, but for the pipe of a table.
    const text = whole.replace(/`[^`\n|]*`/g, '');
    expect(text).not.toMatch(/<(?!\/?code>)/);
    expect(text).not.toMatch(/@octocat|(?<!\\)\[x/);
    for (const line of lines(whole.replaceAll('\\|', '')))
      if (line.startsWith('|')) expect(line.split('|').length).toBe(7);
  });

  test('stays within what its host takes, and says how much it leaves out', async () => {
    const many = viewOf(
      Array.from({ length: 9000 }, (_, index) => ({
        ...under,
        fingerprint: String(index),
        severity: index === 8999 ? 'error' : 'warning',
      })),
    );
    const text = await print(name, many);
    expect(text.length).toBeLessThan(name === 'markdown' ? 65_536 : 260_000);
    expect(text).toMatch(/… and \d+ more findings: run `stakes lint`/);
    expect(text).toContain('1 error, 8999 warnings');
  });

  test('reads well', async () => {
    await expect(await print(name, mixed)).toMatchFileSnapshot(`fixtures/lint.${name}.md`);
  });
});
