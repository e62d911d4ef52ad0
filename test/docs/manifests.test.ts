import type { Tokens } from 'marked';
import { expect, test } from 'vitest';
import { folderWith, run } from '../cli/fake-io.ts';
import { pages } from './pages.ts';

/** Those of rules are tried with the rules, and those with a title are files of a page that is re-run. */
const manifests = pages
  .filter(({ path }) => !path.startsWith('docs/rules/'))
  .flatMap(({ path, tokens }) =>
    tokens
      .filter((token): token is Tokens.Code => token.type === 'code' && (token as Tokens.Code).lang === 'yaml')
      .filter(({ text }) => /^schemaVersion: 1$/m.test(text) && /^tools:/m.test(text))
      .map(({ text }) => [path, text] as const),
  );

test('there is one in the README', () => {
  expect(manifests.map(([path]) => path)).toContain('README.md');
});

test.each(manifests)('the manifest in %s can be read', async (_, text) => {
  const { code, out } = await run(folderWith({ 'x.agent.yaml': text }), ['assess', '-f', 'json']);
  expect([code, JSON.parse(out).errors]).toEqual([0, []]);
});
