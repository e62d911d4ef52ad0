import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import type { RoiOption, RoiReport, RoiResult } from '../../src/model/roi.ts';
import { ROI_INPUTS } from '../../src/model/roi-inputs.ts';
import { plainPaint } from '../../src/report/context.ts';
import { format } from '../../src/report/roi/html.ts';
import { amount, money, moneyRange } from '../../src/report/roi/page/amounts.ts';
import { HALF, movedTo, SHOWN, stopsOf } from '../../src/report/roi/page/moved.ts';
import { bestOf, decisionOf } from '../../src/roi/decision.ts';
import { simulate } from '../../src/roi/simulate.ts';
import { axeFindings, type Opened, opened, pageSizes, startBrowser } from './html.ts';

const root = join(import.meta.dirname, '../..');
/** Of each tier one; with all of them axe takes minutes. */
const SOME = ['payout-analyst', 'meeting-scribe', 'crash-sorter', 'release-scout'];
/** Fewer futures than by default: a slider simulates them again. */
const DRAWS = 1000;

let browser: Browser;
/** What a user gets, by the built program. */
let all: string;
let alone: string;
let report: RoiReport;
let sample: RoiResult;

beforeAll(async () => {
  browser = await startBrowser();
  all = stakes(...SOME.map((name) => `examples/${name}.agent.yaml`), '-f', 'html');
  alone = stakes('examples/payout-analyst.agent.yaml', '-f', 'html');
  report = JSON.parse(stakes('examples/payout-analyst.agent.yaml', '-f', 'json')) as RoiReport;
  sample = report.results[0] as RoiResult;
}, 300_000);
afterAll(() => browser?.close());

function stakes(...args: string[]): string {
  const argv = [join(root, 'bin/stakes.js'), 'roi', ...args, '--draws', String(DRAWS)];
  const { status, stdout, stderr } = spawnSync(process.execPath, argv, {
    cwd: root,
    encoding: 'utf8',
    maxBuffer: 2 ** 26,
  });
  expect([status, stderr]).toEqual([0, '']);
  return stdout;
}

async function open(html: string, options?: BrowserContextOptions): Promise<Opened> {
  const made = await opened(browser, html, options);
  onTestFinished(made.close);
  return made;
}

const render = (results: RoiResult[]) =>
  format({ ...report, results }, { paint: plainPaint, columns: 80, texts: new Map() });

/** What the rows of the chart beside the sliders say. */
const rowsOf = (page: Page) =>
  page.locator('.what-if .range [data-option]').evaluateAll((rows) =>
    rows.map((row) => ({
      id: row.getAttribute('data-option'),
      best: row.querySelector('.chip.best:not([hidden])') !== null,
      value: row.querySelector('.row-value')?.textContent,
    })),
  );
const rowsFrom = (options: readonly Pick<RoiOption, 'id' | 'net'>[]) =>
  options.map(({ id, net }) => ({
    id,
    best: bestOf(options)?.id === id,
    value: `${money(net.mean)} ${moneyRange(net)}`,
  }));

