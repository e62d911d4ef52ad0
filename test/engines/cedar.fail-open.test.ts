import { describe, expect, test } from 'vitest';
import type { ArgumentSchema } from '../../src/model/manifest.ts';
import { agent, grant, policy } from '../../src/model/policy.fixture.ts';
import { loadCedarBundle, validateCedar } from './cedar.ts';
import { allowedBy, type Call, type Edits, installed } from './cedar-fail-open.ts';

/** A way in which the engine allows a call, and the guard that keeps it from that. */
type Trap = {
  /** Takes every other guard away, so that the first half fails when this one leaves the generator. */
  alone?: Edits[];
  /** The same files as people write them. */
  naive: Edits;
  dangerous: Call;
};

const refund: ArgumentSchema = {
  type: 'object',
  required: ['amount'],
  additionalProperties: false,
  properties: { amount: { type: 'integer', maximum: 50 }, note: { type: 'string' } },
};
const tools = { 'pay/refund': grant('allow', { arguments: refund }), 'pay/close': grant('deny') };
const DESK = policy([agent('desk', { tools })]);

const small: Call = { tool: 'pay/refund', input: { amount: 5 } };
const noAmount: Call = { tool: 'pay/refund', input: {} };
const wrongType: Call = { tool: 'pay/refund', input: { amount: 5, note: 7 } };
const undeclared: Call = { tool: 'pay/refund', input: { amount: 5, to: 'me' } };
const unlisted: Call = { tool: 'pay/wire', input: { amount: 5 } };
const denied: Call = { tool: 'pay/close', input: {} };

const inPolicies = (to: (text: string) => string): Edits => ({ 'policies.cedar': to });
const inProgram = (to: (text: string) => string): Edits => ({ 'allows.mjs': to });
const withoutConditions = (text: string) => text.replace(/when \{[\s\S]*?\n\};/, ';');

const CAP = '@id("cap") forbid (principal, action, resource) when { context.input.amount > 50 };';
const forbidAbove = inPolicies((text) => `${withoutConditions(text)}\n${CAP}\n`);
const anyAction = inPolicies((text) => text.replace(/^(permit \(\n.*\n).*\n/m, '$1  action,\n'));
const misspelt = inPolicies((text) => text.replace('Action::"pay/close"', 'Action::"pay/clsoe"'));
const extraFields = inPolicies((text) => text.replace('!context.undeclared &&', ''));
const errorsIgnored = inProgram((text) => text.replace(' && answer.response.diagnostics.errors.length === 0', ''));
const unvalidated = inProgram((text) => text.replace('validateRequest: true', 'validateRequest: false'));
const noSchema = inProgram((text) => text.replace('  schema,\n  validateRequest: true,', ''));
const byHand = inProgram((text) =>
  text.replace(
    /const request = .*/,
    `const request = {
      principal: { type: 'Stakes::Agent', id: agent },
      action: { type: 'Stakes::Action', id: tool },
      resource: { type: 'Stakes::Server', id: tool.split('/')[0] },
      context: { approved: approved === true, undeclared: false, input },
    };`,
  ),
);

const traps: Record<string, Trap> = {
  'a forbid that errors is skipped: none has a condition': {
    alone: [errorsIgnored],
    naive: forbidAbove,
    dangerous: noAmount,
  },
  'a forbid that errors is skipped: an error is a deny': {
    alone: [forbidAbove],
    naive: errorsIgnored,
    dangerous: noAmount,
  },
  'a value of the wrong type passes: the request is validated': {
    alone: [byHand],
    naive: unvalidated,
    dangerous: wrongType,
  },
  'a value of the wrong type passes: the request is made by the schema': {
    alone: [unvalidated],
    naive: byHand,
    dangerous: wrongType,
  },
  'an unlisted tool passes: a permit names its action': {
    alone: [noSchema, byHand],
    naive: anyAction,
    dangerous: unlisted,
  },
  'an unlisted tool passes: the engine knows the schema': {
    alone: [anyAction, byHand],
    naive: noSchema,
    dangerous: unlisted,
  },
  'an unlisted tool passes: the request is made by the schema': {
    alone: [anyAction, noSchema],
    naive: byHand,
    dangerous: unlisted,
  },
  'a misspelt forbid is for nothing: a permit names its action': {
    alone: [misspelt, inPolicies(withoutConditions)],
    naive: anyAction,
    dangerous: denied,
  },
  'an argument that nobody declared passes': { naive: extraFields, dangerous: undeclared },
};

test.each(Object.entries(traps))('%s', async (_, { alone = [], naive, dangerous }) => {
  const calls = [small, dangerous];
  expect(await allowedBy(installed(DESK, alone), calls), 'as generated').toEqual([small]);
  expect(await allowedBy(installed(DESK, [...alone, naive]), calls), 'without the guard').toEqual(calls);
});

describe('the validator sees what the engine does not say', () => {
  const faults = (edits: Edits[]) => validateCedar(loadCedarBundle(installed(DESK, edits)));

  test('a misspelt action, an attribute that may be missing', () => {
    expect(faults([])).toEqual([]);
    expect(faults([misspelt]).join('\n')).toContain('unrecognized action `Stakes::Action::"pay/clsoe"`');
    expect(faults([forbidAbove]).join('\n')).toContain('unable to guarantee safety of access to optional attribute');
  });
});
