import { expect, test } from 'vitest';
import type { Observation } from '../../../src/model/proof.ts';
import { target } from '../../../src/targets/rego/target.ts';
import { type Ask, compare } from '../generated-policies.ts';
import { decisions } from './wasm.mjs';

const ask: Ask = async (_policy, files, questions) => {
  const policy = files.find(({ path }) => path === 'policy.rego')?.content ?? '';
  const calls = questions.flatMap((call) => [false, true].map((approved) => ({ ...call, approved })));
  const made = await decisions(policy, calls);
  return questions.map((_, at): Observation => {
    const [plain, approved] = [made[2 * at]?.decision, made[2 * at + 1]?.decision];
    if (plain === 'allow') return 'ran';
    return plain === 'ask' && approved === 'allow' ? 'asked' : 'refused';
  });
};

test('generated policies: the same verdict, or a loss that says so', async () => {
  const seen = await compare({ target, ask });
  expect(seen.decisions).toBeGreaterThanOrEqual(10_000);
  expect(seen.verdicts.looser).toBe(0);
}, 600_000);