describe('the page of the cost model in a browser', () => {
  test.each(['one agent', 'the examples', 'hostile names'])(
    '%s: axe finds nothing at three widths, in light, dark and print; nothing is loaded, run or violated',
    async (name) => {
      const text =
        { 'one agent': alone, 'the examples': all, 'hostile names': render([nasty(sample), nasty(sample)]) }[name] ??
        '';
      const looks: [BrowserContextOptions, 'screen' | 'print'][] = [
        [{ colorScheme: 'light', viewport: { width: 1600, height: 900 } }, 'screen'],
        [{ colorScheme: 'dark', viewport: { width: 1024, height: 900 } }, 'screen'],
        [{ colorScheme: 'light', viewport: { width: 390, height: 800 } }, 'screen'],
        [{ colorScheme: 'dark', viewport: { width: 700, height: 900 } }, 'print'],
      ];
      for (const [options, media] of looks) {
        const { page, faults } = await open(text, options);
        await page.emulateMedia({ media });
        expect(await page.locator('.chart[role=img]').count()).toBeGreaterThanOrEqual(3);
        expect(await axeFindings(page)).toEqual([]);
        const { wide, owned } = await page.evaluate(() => ({
          wide: document.documentElement.scrollWidth - document.documentElement.clientWidth,
          owned: 'owned' in globalThis,
        }));
        expect([wide, owned, faults]).toEqual([0, false, []]);
      }
    },
  );

  test('a slider says its value, and what is simulated then is what the program says of that input; reset is the report', async () => {
    const { page, faults } = await open(alone);
    const start = await rowsOf(page);
    expect(start).toEqual(rowsFrom(sample.options));
    const [input, other] = sample.whatIf;
    if (input === undefined || other === undefined) throw new Error('the sample has no slider');
    const { about, unit } = ROI_INPUTS[input];
    const label = about.replaceAll('`', '');
    const slider = page.getByRole('slider', { name: label.charAt(0).toUpperCase() + label.slice(1) });
    await slider.focus();
    for (let press = 0; press < 12; press += 1) await page.keyboard.press('ArrowRight');
    await page.keyboard.press('ArrowLeft');
    const value = stopsOf(sample.model.inputs[input], unit)[HALF + 11] ?? Number.NaN;
    expect(await slider.getAttribute('aria-valuetext')).toBe(amount(value, unit, SHOWN));
    expect(await page.locator(`output[for="${await slider.getAttribute('id')}"]`).textContent()).toBe(
      amount(value, unit, SHOWN),
    );
    const reset = page.getByRole('button', { name: 'Back to the report' });
    await expect.poll(() => reset.isEnabled(), { timeout: 30_000 }).toBe(true);
    const inputs = { ...sample.model.inputs, [input]: movedTo(sample.model.inputs[input], value) };
    const { outcomes } = simulate({ ...sample.model, inputs }, { seed: report.seed, draws: DRAWS });
    const options = sample.options.map((option, index): RoiOption => ({ ...option, ...outcomes[index] }));
    const assigned = options.find(({ id }) => id === sample.assigned) as RoiOption;
    expect(await rowsOf(page)).toEqual(rowsFrom(options));
    expect(await rowsOf(page)).not.toEqual(start);
    expect(await page.getByRole('status').last().textContent()).toBe(
      `With these values: ${decisionOf({ choice: bestOf(options), assigned })}.`,
    );
    await reset.focus();
    await page.keyboard.press('Enter');
    await expect.poll(() => reset.isDisabled(), { timeout: 30_000 }).toBe(true);
    expect(await rowsOf(page)).toEqual(start);
    expect(await slider.inputValue()).toBe(String(HALF));
    expect(await slider.getAttribute('aria-valuetext')).toBe(amount(sample.model.inputs[input].likely, unit, SHOWN));
    expect((await page.locator('.what-if .said').innerText()).toLowerCase()).toContain(sample.decision.toLowerCase());
    expect(faults).toEqual([]);
  });

  test('what moves stays on the chart, with the outline of the report', async () => {
    const { page } = await open(alone);
    for (const slider of await page.locator('.what-if input[type=range]').all()) await slider.fill(String(2 * HALF));
    await expect.poll(() => page.locator('.what-if button').isEnabled(), { timeout: 30_000 }).toBe(true);
    const outside = await page.locator('.what-if .range .row[data-option]').evaluateAll((rows) =>
      rows.flatMap((row) => {
        const plot = row.querySelector('.plot')?.getBoundingClientRect();
        return ['.bar', '.ghost', '.median'].filter((part) => {
          const mark = row.querySelector(part)?.getBoundingClientRect();
          return !plot || !mark || mark.left < plot.left - 1 || mark.right > plot.right + 1;
        });
      }),
    );
    expect(outside).toEqual([]);
  });

  test('the keyboard reaches the index, every group and every slider, each once', async () => {
    const { page } = await open(all);
    await page.keyboard.press('Tab');
    expect(await page.evaluate(() => document.activeElement?.textContent?.trim())).toBe('Skip to the figures');
    await page.keyboard.press('Enter');
    expect(await page.evaluate(() => document.activeElement?.id)).toBe('content');
    const link = page.getByRole('link', { name: 'Meeting scribe' });
    await link.focus();
    await page.keyboard.press('Enter');
    const sheet = page.locator('details.agent', { has: page.locator('h2', { hasText: 'Meeting scribe' }) });
    expect(await sheet.getAttribute('open')).not.toBeNull();
    const stops = await page.evaluate(() => {
      (document.activeElement as HTMLElement | null)?.blur();
      scrollTo(0, 0);
      const every = document.querySelectorAll<HTMLElement>('a[href],input,summary,button:enabled,[tabindex="0"]');
      return [...every].filter((element) => element.checkVisibility()).length;
    });
    expect(stops).toBeGreaterThan(20);
    await page.locator('.skip').focus();
    const visited: boolean[] = [];
    for (let at = 0; at < stops; at += 1) {
      visited.push(
        await page.evaluate(() => {
          const element = document.activeElement as HTMLElement;
          const first = element.dataset.visited === undefined && element !== document.body;
          element.dataset.visited = '1';
          return first && element.checkVisibility() && element.matches(':focus-visible');
        }),
      );
      await page.keyboard.press('Tab');
    }
    expect(visited.filter((each) => !each)).toEqual([]);
  });

  test('without script everything but the sliders is there, and groups still open', async () => {
    const { page, faults } = await open(all, { javaScriptEnabled: false });
    expect(
      await page.locator('.what-if').evaluateAll((all) => all.filter((each) => each.checkVisibility()).length),
    ).toBe(0);
    const [group] = await page.locator('details.agent').all();
    await group?.locator('summary').first().click();
    for (const chart of ['.range', '.curve', '.tornado'])
      expect(await group?.locator(`.chart${chart}:visible`).count()).toBeGreaterThanOrEqual(1);
    expect(await group?.getByText('What this rests on').isVisible()).toBe(true);
    expect(faults).toEqual([]);
  });

  test('printed on A4 with everything opened and no slider', async () => {
    const { page } = await open(all);
    const sizes = pageSizes(await page.pdf({ preferCSSPageSize: true, printBackground: true }));
    expect(new Set(sizes.map(String))).toEqual(new Set(['595,842']));
    await page.emulateMedia({ media: 'print' });
    const hidden = await page
      .locator('details .row, details td, details figure')
      .evaluateAll(
        (all) =>
          all.filter((each) => !each.closest('.what-if') && !each.checkVisibility({ contentVisibilityAuto: true }))
            .length,
      );
    expect(hidden).toBe(0);
    expect(await page.locator('.what-if:visible').count()).toBe(0);
  });

  test('its own script is small enough to review, and the file has no address of anything to load', () => {
    const folder = join(root, 'src/report/roi/page');
    for (const file of ['what-if.program.ts', 'chart/redraw.ts', 'moved.ts'])
      expect(readFileSync(join(folder, file), 'utf8').split('\n').length).toBeLessThan(120);
    expect(all).not.toMatch(/<[^>]+\s(?:src|srcset|data|action|poster)=|@import|url\((?!#)/);
  });
});

/** A result with markup wherever somebody else may have written a text. */
function nasty(result: RoiResult): RoiResult {
  const text = '</script><script>window.owned = 1</script>"><img src=x onerror="window.owned = 1">\u202egnp.exe';
  return {
    ...result,
    file: text,
    agent: text,
    name: text,
    decision: text,
    difference: [text],
    assumptions: result.assumptions.map((each) => ({ ...each, source: text, date: text })),
    asks: [{ id: text, text }],
  };
}
