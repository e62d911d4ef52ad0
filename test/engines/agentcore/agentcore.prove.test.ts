import { join } from 'node:path';
import { expect, test } from 'vitest';
import { EXAMPLES, generatedFor, summaryOf } from '../stakes.ts';

const engine = join(import.meta.dirname, 'node_modules/@cedar-policy/mcp-schema-generator-wasm');
const FOLDER = '.stakes/crash-sorter/agentcore/policies';

test('every example is proven', () => {
  const { code, proofs } = generatedFor('agentcore', ...EXAMPLES).prove('agentcore', engine, '--require', 'agentcore');
  expect(proofs.map(summaryOf)).toEqual(EXAMPLES.map(() => 'policies proven'));
  expect(proofs.map(({ version }) => version)).toEqual(EXAMPLES.map(() => '0.6.0'));
  expect(code).toBe(0);
});

test('a statement that permits more is found, and so is one that AWS would refuse', () => {
  const one = generatedFor('agentcore', 'crash-sorter.agent.yaml');
  one.write(`${FOLDER}/open.cedar`, 'permit (principal, action, resource);\n');
  const open = one.prove('agentcore', engine);
  expect(open.code).toBe(1);
  expect(open.proofs.map(summaryOf)[0]).toContain('with a token that has no scope: ran, not refused');
  one.write(`${FOLDER}/open.cedar`, 'permit (principal, action == AgentCore::Action::"sentry___no_such", resource);\n');
  expect(one.prove('agentcore', engine).proofs.map(summaryOf)[0]).toContain('Cedar objects');
  one.write(`${FOLDER}/open.cedar`, 'forbid (principal, action, resource);\n');
  expect(one.prove('agentcore', engine).proofs.map(summaryOf)[0]).toContain(': refused, not runs');
});
