import { readdirSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv } from 'ajv';
import { describe, expect, test } from 'vitest';
import type { TuneReport } from '../../src/model/tune.ts';
import { kinds } from '../../src/tune/kinds.generated.ts';
import { folderWith, run } from '../cli/fake-io.ts';
import { approved, DESK, type Said, SMALL_PERIOD, small, times } from './small.fixture.ts';

const isReport = new Ajv({ strict: true, strictTypes: false }).compile(
  JSON.parse(readFileSync('schemas/tune.schema.json', 'utf8')),
);

const BASE = ['tune', 'desk.agent.yaml', '--records', 'records', ...SMALL_PERIOD];
const KEY = ['--key', 'keys/signing.pub'];

async function json(folder: string, ...more: string[]): Promise<TuneReport & { code: number; err: string }> {
  const { out, err, code } = await run(folder, [...BASE, ...more, '-f', 'json']);
  const report = JSON.parse(out) as TuneReport;
  expect(isReport(report), JSON.stringify(isReport.errors)).toBe(true);
  return { ...report, code, err };
}

const ids = ({ proposals }: TuneReport) => proposals.map(({ id }) => id).sort();
const heldOf = ({ held }: TuneReport, id: string) => held.find((each) => each.id === id)?.reason;

/** Six notes and six payments a day, all approved, and some looks. */
const ordinary = (day: number): Said[] => [
  ...times(6, () => ({ tool: 'shop/note', ...approved() })),
  ...times(6, (i) => ({
    tool: 'shop/pay',
    ...approved(),
    record: ['/usd'],
    arguments: { usd: 20 + ((day * 7 + i) % 60) },
  })),
  ...times(4, () => ({ tool: 'shop/look' })),
];

const SEGMENT = 'records/desk-shop/segment-000001.jsonl';
const edit = (folder: string, change: (lines: string[]) => string[], file = SEGMENT) => {
  const path = join(folder, file);
  writeFileSync(path, `${change(readFileSync(path, 'utf8').split('\n').slice(0, -1)).join('\n')}\n`);
};

describe('a gate at which nobody ever says no', () => {
  test('is opened where nothing high-stakes hangs on it, and bounded where something does', async () => {
    const { folder, write } = small();
    write(ordinary);
    const report = await json(folder, ...KEY);
    expect([report.code, report.err]).toEqual([0, '']);
    expect(ids(report)).toEqual(['bound-gate:desk:shop/pay', 'open-gate:desk:shop/note']);
    const [bound, open] = report.proposals;
    expect(bound?.patch.map(({ path, value }) => [path, value])).toEqual([
      ['/tools/shop~1pay/maxCallsPerDay', 12],
      [
        '/tools/shop~1pay/arguments',
        { type: 'object', required: ['usd'], properties: { usd: { type: 'integer', minimum: 20, maximum: 87 } } },
      ],
    ]);
    expect(open?.evidence).toMatchObject({ calls: 240, days: 40, answers: { approved: 240, denied: 0 }, shadow: 0 });
    expect(open?.evidence.first).toEqual({ time: '2026-08-01T12:00:00.000Z', log: 'records/desk-shop', seq: 2 });
    expect(open?.approvalsPerDay).toBe(-6);
    // Six approvals a day cost money, and a payment that is bounded costs what it did.
    expect(open?.net?.p10).toBeGreaterThan(0);
    expect(open?.net?.p90).toBeGreaterThan(open?.net?.p50 ?? 0);
    expect(bound?.net).toEqual({ p10: 0, p50: 0, p90: 0 });
    expect(open?.tier).toEqual({ from: 'medium-plus', to: 'medium-plus' });
  });

  test('is left alone where somebody was right to say no', async () => {
    const { folder, write } = small();
    write((day) => [...ordinary(day), { tool: 'shop/note', ...approved(day === 3 ? 'denied' : 'approved') }]);
    expect(ids(await json(folder, ...KEY))).toEqual(['bound-gate:desk:shop/pay']);
  });

  test('is opened where whoever said no said yes to the very same call later', async () => {
    const { folder, write } = small();
    const again = { tool: 'shop/note', arguments: { same: true } };
    write((day) => [...ordinary(day), { ...again, ...approved(day === 3 ? 'denied' : 'approved') }]);
    const report = await json(folder, ...KEY);
    const open = report.proposals.find(({ kind }) => kind === 'open-gate');
    expect(open?.evidence.answers).toMatchObject({ denied: 0, overturned: 1 });
    expect(open?.because).toContain('1 call denied first, and approved later');
  });

  test('is none in shadow mode, where nobody is asked', async () => {
    const { folder, write } = small();
    write((day) => ordinary(day).map((said) => ({ ...said, mode: 'shadow', approval: null })));
    const report = await json(folder, ...KEY);
    // What would have been asked for shows how the tools are used, and that is all.
    expect(ids(report)).toEqual(['narrow-arguments:desk:shop/pay']);
    expect(report.proposals[0]?.because).toContain('all in shadow mode');
    expect(report.agents[0]?.shadow).toBe(640);
  });

  test('of another policy, or of other terms, is another gate', async () => {
    const { folder, write } = small();
    write((day) => ordinary(day).map((said) => ({ ...said, policy: `sha256:${'7'.repeat(64)}` })));
    const unknown = await json(folder, ...KEY);
    expect(ids(unknown)).toEqual([]);
    expect(unknown.agents[0]?.unknownPolicy).toBe(640);
    const other = small();
    other.write(ordinary);
    // The same policy, and since then a wider manifest.
    writeFileSync(
      join(other.folder, 'desk.agent.yaml'),
      DESK.replace('data: [orders], egress: none, access: ask }', 'data: [], egress: none, access: ask }'),
    );
    expect(ids(await json(other.folder, ...KEY))).toEqual(['bound-gate:desk:shop/pay']);
  });
});

