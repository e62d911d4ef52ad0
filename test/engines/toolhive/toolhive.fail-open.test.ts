import { join } from 'node:path';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import type { ArgumentSchema } from '../../../src/model/manifest.ts';
import { agent, grant, policy } from '../../../src/model/policy.fixture.ts';
import { allowedBy } from '../../../src/targets/toolhive/prover.ts';
import { target } from '../../../src/targets/toolhive/target.ts';

const engine = join(import.meta.dirname, 'node_modules/@cedar-policy/cedar-wasm');

type Edit = (policies: readonly string[]) => string[];
interface Call {
  agent: 'desk';
  tool: string;
  input: Record<string, unknown>;
}

/** A way in which ToolHive lets a call through, and the guard that keeps it from that. */
interface Trap {
  /** The same policies as people write them. */
  naive: Edit;
  dangerous: Call;
}

const schema: ArgumentSchema = {
  type: 'object',
  required: ['id'],
  properties: { id: { type: 'string', pattern: '^draft-' }, amount: { type: 'number', maximum: 50 } },
};
const DESK = policy([
  agent('desk', { tools: { 'docs/update': grant('allow', { arguments: schema }), 'docs/drop': grant('deny') } }),
]);
const call = (tool: string, input: Record<string, unknown>): Call => ({ agent: 'desk', tool, input });
const plain = call('docs/update', { id: 'draft-1', amount: 5 });

/** A permit without conditions, and a forbid that has them. */
const forbidding =
  (condition: string): Edit =>
  (all) => [
    ...all.map((text) => text.replace(/\nwhen \{[\s\S]*\}/, '')),
    `forbid(principal, action, resource) when { ${condition} };`,
  ];

const traps: Record<string, Trap> = {
  'a forbid says nothing of an argument that is not there': {
    naive: forbidding('resource has arg_id && resource.arg_id like "prod-*"'),
    dangerous: call('docs/update', {}),
  },
  'a list is no argument of its name': {
    naive: forbidding('resource has arg_id && resource.arg_id like "prod-*"'),
    dangerous: call('docs/update', { id: ['prod-1'] }),
  },
  'a number that is too large is left out': {
    naive: forbidding('resource has arg_amount && resource.arg_amount.greaterThan(decimal("50.0"))'),
    dangerous: call('docs/update', { id: 'draft-1', amount: 1e15 }),
  },
  'a number equals no whole number': {
    naive: forbidding('resource has arg_amount && [666, 667].contains(resource.arg_amount)'),
    dangerous: call('docs/update', { id: 'draft-1', amount: 666 }),
  },
  'a misspelt forbid is for nothing: a permit names its tool': {
    naive: (all) =>
      all.map((text) =>
        text
          .replace('Tool::"drop"', 'Tool::"dorp"')
          .replace(', resource == Tool::"update")', ', resource)')
          .replace(/\nwhen \{[\s\S]*\}/, ''),
      ),
    dangerous: call('docs/drop', {}),
  },
};

test.each(Object.entries(traps))('%s', async (_, { naive, dangerous }) => {
  const [file] = target.emit(DESK).files;
  const written = parse(file?.content ?? '').cedar.policies as string[];
  const edited = naive(written);
  // A generator that words it in another way would turn both halves into one.
  expect(edited).not.toEqual(written);
  expect(await through(file?.path ?? '', written, [plain, dangerous]), 'as generated').toEqual([plain]);
  expect(await through(file?.path ?? '', edited, [plain, dangerous]), 'without the guard').toEqual([plain, dangerous]);
});

async function through(path: string, policies: string[], calls: readonly Call[]): Promise<Call[]> {
  const answer = await allowedBy(engine, DESK, { [path]: policies }, calls);
  if ('reason' in answer) throw new Error(answer.reason);
  return calls.filter((_, at) => answer.allowed[at]);
}
