import { PassThrough } from 'node:stream';
import { expect, test } from 'vitest';
import { askLine } from '../../src/cli/ask.ts';

function asked(typed: string) {
  const [input, output] = [new PassThrough(), new PassThrough()];
  input.end(typed);
  return { answer: askLine('sure? ', input, output), output };
}

test('one line is read, and the question is shown', async () => {
  const { answer, output } = asked('y\nrest\n');
  expect(await answer).toBe('y');
  expect(String(output.read())).toContain('sure? ');
});

test('the end of input is an empty line', async () => {
  expect(await asked('').answer).toBe('');
});