describe('records that are not proven', () => {
  test('without a key speak for tightening alone', async () => {
    const { folder, write } = small();
    write(ordinary);
    const report = await json(folder);
    expect(report.code).toBe(0);
    expect(ids(report)).toEqual(['bound-gate:desk:shop/pay']);
    expect(heldOf(report, 'open-gate:desk:shop/note')).toContain('no trusted key proves the records');
    expect(report.err).toContain('unproven: `records/desk-shop` is not verified');
  });

  test.each<[string, (lines: string[]) => string[], string]>([
    ['with a changed line', (lines) => lines.map((line) => line.replace('"denied"', '"approved"')), 'chain'],
    ['with a gap', (lines) => lines.toSpliced(30, 1), 'gap'],
    ['of a newer version', (lines) => lines.with(9, (lines[9] ?? '').replace('record@1', 'record@2')), 'newer-version'],
    ['with a line that is none', (lines) => lines.toSpliced(30, 0, 'not a record'), 'not-a-record'],
  ])('%s speak for nothing', async (_, change, code) => {
    const { folder, write } = small();
    write((day) => [...ordinary(day), { tool: 'shop/note', ...approved(day === 3 ? 'denied' : 'approved') }]);
    edit(folder, change);
    const report = await json(folder, ...KEY);
    expect(report.code).toBe(1);
    expect(ids(report)).toEqual([]);
    expect(report.remarks.map((remark) => remark.code)).toContain(code);
    expect(report.agents[0]?.trust).toBe('broken');
    expect(report.err).toContain('broken: `records/desk-shop` is not as it was written');
  });

  test('at the end of a log count against a change, and not for one', async () => {
    const { folder, write } = small();
    const half = (day: number) => ordinary(day).filter((_, index) => index % 2 === 0);
    write(half);
    const signed = readFileSync(join(folder, SEGMENT), 'utf8').split('\n').length - 1;
    write(half);
    expect(ids(await json(folder, ...KEY))).toContain('open-gate:desk:shop/note');
    const isSignature = (line: string, index: number) => index > signed && line.includes('"kind":"signature"');
    edit(folder, (lines) => lines.slice(0, lines.findIndex(isSignature)));
    const cut = await json(folder, ...KEY);
    expect([cut.logs[0]?.verdict, cut.agents[0]?.trust]).toEqual(['unfinished', 'proven']);
    expect(cut.agents[0]?.calls).toBeGreaterThan(320);
    expect(ids(cut)).not.toContain('open-gate:desk:shop/note');
  });

  test('of another log that is broken keep from nothing, where they are of another agent', async () => {
    const { folder, write } = small();
    write(ordinary);
    write((day) => [{ tool: 'kb/read', agent: 'other', arguments: { day } }], { log: 'other' });
    edit(folder, (lines) => lines.toSpliced(3, 1), 'records/other/segment-000001.jsonl');
    // By its name it may have had calls of this one.
    expect(ids(await json(folder, ...KEY))).toEqual([]);
    const path = join(folder, 'records/other/segment-000001.jsonl');
    writeFileSync(path, readFileSync(path, 'utf8').replaceAll('stakes/desk/shop', 'stakes/other/kb'));
    expect(ids(await json(folder, ...KEY))).toEqual(['bound-gate:desk:shop/pay', 'open-gate:desk:shop/note']);
  });
});

