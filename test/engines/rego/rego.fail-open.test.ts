import { expect, test } from 'vitest';
import type { ArgumentSchema } from '../../../src/model/manifest.ts';
import { agent, grant, policy } from '../../../src/model/policy.fixture.ts';
import { target } from '../../../src/targets/rego/target.ts';
import { decisions } from './wasm.mjs';

type Edit = (text: string) => string;
interface Call {
  agent: 'desk';
  tool: string;
  arguments: object;
  approved?: unknown;
}

/** A way in which OPA lets a call through, and the guard that keeps it from that. */
interface Trap {
  /** The same policy as people write it. */
  naive: Edit;
  dangerous: Call;
  /** The caller runs what is not denied, rather than what is allowed: on both sides. */
  lax?: true;
}

const refund: ArgumentSchema = {
  type: 'object',
  required: ['amount'],
  additionalProperties: false,
  properties: { amount: { type: 'number', maximum: 50 }, note: { type: 'string', pattern: '^[a-z ]*$' } },
};
const DESK = policy([
  agent('desk', {
    tools: {
      'pay/refund': grant('allow', { arguments: refund }),
      'pay/close': grant('ask'),
      'files/*': grant('allow'),
    },
  }),
]);

const call = (tool: string, input: object, more: Partial<Call> = {}): Call => ({
  agent: 'desk',
  tool,
  arguments: input,
  ...more,
});
const small = call('pay/refund', { amount: 5 });

/** A rule that forbids, in place of one that says what is let through. */
const forbidding =
  (condition: string): Edit =>
  (text) =>
    text
      .replace(/^fits if \{\n\tgrant.check == 1\n.*\n\}/m, `fits if {\n\tgrant.check == 1\n\tnot forbidden\n}`)
      .concat(`\nforbidden if ${condition}\n`);

const traps: Record<string, Trap> = {
  'a deny that looks at an argument is undefined where there is none': {
    naive: forbidding('arguments.amount > 50'),
    dangerous: call('pay/refund', {}),
  },
  'a deny with an error in it is undefined': {
    naive: forbidding('to_number(arguments.amount) > 50'),
    dangerous: call('pay/refund', { amount: 'nine hundred' }),
  },
  'null is less than every number': {
    naive: (text) => text.replace('is_number(x)\n\t', ''),
    dangerous: call('pay/refund', { amount: null }),
  },
  'a line break ends the line, and not the text': {
    naive: (text) => text.replace('\\\\A', '(?m)^').replace('\\\\z', '$'),
    dangerous: call('pay/refund', { amount: 5, note: 'fine\n$(rm)' }),
  },
  'any value but false is an approval': {
    naive: (text) => text.replace('approved if input.approved == true', 'approved if input.approved'),
    dangerous: call('pay/close', {}, { approved: 'false' }),
  },
  'a tool that no rule speaks of has no answer, which is no deny': {
    naive: (text) => text.replace(/^default decision .*$/m, ''),
    dangerous: call('pay/wire', {}),
    lax: true,
  },
  'the features of a server have the names of its tools': {
    naive: (text) => text.replace('\tnot startswith(name, "@")\n', ''),
    dangerous: call('files/@sampling', {}),
  },
};

test.each(Object.entries(traps))('%s', async (_, { naive, dangerous, lax }) => {
  const written = target.emit(DESK).files.find(({ path }) => path === 'policy.rego')?.content ?? '';
  const edited = naive(written);
  // A generator that words it in another way would turn both halves into one.
  expect(edited).not.toBe(written);
  expect(await through(written, [small, dangerous], lax), 'as generated').toEqual([small]);
  expect(await through(edited, [small, dangerous], lax), 'without the guard').toEqual([small, dangerous]);
});

async function through(text: string, calls: readonly Call[], lax?: true): Promise<Call[]> {
  const made = await decisions(text, calls);
  const runs = (word: string | undefined) => (lax ? word !== 'deny' : word === 'allow');
  return calls.filter((_, at) => runs(made[at]?.decision));
}
