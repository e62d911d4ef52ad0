import { expect, test } from 'vitest';
import type { Answer, Asking } from '../../src/gate/ports.ts';
import type { Policy } from '../../src/model/policy.ts';
import type { Observation } from '../../src/model/proof.ts';
import { target } from '../../src/targets/gate/target.ts';
import { call, got, trial } from '../gate/gate.fixture.ts';
import { compare, type Question } from './generated-policies.ts';

const APPROVED: Answer = {
  approval: { answer: 'approved', by: 'ada', channel: 'inbox', waitedSeconds: 1, reason: null },
  says: '',
};

/** The gate's own way from a line of a client to one for the server, with a person who says yes to all; no process starts. */
async function answerOf(made: Policy, { agent, tool, arguments: values }: Question): Promise<Observation> {
  const slash = tool.indexOf('/');
  const [server, name] = [tool.slice(0, slash), tool.slice(slash + 1)];
  const questions: unknown[] = [];
  const approve = async ({ asked }: Asking): Promise<Answer> => {
    questions.push(asked.arguments);
    return APPROVED;
  };
  const gate = trial({ agent, server, approve }, made);
  const sent = gate.client(call(1, name, values));
  const asks = sent === undefined;
  await new Promise((done) => setImmediate(done));
  const forwarded = got(asks ? gate.late[0] : sent, 'server');
  const [intent] = gate.intents;
  if (forwarded === undefined) {
    expect([asks, questions.length, intent?.decision]).toEqual([false, 0, 'deny']);
    return 'refused';
  }
  // What runs is the call that was asked for, to the letter; it is on record first, and with who approved it.
  expect(forwarded.params).toEqual({ name, arguments: values });
  expect(intent).toMatchObject({
    agent,
    tool,
    decision: asks ? 'ask' : 'allow',
    approval: asks ? APPROVED.approval : null,
  });
  expect(questions).toEqual(asks ? [values] : []);
  return asks ? 'asked' : 'ran';
}

async function answers(made: Policy, questions: readonly Question[]): Promise<Observation[]> {
  const all: Observation[] = [];
  for (const question of questions) all.push(await answerOf(made, question));
  return all;
}

test('ten thousand calls of generated policies get the same verdict from the gate, or a loss says why', async () => {
  const { decisions, verdicts } = await compare({
    target,
    ask: (made, _, questions) => answers(made, questions),
    // What a host can do by itself passes a gate by, as the loss says.
    takes: ({ tool }) => tool.includes('/'),
  });
  expect(decisions).toBeGreaterThanOrEqual(10_000);
  expect(verdicts).toEqual({ holds: decisions, stricter: 0, looser: 0 });
});