describe('odd records', () => {
  test('of names that no manifest has are listed', async () => {
    const { folder, write } = small();
    write((day) => [
      ...ordinary(day),
      { tool: 'shop/gone' },
      { tool: 'a', agent: 'nobody', decision: 'deny', rule: 'unlisted-agent' },
    ]);
    const report = await json(folder, ...KEY);
    expect(report.strangers).toEqual([
      { agent: 'desk', tool: 'shop/gone', calls: 40, refused: 0 },
      { agent: 'nobody', tool: null, calls: 40, refused: 40 },
    ]);
    const { out } = await run(folder, [...BASE, ...KEY]);
    expect(out).toContain('`shop/gone` of `desk`, which its manifest does not have: 40 calls, 0 refused');
  });

  test('of a clock that ran back, or ahead, are told and not counted twice', async () => {
    const { folder, write } = small();
    const begin = Date.parse('2026-08-01T00:00:00Z');
    write(ordinary, { now: (day) => begin + (day === 20 ? 400 : day === 30 ? 2 : day) * 86_400_000 });
    const report = await json(folder, ...KEY);
    expect(report.agents[0]).toMatchObject({ later: 16, days: 38, trust: 'proven' });
    expect(report.remarks.map(({ code }) => code)).toContain('clock');
    expect(ids(report)).toEqual(['bound-gate:desk:shop/pay', 'open-gate:desk:shop/note']);
  });

  test('of nobody, none, or what is no log', async () => {
    const { folder, write } = small();
    write((day) => [{ tool: 'kb/read', agent: 'other', arguments: { day } }], { days: 2 });
    const other = await run(folder, [...BASE, ...KEY]);
    expect([other.code, other.err]).toEqual([3, 'no call of `desk` is in these records in this time\n']);
    rmSync(join(folder, 'records'), { recursive: true });
    expect((await run(folder, BASE)).code).toBe(2);
    const none = await run(folder, ['tune', 'desk.agent.yaml', ...SMALL_PERIOD], { env: { HOME: folder } });
    expect([none.code, none.err]).toEqual([3, expect.stringContaining('there are no records')]);
    const odd = await run(folder, [...BASE.slice(0, 2), '--records', 'desk.agent.yaml', ...SMALL_PERIOD]);
    expect(odd.code).toBe(2);
    expect(odd.out).toContain('is no log of records');
  });

  test('of two manifests with one id are of nobody knows which', async () => {
    const { folder, write } = small(DESK, { 'twin.agent.yaml': DESK });
    write(ordinary);
    const ran = await run(folder, ['tune', '.', '--records', 'records', ...SMALL_PERIOD]);
    expect(ran.code).toBe(2);
    expect(ran.err).toContain('there are two manifests of `desk`');
  });

  test('half a line at the end, as a killed gate leaves it', async () => {
    const { folder, write } = small();
    write(ordinary);
    const [file = ''] = readdirSync(join(folder, 'records/desk-shop')).filter((name) => name.startsWith('segment'));
    const path = join(folder, 'records/desk-shop', file);
    truncateSync(path, readFileSync(path).length - 20);
    const report = await json(folder, ...KEY);
    expect(report.logs[0]?.verdict).toBe('unfinished');
    expect(report.agents[0]?.trust).not.toBe('broken');
  });
});

describe('what was never used', () => {
  const wide = DESK.replace(
    'limits:',
    '  shop/dump: { effect: read, data: [orders], egress: none, access: allow }\n  kb/read: { effect: read, data: [orders], egress: none }\n  Read: { effect: read, data: [orders], egress: none }\nlimits:',
  ).replace('{ shop: { command: shop-server } }', '{ shop: { command: shop-server }, kb: { command: kb-server } }');

  test('is taken away; what may have passed no gate is not', async () => {
    const { folder, write } = small(wide);
    write((day) => times(4, (i) => ({ tool: 'shop/look', arguments: { day, i } })));
    const report = await json(folder, ...KEY);
    expect(ids(report)).toEqual(['drop-tool:desk:shop/dump', 'drop-tool:desk:shop/note', 'drop-tool:desk:shop/pay']);
    expect(heldOf(report, 'drop-tool:desk:kb/read')).toContain('they may have passed no gate');
    expect(heldOf(report, 'drop-tool:desk:Read')).toContain("calls of the host's own tools are not on record");
  });

  test('is not known after a week', async () => {
    const { folder, write } = small(wide);
    write((day) => times(40, (i) => ({ tool: 'shop/look', arguments: { day, i } })), { days: 12 });
    const report = await json(folder, ...KEY);
    expect(ids(report)).toEqual([]);
    expect(heldOf(report, 'drop-tool:desk:shop/dump')).toContain(
      'cover 12 days, 12 of them with calls, and 30 and 10 are needed',
    );
    expect(ids(await json(folder, ...KEY, '--min-days', '12'))).toContain('drop-tool:desk:shop/dump');
  });
});

