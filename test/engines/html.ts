import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type axe from 'axe-core';
import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core';
import { findBrowser } from './browser.mjs';

const FLAGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

export async function startBrowser(): Promise<Browser> {
  const { path, env } = await findBrowser();
  const own = Object.fromEntries(Object.entries(process.env).filter((entry): entry is [string, string] => !!entry[1]));
  return chromium.launch({ executablePath: path, args: FLAGS, env: { ...own, ...env } });
}

export interface Opened {
  page: Page;
  /** Errors on the console and of scripts, violations of the page's policy, and every request besides the page itself. */
  faults: string[];
  close: () => Promise<void>;
}

/** The page from a file, as people open it; whatever it tries to load is refused and told. */
export async function opened(
  browser: Browser,
  text: string,
  options: BrowserContextOptions = {},
  name = 'report.html',
): Promise<Opened> {
  const folder = mkdtempSync(join(tmpdir(), 'stakes-page-'));
  const url = pathToFileURL(join(folder, name)).href;
  writeFileSync(join(folder, name), text);
  const context = await browser.newContext({ viewport: { width: 1024, height: 800 }, ...options });
  const faults: string[] = [];
  await context.route('**', (route) => {
    if (route.request().url() === url) return route.continue();
    faults.push(`asks for ${route.request().url()}`);
    return route.abort();
  });
  await context.exposeFunction('tellFault', (fault: string) => faults.push(fault));
  await context.addInitScript(() => {
    document.addEventListener('securitypolicyviolation', ({ violatedDirective, blockedURI }) =>
      (globalThis as unknown as { tellFault: (fault: string) => void }).tellFault(
        `violates ${violatedDirective}: ${blockedURI}`,
      ),
    );
  });
  const page = await context.newPage();
  page.on('console', (message) => {
    if (['error', 'warning'].includes(message.type())) faults.push(`console: ${message.text()}`);
  });
  page.on('pageerror', ({ message }) => faults.push(`error: ${message}`));
  page.on('dialog', (dialog) => {
    faults.push(`dialog: ${dialog.message()}`);
    return dialog.dismiss();
  });
  await page.goto(url);
  const close = async () => {
    await context.close();
    rmSync(folder, { recursive: true, force: true });
  };
  return { page, faults, close };
}

const axeSource = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** What axe finds wrong, with everything opened; what it could not decide counts where it is not the contrast within drawings. */
export async function axeFindings(page: Page): Promise<string[]> {
  await page.evaluate(() => {
    for (const group of document.querySelectorAll('details')) group.open = true;
  });
  await page.evaluate(axeSource);
  const { violations } = await page.evaluate(() =>
    (globalThis as unknown as { axe: typeof axe }).axe.run(document, { resultTypes: ['violations'] }),
  );
  return violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html.slice(0, 200)}`));
}

/** Sizes of the pages of a PDF in points. */
export function pageSizes(pdf: Buffer): [number, number][] {
  const boxes = pdf.toString('latin1').matchAll(/\/MediaBox \[0 0 ([\d.]+) ([\d.]+)\]/g);
  return [...boxes].map(([, width, height]) => [Math.round(Number(width)), Math.round(Number(height))]);
}
