import { join } from 'node:path';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import type { Observation } from '../../../src/model/proof.ts';
import { allowedBy } from '../../../src/targets/toolhive/prover.ts';
import { target } from '../../../src/targets/toolhive/target.ts';
import { type Ask, compare } from '../generated-policies.ts';

const engine = join(import.meta.dirname, 'node_modules/@cedar-policy/cedar-wasm');

const ask: Ask = async (policy, files, questions) => {
  const authz = files.filter(({ path }) => path.endsWith('.authz.yaml'));
  const policies = authz.map(({ path, content }) => [path, parse(content).cedar.policies as string[]] as const);
  const calls = questions.map(({ arguments: input, ...call }) => ({ ...call, input }));
  const answer = await allowedBy(engine, policy, Object.fromEntries(policies), calls);
  if ('reason' in answer) throw new Error(answer.reason);
  return answer.allowed.map((runs): Observation => (runs ? 'ran' : 'refused'));
};

test('generated policies: the same verdict, or a loss that says so', async () => {
  // ToolHive sees no call of the host's own tools, which is a loss of its own.
  const seen = await compare({ target, ask, takes: ({ tool }) => tool.includes('/') });
  expect(seen.decisions).toBeGreaterThanOrEqual(10_000);
}, 900_000);