test('what was denied and granted by hand afterwards is left to a person to decide', async () => {
  const { folder, write } = small();
  write((day) => [
    { tool: 'shop/wipe', arguments: { day }, decision: 'deny', rule: 'denied' },
    { tool: 'shop/wipe', arguments: { day }, policy: `sha256:${'9'.repeat(64)}` },
    { tool: 'shop/look' },
  ]);
  const report = await json(folder, ...KEY);
  const again = report.proposals.find(({ kind }) => kind === 'grant-again');
  expect(again).toMatchObject({ direction: 'loosen', patch: [{ path: '/tools/shop~1wipe/access', value: 'ask' }] });
  expect(again?.because).toContain('40 calls that were refused ran later');
});

test('a bound that was lifted by hand every time it held is widened, where a person still decides', async () => {
  const bounded = DESK.replace(
    'record: [/usd] }',
    'record: [/usd],\n    arguments: { type: object, required: [usd], properties: { usd: { type: integer, maximum: 50 } } } }',
  );
  const plan = (day: number): Said[] => [
    {
      tool: 'shop/pay',
      arguments: { usd: 60 + day },
      record: ['/usd'],
      decision: 'deny',
      rule: 'arguments',
    },
    {
      tool: 'shop/pay',
      arguments: { usd: 60 + day },
      record: ['/usd'],
      policy: `sha256:${'9'.repeat(64)}`,
      ...approved(),
    },
  ];
  const { folder, write } = small(bounded);
  write(plan);
  const wide = (await json(folder, ...KEY)).proposals.find(({ kind }) => kind === 'widen-arguments');
  expect(wide?.patch[0]?.value).toEqual({
    type: 'object',
    required: ['usd'],
    properties: { usd: { type: 'integer', maximum: 99 } },
  });
  const alone = small(bounded.replace('access: ask, record', 'access: allow, record'));
  alone.write(plan);
  expect(heldOf(await json(alone.folder, ...KEY), 'widen-arguments:desk:shop/pay')).toContain('stand in for the gate');
});

describe('what the tier needs', () => {
  test('is not loosened: a gate that the lint would miss stays', async () => {
    // Whether its writes can be undone nobody says, so that at worst they cannot.
    const { folder, write } = small(
      DESK.replace(
        'reversible: true, impact: low, data: [orders], egress: none, access: ask }',
        'data: [orders], egress: none, access: ask }',
      ),
    );
    write(ordinary);
    expect(ids(await json(folder, ...KEY))).not.toContain('open-gate:desk:shop/note');
  });

  test('holds a cap that stands in for a gate', async () => {
    const { folder, write } = small(
      DESK.replace('access: ask, record: [/usd] }', 'access: allow, maxCallsPerDay: 6, record: [/usd] }'),
    );
    write((day) =>
      times(9, (i) => ({
        tool: 'shop/pay',
        arguments: { day, i },
        ...(i > 5 ? ({ decision: 'deny', rule: 'calls-a-day' } as const) : {}),
      })),
    );
    const report = await json(folder, ...KEY);
    expect(heldOf(report, 'raise-cap:desk:shop/pay')).toContain('its cap stands in for the gate');
  });
});

