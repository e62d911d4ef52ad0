import { existsSync, readFileSync, statSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import GithubSlugger from 'github-slugger';
import type { Tokens } from 'marked';
import { describe, expect, test } from 'vitest';
import { type DocPage, pageOf, pages } from './pages.ts';

const linksOf = ({ tokens }: DocPage) =>
  tokens.flatMap((token) => (token.type === 'link' || token.type === 'image' ? [(token as Tokens.Link).href] : []));

/** As GitHub makes them. */
function anchorsOf({ tokens }: DocPage): string[] {
  const slugger = new GithubSlugger();
  const headings = tokens.filter((token): token is Tokens.Heading => token.type === 'heading');
  return headings.map(({ text }) => slugger.slug(text.replace(/\[([^\]]*)\]\([^)]*\)/g, '$1').replace(/[`*]/g, '')));
}

function faultIn(page: DocPage, href: string): string | undefined {
  if (/^(?:https?|mailto):/.test(href)) return /\s/.test(href) ? 'a space in an address' : undefined;
  const [path = '', anchor] = href.split('#');
  const to = path === '' ? page.path : normalize(join(dirname(page.path), decodeURI(path))).replaceAll('\\', '/');
  if (to.startsWith('..')) return 'leads out of the repository';
  if (to !== page.path && !existsSync(to)) return 'leads nowhere';
  if (anchor === undefined) return undefined;
  if (!to.endsWith('.md') || (to !== page.path && statSync(to).isDirectory()))
    return 'an anchor in something that has none';
  const target = to === page.path ? page : pageOf(to, readFileSync(to, 'utf8'));
  return anchorsOf(target).includes(anchor) ? undefined : `no heading \`#${anchor}\``;
}

const faults = (page: DocPage) =>
  linksOf(page).flatMap((href) => {
    const fault = faultIn(page, href);
    return fault === undefined ? [] : [`${page.path}: ${href}: ${fault}`];
  });

test.each(pages.map((page) => [page.path, page] as const))('%s: every link leads somewhere', (_, page) => {
  expect(faults(page)).toEqual([]);
});

test('every page can be reached from the README', () => {
  const reached = new Set(['README.md']);
  for (const path of reached) {
    const page = pages.find((each) => each.path === path);
    for (const href of page ? linksOf(page) : []) {
      if (/^\w+:/.test(href)) continue;
      const to = normalize(join(dirname(path), href.split('#')[0] ?? '')).replaceAll('\\', '/');
      if (to.endsWith('.md')) reached.add(to);
    }
  }
  // Bundles are shown by their manifests.
  const meant = pages.map(({ path }) => path).filter((path) => !path.includes('/.stakes/'));
  const lost = meant.filter((path) => !reached.has(path));
  expect(lost).toEqual([]);
});

describe('what is wrong is found', () => {
  const of = (text: string) => faults(pageOf('docs/x.md', text));

  test('a file, an anchor, a way out', () => {
    expect(of('[a](nothing.md)')).toEqual(['docs/x.md: nothing.md: leads nowhere']);
    expect(of('[a](ci.md#nothing)')).toEqual(['docs/x.md: ci.md#nothing: no heading `#nothing`']);
    expect(of('[a](../../x)')).toEqual(['docs/x.md: ../../x: leads out of the repository']);
    expect(of('# One\n\n- [a](#two)')).toEqual(['docs/x.md: #two: no heading `#two`']);
    expect(of('# `One` of [two](ci.md)!\n\n[a](#one-of-two) ![b](../LICENSE)')).toEqual([]);
  });
});
