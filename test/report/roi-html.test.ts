import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import type { RoiReport, RoiResult } from '../../src/model/roi.ts';
import { ROI_INPUTS } from '../../src/model/roi-inputs.ts';
import { plainPaint } from '../../src/report/context.ts';
import {
  attribute,
  linksOf,
  loadsOf,
  only,
  type Parsed,
  parsed,
  textIn,
} from '../../src/report/page/parsed.fixture.ts';
import { seen } from '../../src/report/page/text.ts';
import { format } from '../../src/report/roi/html.ts';
import { money } from '../../src/report/roi/page/amounts.ts';
import { HALF, movedTo, stopsOf } from '../../src/report/roi/page/moved.ts';
import type { WhatIfData } from '../../src/report/roi/page/what-if.tsx';
import { simulate } from '../../src/roi/simulate.ts';
import { folderWith, run } from '../cli/fake-io.ts';
import { barren, DRAWS, examples } from './roi.fixture.ts';

const runs = { numRuns: Math.ceil(Number(process.env.STAKES_CASES ?? 200) / 10) };
const render = (report: RoiReport) => format(report, { paint: plainPaint, columns: 80, texts: new Map() });
const words = ({ text }: Parsed) => text.replace(/\s+/g, ' ');

let one: RoiReport;
let several: RoiReport;
let sample: RoiResult;
beforeAll(async () => {
  one = await examples('payout-analyst');
  several = await examples('payout-analyst', 'meeting-scribe', 'release-scout');
  sample = one.results[0] as RoiResult;
});

describe('the cost model as a page', () => {
  it('begins with the decision in one sentence', () => {
    const page = parsed(render(one));
    expect(page.errors).toEqual([]);
    const [first, second] = only(page, 'header').childNodes.flatMap((node) =>
      'tagName' in node ? [textIn(node)] : [],
    );
    expect(first).toBe('Stakes cost model');
    expect(second?.toLowerCase()).toBe(`${sample.decision.toLowerCase()}.`);
  });

  it('says every option, swing, assumption, bill and question, and why money and the tree differ', () => {
    for (const report of [one, several]) {
      const page = parsed(render(report));
      expect(page.errors).toEqual([]);
      for (const result of report.results) expectAll(words(page), result);
    }
  });

  it('marks every default, and nothing else, as one', () => {
    const stated = sample.assumptions[0]?.input;
    const assumptions = sample.assumptions.map((each) => ({ ...each, isDefault: each.input !== stated }));
    const page = parsed(render({ ...one, results: [{ ...sample, assumptions }] }));
    const rows = page.elements.filter((each) => each.tagName === 'tr').map(textIn);
    for (const { input, isDefault } of assumptions) {
      const row = rows.find((text) => text.includes(input) && !text.includes(`${input}a`));
      expect([input, row?.includes('default')]).toEqual([input, isDefault]);
    }
  });

  it.each(['payout-analyst', 'checkout-walker', 'schema-shepherd'])(
    '%s: draws what the tree asks for, the best option and zero in the range chart',
    async (name) => {
      const report = await examples(name);
      const [{ options, assigned, best }] = report.results as [RoiResult];
      const page = parsed(render(report));
      const [chart] = page.elements.filter((each) => /chart range/.test(attribute(each, 'class') ?? ''));
      const inChart = page.elements.filter((each) => chart && isIn(each, chart));
      const rows = inChart.filter((each) => attribute(each, 'data-option'));
      const optionOf = (row: Element) => attribute(row, 'data-option');
      expect(rows.map(optionOf)).toEqual(options.map(({ id }) => id));
      const marked = (chip: string) => rows.filter((row) => textIn(row).includes(chip)).map(optionOf);
      expect(marked('the tree asks for it')).toEqual([assigned]);
      expect(marked('best by money')).toEqual([best]);
      const zeros = inChart.filter((each) => each.tagName === 'line' && attribute(each, 'class') === 'zero');
      expect(zeros).toHaveLength(rows.length);
      expect(new Set(zeros.map((each) => attribute(each, 'x1'))).size).toBe(1);
    },
  );

  it('says in the index what is enough in staging', async () => {
    const page = words(parsed(render(await examples('payout-analyst', 'checkout-walker'))));
    expect(page).toMatch(/Checkout walker Full zero trust [●○]+ staging only for now/);
  });

  it('is the same to the byte for the same result, and fits in a mail', () => {
    expect(render(structuredClone(several))).toBe(render(several));
    expect(Buffer.byteLength(render(several))).toBeLessThan(1_000_000);
  });

  it('is sound where nothing pays, nothing is known, or there is no agent', () => {
    for (const results of [[barren(sample)], [barren(sample), sample], []]) {
      const page = parsed(render({ ...one, results }));
      expect(page.errors).toEqual([]);
      expect(page.text).not.toMatch(/NaN|undefined|Infinity|null/);
      expect(render({ ...one, results })).not.toMatch(/"(?:NaN|Infinity|undefined)%?"/);
    }
  });

  it('lists what could not be read', () => {
    const errors = [{ code: 'not-found', message: 'no `a.yaml` here', file: 'a.yaml', help: 'name another' }];
    expect(words(parsed(render({ ...one, results: [], errors })))).toMatch(
      /Not counted: 1 error.*no a.yaml here; name another/,
    );
  });

  it('holds nothing that loads or runs besides what its policy names', () => {
    const page = parsed(render(several));
    expect(loadsOf(page)).toEqual([]);
    const policy = attribute(
      only(page, 'meta', (each) => attribute(each, 'http-equiv') !== undefined),
      'content',
    );
    const digest = (text: string) => `'sha256-${createHash('sha256').update(text).digest('base64')}'`;
    const script = only(page, 'script', (each) => attribute(each, 'type') === 'module');
    expect(policy).toBe(
      `default-src 'none'; style-src ${digest(textIn(only(page, 'style')))}; script-src ${digest(textIn(script))}; base-uri 'none'; form-action 'none'`,
    );
  });

  it('its links and labels lead to what is there', () => {
    for (const report of [one, several]) {
      const { ids, targets } = linksOf(parsed(render(report)));
      expect(new Set(ids).size).toBe(ids.length);
      expect(targets.filter((id) => !ids.includes(id))).toEqual([]);
    }
  });

  it('is sound whatever names, texts and sources it is given', () => {
    fc.assert(
      fc.property(anyText, anyText, (text, other) => {
        const page = parsed(render({ ...one, results: [hostile(sample, text), hostile(sample, other)] }));
        expect(page.errors).toEqual([]);
        expect(loadsOf(page)).toEqual([]);
        for (const each of [text, other]) expect(words(page)).toContain(seen(each, 80).replace(/\s+/g, ' ').trim());
      }),
      runs,
    );
  });
});

