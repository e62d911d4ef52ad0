import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { freshPage, playPage } from '../../src/dev/docs/transcripts.ts';
import { pages } from './pages.ts';

const told = pages.filter(({ text }) => /^```console/m.test(text));

test('the README and the tutorial are among the pages that are re-run', () => {
  const paths = told.map(({ path }) => path);
  expect(paths).toContain('README.md');
  expect(paths).toContain('docs/tutorial.md');
});

test.each(told.map(({ path, text }) => [path, text]))('%s shows what is really printed', async (_, text) => {
  expect(await freshPage(text)).toBe(text);
});

/** Rules and the like, which `npm run gen` writes without running them. */
test('no other page has a transcript', () => {
  const run = (path: string) => /^(?:README\.md|docs\/[a-z-]+\.md|docs\/targets\/[a-z-]+\.md)$/.test(path);
  expect(told.map(({ path }) => path).filter((path) => !run(path))).toEqual([]);
});

describe('a page', () => {
  const AGENT = 'schemaVersion: 1\nagent: { id: x }\ntools: { look: { effect: read, data: [], egress: none } }';
  const titled = `\`\`\`yaml title="x.agent.yaml"\n${AGENT}\n\`\`\`\n`;
  const shown = (command: string) => `\`\`\`console\n$ ${command}\nwhat it was\n\`\`\`\n`;

  test('with another output is not what is really printed', async () => {
    const fresh = await freshPage(`${titled}\n${shown('stakes assess x.agent.yaml')}`);
    expect(fresh).toContain('x in x.agent.yaml:2\nLIGHT');
    expect(fresh).not.toContain('what it was');
    expect(await freshPage(fresh)).toBe(fresh);
  });

  test('keeps what its commands write, and changes it as it says', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'stakes-page-'));
    onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
    const change = '```diff title="x.agent.yaml"\n@@ -2,1 +2,1 @@\n-agent: { id: x }\n+agent: { id: y }\n```\n';
    const fresh = await playPage(`${titled}\n${change}\n${shown('stakes assess -f json > tier.json')}`, folder);
    expect(fresh).toContain('$ stakes assess -f json > tier.json\n```');
    expect(JSON.parse(readFileSync(join(folder, 'tier.json'), 'utf8')).results[0].agent).toBe('y');
  });

  test.each([
    ['a command that is not ours', shown('rm -rf x'), 'only `stakes` is re-run'],
    ['a block without a command', '```console\nhello\n```\n', 'only `stakes` is re-run'],
    ['a transcript in a list', '- one\n\n  ```console\n  $ stakes\n  ```\n', 'where it is not re-run'],
    ['a file elsewhere', '```yaml title="../x.yaml"\na: 1\n```\n', 'outside of the folder'],
    [
      'a change that does not fit',
      `${titled}\n\`\`\`diff title="x.agent.yaml"\n@@ -1,1 +1,1 @@\n-a\n+b\n\`\`\`\n`,
      'does not fit',
    ],
  ])('with %s is refused', async (_, text, why) => {
    await expect(freshPage(text)).rejects.toThrow(why);
  });
});
