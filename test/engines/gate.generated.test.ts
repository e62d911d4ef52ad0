import { expect, test } from 'vitest';
import type { Policy } from '../../src/model/policy.ts';
import type { Observation } from '../../src/model/proof.ts';
import { target } from '../../src/targets/gate/target.ts';
import { call, got, trial } from '../gate/gate.fixture.ts';
import { compare, type Question } from './generated-policies.ts';

/** The gate's own way from a line of a client to one for the server, with a person who never answers; no process starts. */
function answerOf(made: Policy, { agent, tool, arguments: values }: Question): Observation {
  const slash = tool.indexOf('/');
  const server = tool.slice(0, slash);
  const gate = trial({ agent, server, approve: () => new Promise(() => undefined) }, made);
  const sent = gate.client(call(1, tool.slice(slash + 1), values));
  const [intent] = gate.intents;
  const forwarded = got(sent, 'server');
  if (forwarded !== undefined) {
    // What runs is the call that was asked for, to the letter, and it is on record first.
    expect(forwarded.params).toEqual({ name: tool.slice(slash + 1), arguments: values });
    expect(intent).toMatchObject({ agent, tool, decision: 'allow' });
    return 'ran';
  }
  if (sent === undefined) return gate.session.pending.size === 1 && intent === undefined ? 'asked' : 'untried';
  expect(intent).toMatchObject({ agent, tool, decision: 'deny' });
  return 'refused';
}

test('ten thousand calls of generated policies get the same verdict from the gate, or a loss says why', async () => {
  const { decisions, verdicts } = await compare({
    target,
    ask: (made, _, questions) => questions.map((question) => answerOf(made, question)),
    // What a host can do by itself passes a gate by, as the loss says.
    takes: ({ tool }) => tool.includes('/'),
  });
  expect(decisions).toBeGreaterThanOrEqual(10_000);
  expect(verdicts).toEqual({ holds: decisions, stricter: 0, looser: 0 });
});
