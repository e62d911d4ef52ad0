import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { Observation } from '../../../src/model/proof.ts';
import { allowedBy } from '../../../src/targets/agentcore/prover.ts';
import { target } from '../../../src/targets/agentcore/target.ts';
import { type Ask, compare } from '../generated-policies.ts';

const engine = join(import.meta.dirname, 'node_modules/@cedar-policy/mcp-schema-generator-wasm');

const ask: Ask = async (policy, files, questions) => {
  const inFolder = files.filter(({ path }) => path.startsWith('policies/'));
  const statements = Object.fromEntries(inFolder.map(({ path, content }) => [path, content]));
  const tools = files.find(({ path }) => path === 'tools.json')?.content ?? '';
  const calls = questions.map(({ arguments: input, ...call }) => ({ ...call, input }));
  const answer = await allowedBy(engine, policy, { statements, tools }, calls);
  if ('reason' in answer) throw new Error(answer.reason);
  return answer.allowed.map((runs): Observation => (runs ? 'ran' : 'refused'));
};

test('generated policies: the same verdict, or a loss that says so', async () => {
  // A gateway sees no call of the host's own tools, which is a loss of its own.
  const seen = await compare({ target, ask, takes: ({ tool }) => tool.includes('/') });
  expect(seen.decisions).toBeGreaterThanOrEqual(10_000);
}, 900_000);
