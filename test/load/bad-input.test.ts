import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { folderWith, GOOD, run } from '../cli/fake-io.ts';
import { BAD, type Bad } from './bad-input.ts';

interface Item {
  code: string;
  message: string;
  help?: string;
  line?: number;
  column?: number;
}

test.each(BAD)('$name', async (bad: Bad) => {
  const folder = folderWith({ 'bad.yaml': bad.text, 'good.agent.yaml': GOOD });

  const human = await run(folder, ['assess', 'bad.yaml', 'good.agent.yaml']);
  expect(human.code).toBe(2);
  expect(human.err).toBe('');
  expect(human.out).toContain('good in good.agent.yaml');
  expect(human.out).toMatch(/^error\[/m);
  expect(human.out).not.toMatch(/\n\s+at |internal error|undefined|\[object/);
  expect(control(human.out)).toBe('');
  for (const line of human.out.split('\n')) {
    // A word that is longer than the line stands alone, so that it can be copied.
    if (/\S{60}/.test(line)) continue;
    expect([...line].length).toBeLessThanOrEqual(80);
  }

  const json = await run(folder, ['assess', '-f', 'json', 'bad.yaml', 'good.agent.yaml']);
  const { errors, results } = JSON.parse(json.out) as { errors: Item[]; results: { agent: string }[] };
  expect(json.code).toBe(2);
  expect(control(json.out)).toBe('');
  expect(results.map(({ agent }) => agent)).toEqual(['good']);
  expect(errors.map(({ code, line, column }) => (line === undefined ? code : `${code} ${line}:${column}`))).toEqual(
    bad.expected,
  );
  for (const { message, help } of errors) {
    for (const text of help === undefined ? [message] : [message, help]) {
      expect(text).toMatch(/^(?:[a-z]|`)/);
      expect(text).not.toMatch(/\.$/);
      expect(text.split('`').length % 2).toBe(1);
    }
  }
  if (bad.says)
    expect(errors.map(({ message, help }) => `${message}${help ? ` = ${help}` : ''}`).join('\n')).toContain(bad.says);

  const written = await run(folder, ['generate', 'bad.yaml', 'good.agent.yaml']);
  expect(written.code).toBe(2);
  expect(existsSync(join(folder, '.stakes'))).toBe(false);
  expect(written.err).toMatch(/^error\[/m);
});

/** Everything in a text that a terminal would act on or not show. */
function control(text: string): string {
  return text.replace(/[^\u0000-\u0009\u000b-\u001f\u007f-\u009f\u200e\u200f\u2028-\u202e\u2066-\u2069]/g, '');
}
