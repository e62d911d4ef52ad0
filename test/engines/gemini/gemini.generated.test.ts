import { expect, test } from 'vitest';
import { target } from '../../../src/targets/gemini/target.ts';
import { type Ask, compare } from '../generated-policies.ts';
import { answers } from './policy-engine.ts';

test('ten thousand calls under generated policies', async () => {
  const seen = await compare({ target, ask: answers, takes: ({ agent }) => agent === 'root' });
  expect(seen.decisions).toBeGreaterThanOrEqual(10_000);
});

test.each(['yolo', 'autoEdit', 'plan'] as const)('and in the mode `%s`, whatever it allows elsewhere', async (mode) => {
  const ask: Ask = (made, files, questions) => answers(made, files, questions, mode);
  await compare({ target, ask, decisions: 2_000, seed: 7, takes: ({ agent }) => agent === 'root' });
});