describe('what the sliders start from', () => {
  it('is the report: the model in the page gives the same numbers, to the last digit', async () => {
    const { out } = await run(resolve('examples'), [
      'roi',
      'payout-analyst.agent.yaml',
      '-f',
      'html',
      '--draws',
      String(DRAWS),
    ]);
    const { model, seed, draws, options } = dataOf(out);
    expect([seed, draws]).toEqual([1, DRAWS]);
    const { outcomes } = simulate(model, { seed, draws });
    expect(options.map(({ id, net, breakEvenMonth }) => ({ id, net, breakEvenMonth }))).toEqual(
      outcomes.map(({ id, net, breakEvenMonth }) => ({ id, net, breakEvenMonth })),
    );
    for (const { net } of outcomes) expect(words(parsed(out))).toContain(money(net.mean));
  });

  it('leads to what the program says of a `stakes.roi.yaml` with that likely value', async () => {
    const [input] = sample.whatIf;
    if (input === undefined) throw new Error('the sample has no slider');
    const { low, high, likely } = sample.model.inputs[input];
    const { unit } = ROI_INPUTS[input];
    const to = stopsOf({ low, likely, high }, unit)[2 * HALF - 3] ?? Number.NaN;
    const said = JSON.stringify({ low, likely: to, high, unit, source: 'a slider', date: '2026-01-02' });
    const name = 'payout-analyst.agent.yaml';
    const folder = folderWith({
      [name]: readFileSync(join('examples', name)),
      'stakes.roi.yaml': `schemaVersion: 1\ninputs:\n  ${input}: ${said}\n`,
    });
    const { code, out } = await run(folder, ['roi', name, '-f', 'json', '--draws', String(DRAWS)]);
    expect(code).toBe(0);
    const [edited] = (JSON.parse(out) as RoiReport).results;
    const inputs = { ...sample.model.inputs, [input]: movedTo(sample.model.inputs[input], to) };
    const { outcomes } = simulate({ ...sample.model, inputs }, { seed: one.seed, draws: DRAWS });
    expect(outcomes.map(({ net }) => money(net.mean))).toEqual(edited?.options.map(({ net }) => money(net.mean)));
    expect(outcomes.map(({ net }) => money(net.mean))).not.toEqual(sample.options.map(({ net }) => money(net.mean)));
  });
});

function dataOf(html: string): WhatIfData {
  const data = only(parsed(html), 'script', (each) => attribute(each, 'type') === 'application/json');
  return JSON.parse(textIn(data)) as WhatIfData;
}

function expectAll(text: string, result: RoiResult): void {
  const has = (part: string) =>
    expect(text.toLowerCase()).toContain(part.replaceAll('`', '').replace(/\s+/g, ' ').toLowerCase());
  for (const part of [result.name, result.agent, result.file, ...result.difference]) has(part);
  for (const { title, net } of result.options) {
    has(title);
    for (const usd of [net.p10, net.p50, net.p90, net.mean]) has(money(usd));
  }
  for (const { about } of result.swings.slice(0, 8)) has(about);
  for (const { input, source } of result.assumptions) {
    has(input);
    has(source);
  }
  for (const { model } of result.inference.bills) has(model);
  for (const each of result.inference.savings) has(each.text);
  for (const { id } of result.asks) has(id);
}

type Element = Parsed['elements'][number];

function isIn(element: Element, other: Element): boolean {
  let at: unknown = element;
  while (at && at !== other) at = (at as { parentNode?: unknown }).parentNode;
  return at === other;
}

const anyText = fc.oneof(
  fc.string({ unit: 'grapheme-composite', maxLength: 60 }),
  fc.string({ unit: 'binary', maxLength: 60 }),
  fc.constantFrom(
    '</script><script>window.owned = 1</script>',
    '<!--<script>',
    '"><img src=x onerror="window.owned = 1">',
    '</style><svg onload="x">',
    'javascript:x',
    '\u202egnp.exe',
  ),
);

/** The text wherever somebody else may have written one. */
function hostile(result: RoiResult, text: string): RoiResult {
  return {
    ...result,
    file: text,
    agent: text,
    name: text,
    decision: text,
    difference: [text],
    assumptions: result.assumptions.map((each) => ({ ...each, source: text, date: text })),
    asks: [{ id: text, text }],
    inference: {
      bills: result.inference.bills.map((each) => ({ ...each, agent: text, model: text })),
      savings: result.inference.savings.map((each) => ({ ...each, agent: text, text })),
    },
  };
}
