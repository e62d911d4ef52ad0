import { dirname } from 'node:path';
import { expect, test } from 'vitest';
import type { Observation } from '../../../src/model/proof.ts';
import { answerTo } from '../../../src/targets/copilot-cli/hook/answer.ts';
import { kept, planOf } from '../../../src/targets/copilot-cli/plan.ts';
import { target } from '../../../src/targets/copilot-cli/target.ts';
import { type Ask, compare } from '../generated-policies.ts';
import { written } from '../written.ts';

const OBSERVED = { allow: 'ran', ask: 'asked', deny: 'refused' } as const satisfies Record<string, Observation>;

/** What the generated hook tells Copilot, in this very process; Copilot itself runs nothing that it denies. */
const ask: Ask = (made, files, questions) => {
  const { folder, machine } = written('copilot-cli', made, files);
  const { aliases } = planOf(made);
  return questions.map(({ tool, arguments: toolArgs }) => {
    const [server = '', name] = tool.split('/');
    const toolName = name === undefined ? tool : `${aliases.get(server)}-${kept(name)}`;
    const text = JSON.stringify({ sessionId: 's', toolName, toolArgs, cwd: dirname(dirname(dirname(folder))) });
    const told = answerTo(text, made.root, { folder, machine, time: Date.now() });
    return told === undefined ? 'untried' : OBSERVED[told.permissionDecision];
  });
};

test('ten thousand calls of generated policies get the same verdict from the hook, or a loss says why', async () => {
  const { decisions, verdicts } = await compare({ target, ask, takes: ({ agent }) => agent === 'root' });
  expect(decisions).toBeGreaterThanOrEqual(10_000);
  expect(verdicts.looser).toBe(0);
});
