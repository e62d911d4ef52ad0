import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, BrowserContextOptions } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import type { Assessment } from '../../src/model/assessment.ts';
import { format } from '../../src/report/assess/html.ts';
import { format as drawing } from '../../src/report/assess/svg.ts';
import { all, full, hostile } from '../../src/report/assessment.fixture.ts';
import { plainPaint } from '../../src/report/context.ts';
import { axeFindings, type Opened, opened, pageSizes, startBrowser } from './html.ts';
import { EXAMPLES, generated } from './stakes.ts';

let browser: Browser;
beforeAll(async () => {
  browser = await startBrowser();
});
afterAll(() => browser?.close());

const render = (...results: Assessment[]) =>
  format({ schema: 'stakes/assessment@1', results, errors: [] }, { paint: plainPaint, columns: 80, texts: new Map() });

async function open(html: string, options?: BrowserContextOptions): Promise<Opened> {
  const made = await opened(browser, html, options);
  onTestFinished(made.close);
  return made;
}

/** What a user gets: every example, by the built program. */
function examplesPage(): string {
  const { stakes } = generated(...EXAMPLES);
  const { code, out, err } = stakes('assess', '-f', 'html');
  expect([code, err]).toEqual([0, '']);
  return out;
}

const names = (count: number, server: (index: number) => string) =>
  Array.from({ length: count }, (_, index) => `${server(index)}/tool_${index}`);
/** One agent with 200 tools, and a repository of 50 agents with 40 each. */
const many = (agent: string, count: number): Assessment => {
  const [read, write] = [
    full.reach.find(({ tool }) => tool === 'kb/read'),
    full.reach.find(({ tool }) => tool === 'zendesk/reply'),
  ];
  const [sample] = full.highStakes;
  if (!read || !write || !sample) throw new Error('the sample is another one');
  const tools = names(count, (index) => `server-${index % 9}`);
  return {
    ...full,
    agent,
    name: agent,
    agents: [{ agent, name: agent, startedBy: [], untrusted: true }],
    reach: tools.map((tool, index) => ({ ...(index % 4 === 0 ? write : read), agent, tool })),
    highStakes: tools.filter((_, index) => index % 4 === 0).map((tool) => ({ ...sample, agent, tool })),
  };
};
const repository = () => Array.from({ length: 50 }, (_, index) => many(`agent-${index}`, 40));

const NASTY = [
  '<script>window.owned = 1</script>',
  '"><img src=x onerror="window.owned = 1">',
  "'-window.owned-'",
  '</style><script>window.owned = 1</script>',
  '</title><svg onload="window.owned = 1">',
  'javascript:window.owned=1',
  '\u202egnp.exe',
  'عامل دعم العملاء',
  'x'.repeat(300),
  'http://example.com/?leak',
];
const nasty = NASTY.map((name): Assessment => {
  const inside = JSON.stringify(hostile).replaceAll(
    JSON.stringify('mallory').slice(1, -1),
    JSON.stringify(name).slice(1, -1),
  );
  return { ...(JSON.parse(inside) as Assessment), name, file: `${name}.agent.yaml` };
});

