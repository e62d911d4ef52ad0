import { expect, test } from 'vitest';
import { target } from '../../../src/targets/gemini/target.ts';
import { compare } from '../generated-policies.ts';
import { answers } from './policy-engine.ts';

test('ten thousand calls under generated policies', async () => {
  const seen = await compare({ target, ask: answers, takes: ({ agent }) => agent === 'root' });
  expect(seen.decisions).toBeGreaterThanOrEqual(10_000);
});
