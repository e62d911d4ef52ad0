import { expect, test } from 'vitest';
import type { Policy } from '../../../src/model/policy.ts';
import type { Observation } from '../../../src/model/proof.ts';
import type { EmittedFile } from '../../../src/targets/define.ts';
import { aliasesOf, kept } from '../../../src/targets/openai-agents/names.ts';
import { playCall } from '../../../src/targets/openai-agents/proof/scripted.ts';
import { target } from '../../../src/targets/openai-agents/target.ts';
import { compare, type Question } from '../generated-policies.ts';
import { type Opened, opened, sdk } from './sdk.ts';

/** What a server offers and no manifest lists. */
const UNLISTED = { files: ['unlisted'], mail: ['delete_doc'] };

async function ask(
  made: Policy,
  files: readonly EmittedFile[],
  questions: readonly Question[],
): Promise<Observation[]> {
  const agents = new Map<string, Opened>();
  const answers: Observation[] = [];
  for (const question of questions) {
    const { agent: id } = question;
    const one = agents.get(id) ?? (await opened(made, id, files, UNLISTED));
    agents.set(id, one);
    answers.push(await answerOf(made, one, question));
  }
  return answers;
}

async function answerOf(
  made: Policy,
  { agent, runOptions, servers }: Opened,
  question: Question,
): Promise<Observation> {
  const { tool, arguments: input } = question;
  const slash = tool.indexOf('/');
  const alias = aliasesOf(Object.keys(made.agents[question.agent]?.servers ?? {})).get(
    tool.slice(0, Math.max(0, slash)),
  );
  const server = alias === undefined ? undefined : servers[alias];
  const before = server?.ran.length ?? 0;
  const name = alias === undefined ? tool : `${alias}_${kept(tool.slice(slash + 1))}`;
  const { asked } = await playCall(sdk, agent, runOptions, { name, input });
  const ran = server?.ran.slice(before) ?? [];
  if (ran.length > 0) {
    // What runs is the call that was asked for, to the letter.
    expect(ran).toEqual([{ name: tool.slice(slash + 1), input }]);
    return 'ran';
  }
  return asked ? 'asked' : 'refused';
}

test('ten thousand calls of generated policies get the same verdict from the SDK, or a loss says why', async () => {
  const { decisions, verdicts } = await compare({ target, ask });
  expect(decisions).toBeGreaterThanOrEqual(10_000);
  expect(verdicts.looser).toBe(0);
});