describe('the page in a browser', () => {
  const pages: [string, () => string][] = [
    ['the examples', examplesPage],
    ...Object.entries(all).map(([name, sample]): [string, () => string] => [name, () => render(sample)]),
    ['200 tools', () => render(many('giant', 200))],
    ['hostile names', () => render(...nasty)],
  ];
  test.each(pages)(
    '%s: axe finds nothing in light, dark, narrow and print; nothing is loaded, run or violated',
    async (_, html) => {
      const text = html();
      const looks: [BrowserContextOptions, 'screen' | 'print'][] = [
        [{ colorScheme: 'light', viewport: { width: 1600, height: 900 } }, 'screen'],
        [{ colorScheme: 'dark', viewport: { width: 390, height: 800 } }, 'screen'],
        [{ colorScheme: 'dark', viewport: { width: 700, height: 900 } }, 'print'],
      ];
      for (const [options, media] of looks) {
        const { page, faults } = await open(text, options);
        await page.emulateMedia({ media });
        expect(await page.locator('svg[role=img]').count()).toBeGreaterThanOrEqual(2);
        expect(await axeFindings(page)).toEqual([]);
        const { wide, owned } = await page.evaluate(() => ({
          wide: document.documentElement.scrollWidth - document.documentElement.clientWidth,
          owned: 'owned' in globalThis,
        }));
        expect([wide, owned, faults]).toEqual([0, false, []]);
      }
    },
  );

  test('50 agents: found by a search for an agent and for a tool, and as before when it is cleared', async () => {
    const { page, faults } = await open(render(...repository()));
    const agents = page.locator('details.agent:visible');
    expect(await agents.count()).toBe(50);
    expect(await page.locator('details[open]').count()).toBe(0);
    const field = page.getByRole('searchbox', { name: 'Find an agent or a tool' });
    await field.fill('agent-17 tool_8');
    expect(await agents.count()).toBe(1);
    expect(await page.locator('tr[data-agent]:visible').allInnerTexts()).toEqual([expect.stringContaining('agent-17')]);
    expect(await page.locator('.tools tbody tr:visible').allInnerTexts()).toEqual([expect.stringContaining('tool_8')]);
    expect(await page.getByRole('status').innerText()).toBe('1 agent and 1 tool found');
    await field.fill('nothing of that name');
    expect([await agents.count(), await page.getByRole('status').innerText()]).toEqual([
      0,
      '0 agents and 0 tools found',
    ]);
    await field.press('Escape');
    expect([await agents.count(), await page.locator('details[open]').count()]).toEqual([50, 0]);
    expect(await page.getByRole('status').innerText()).toBe('');
    expect(faults).toEqual([]);
  });

  test('the keyboard reaches everything: skip link, links to agents, groups that open', async () => {
    const { page } = await open(examplesPage());
    await page.keyboard.press('Tab');
    expect(await page.evaluate(() => document.activeElement?.textContent?.trim())).toBe('Skip to the assessment');
    await page.keyboard.press('Enter');
    expect(await page.evaluate(() => document.activeElement?.id)).toBe('content');
    const link = page.getByRole('link', { name: 'Meeting scribe' });
    await link.focus();
    await page.keyboard.press('Enter');
    const sheet = page.locator('details.agent', { has: page.locator('h2', { hasText: 'Meeting scribe' }) });
    expect(await sheet.getAttribute('open')).not.toBeNull();
    await sheet.locator('summary').first().focus();
    await page.keyboard.press('Enter');
    expect(await sheet.getAttribute('open')).toBeNull();
    await page.keyboard.press('Space');
    expect(await sheet.getAttribute('open')).not.toBeNull();
    // From the top, each press goes on to something that can be seen, until every stop was visited once.
    const stops = await page.evaluate(() => {
      (document.activeElement as HTMLElement | null)?.blur();
      scrollTo(0, 0);
      const all = document.querySelectorAll<HTMLElement>('a[href],input,summary,[tabindex="0"]');
      return [...all].filter((element) => element.checkVisibility()).length;
    });
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

  test('without script all of it is there, and groups still open', async () => {
    const { page, faults } = await open(examplesPage(), { javaScriptEnabled: false });
    expect(await page.locator('search').isVisible()).toBe(false);
    const [group] = await page.locator('details.agent').all();
    expect(await group?.locator('h3').first().isVisible()).toBe(false);
    await group?.locator('summary').first().click();
    expect(await group?.locator('h3').first().isVisible()).toBe(true);
    expect(faults).toEqual([]);
  });

  test.each([true, false])('printed on A4 with everything opened (script: %s)', async (javaScriptEnabled) => {
    const { page } = await open(examplesPage(), { javaScriptEnabled });
    const sizes = pageSizes(await page.pdf({ preferCSSPageSize: true, printBackground: true }));
    expect(new Set(sizes.map(String))).toEqual(new Set(['595,842']));
    expect(sizes.length).toBeGreaterThan(EXAMPLES.length);
    await page.emulateMedia({ media: 'print' });
    const hidden = await page
      .locator('details .tools td, details ol.trail li, details svg[role=img]')
      .evaluateAll((all) => all.filter((element) => !element.checkVisibility({ contentVisibilityAuto: true })).length);
    expect(hidden).toBe(0);
  });

  test('the drawing opens by itself, and in a page as an image, and nothing in it runs', async () => {
    const context = { paint: plainPaint, columns: 80, texts: new Map() };
    const svg = drawing(
      { schema: 'stakes/assessment@1', results: [...nasty, ...Object.values(all)], errors: [] },
      context,
    );
    const alone = await opened(browser, svg, {}, 'report.svg');
    onTestFinished(alone.close);
    const seen = await alone.page.evaluate(() => ({
      root: document.documentElement.tagName,
      faulty: document.querySelector('parsererror') !== null,
      owned: 'owned' in globalThis,
      boxes: document.querySelectorAll('g.n').length > 20,
    }));
    expect([seen, alone.faults]).toEqual([{ root: 'svg', faulty: false, owned: false, boxes: true }, []]);
    const data = `data:image/svg+xml;base64,${Buffer.from(svg).toString('base64')}`;
    const { page, faults } = await open(`<!doctype html><title>readme</title><img alt="" src="${data}">`);
    const size = await page.locator('img').evaluate((image) => (image as HTMLImageElement).naturalWidth);
    expect(size).toBeGreaterThan(600);
    expect(faults.filter((fault) => !fault.startsWith('asks for data:'))).toEqual([]);
  });

  test('its script is small enough to review, and the file has no address of anything to load', () => {
    const page = readFileSync(join(import.meta.dirname, '../../src/report/assess/picture/search.program.ts'), 'utf8');
    expect(page.split('\n').length).toBeLessThan(120);
    expect(examplesPage()).not.toMatch(/<[^>]+\s(?:src|srcset|data|action|poster)=|@import|url\((?!#)/);
  });
});