describe('writing', () => {
  test('keeps comments, asks first, and leaves nothing to propose', async () => {
    const { folder, write } = small();
    write(ordinary);
    const text = () => readFileSync(join(folder, 'desk.agent.yaml'), 'utf8');
    const off = await run(folder, [...BASE, ...KEY, '--write']);
    expect([off.code, text()]).toEqual([2, DESK]);
    const terminal = (answer: string | undefined) => ({
      stdinIsTty: true,
      stdoutIsTty: true,
      question: async () => answer,
    });
    expect((await run(folder, [...BASE, ...KEY, '--write'], terminal('n'))).code).toBe(0);
    expect((await run(folder, [...BASE, ...KEY, '--write'], terminal(undefined))).code).toBe(130);
    expect((await run(folder, [...BASE, ...KEY, '--diff'])).err).toContain('+  shop/note:');
    expect(text()).toBe(DESK);
    const one = await run(folder, [...BASE, ...KEY, '--only', 'open-gate:desk:shop/note', '--write'], terminal('y'));
    expect(one.code).toBe(0);
    expect(text()).toBe(DESK.replace('access: ask } # asks', 'access: allow } # asks'));
    expect((await run(folder, [...BASE, ...KEY, '--write', '--yes'])).code).toBe(0);
    expect(text()).toContain('# the desk\n');
    expect(text()).toContain('# never\n');
    expect(text()).toContain('maxCallsPerDay: 12');
    expect(ids(await json(folder, ...KEY))).toEqual([]);
    expect((await run(folder, ['lint', 'desk.agent.yaml', '--direction', 'under', '--fail-on', 'never'])).code).toBe(0);
  });

  test('goes to the file and the document of the subagent', async () => {
    const helper = DESK.replace('id: desk', 'id: helper').replace('# the desk', '# the helper');
    const pair = `schemaVersion: 1\nagent: { id: first }\ntools: {}\n---\n${helper}`;
    const desk = `${DESK}subagents: { helper: { manifest: "./pair.yaml#helper" } }\n`;
    const { folder, write } = small(desk, { 'pair.yaml': pair });
    write((day) => ordinary(day).map((said) => ({ ...said, agent: 'helper' })));
    const report = await json(folder, ...KEY);
    const open = report.proposals.find(({ kind }) => kind === 'open-gate');
    expect(open).toMatchObject({
      agent: 'helper',
      file: 'pair.yaml',
      document: 1,
      pointer: '/tools/shop~1note/access',
    });
    expect((await run(folder, [...BASE, ...KEY, '--write', '--yes'])).code).toBe(0);
    expect(readFileSync(join(folder, 'desk.agent.yaml'), 'utf8')).toBe(desk);
    expect(readFileSync(join(folder, 'pair.yaml'), 'utf8')).toContain('access: allow } # asks for years');
  });

  test('of what stands in an alias is not proposed', async () => {
    const { folder, write } = small(
      DESK.replace('  shop/note: {', '  shop/note: &note {').replace('limits:', '  shop/memo: *note\nlimits:'),
    );
    write((day) => ordinary(day).map((said) => (said.tool === 'shop/note' ? { ...said, tool: 'shop/memo' } : said)));
    const report = await json(folder, ...KEY);
    expect(heldOf(report, 'open-gate:desk:shop/memo')).toContain('it cannot be written into the file');
  });
});

test('the page names every kind of proposal', () => {
  const page = readFileSync('docs/tune.md', 'utf8');
  expect(kinds.filter(({ id }) => !page.includes(`\`${id}\``))).toEqual([]);
});

describe('the command', () => {
  test('in CI: `--check`, `--direction`', async () => {
    const { folder, write } = small();
    write(ordinary);
    expect((await json(folder, ...KEY, '--check')).code).toBe(1);
    const loose = await json(folder, ...KEY, '--check', '--direction', 'loosen');
    expect([loose.code, ids(loose)]).toEqual([1, ['open-gate:desk:shop/note']]);
    expect((await json(folder, '--check', '--direction', 'loosen')).code).toBe(0);
  });

  test.each([
    [['--write', '--diff'], 'leave one out'],
    [['--write', '--check'], 'leave one out'],
    [['--min-days', 'x'], 'is no number'],
    [['--since', 'soon'], 'is no time'],
    [['--key', 'desk.agent.yaml'], 'holds no public key'],
    [['--policy', 'desk.agent.yaml'], 'desk.agent.yaml'],
    [['--only', 'open-gate:desk:shop/nothing'], 'there is no proposal'],
  ])('refuses %s', async (more, why) => {
    const { folder, write } = small();
    write(ordinary, { days: 1 });
    const ran = await run(folder, [...BASE, ...more]);
    expect(ran.code).toBe(2);
    expect(ran.err).toContain(why);
  });

  test('fits on eighty columns, and into a table', async () => {
    const { folder, write } = small();
    write(ordinary);
    const { out } = await run(folder, [...BASE, ...KEY]);
    expect(out.split('\n').filter((line) => line.length > 80)).toEqual([]);
    expect(out).toContain('--only open-gate:desk:shop/note');
    const { out: table } = await run(folder, [...BASE, ...KEY, '-f', 'markdown']);
    expect(table).toContain('| loosen | let `shop/note` run without asking (`access: allow`) |');
  });

  test('says so where there is nothing to look at', async () => {
    expect((await run(folderWith(), ['tune'])).code).toBe(3);
  });
});
