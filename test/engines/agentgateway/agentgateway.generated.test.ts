import { celEnv, parse as parseCel, plan } from '@bufbuild/cel';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import type { Observation } from '../../../src/model/proof.ts';
import { configPath, target } from '../../../src/targets/agentgateway/target.ts';
import { type Ask, compare } from '../generated-policies.ts';

/** As the gateway takes rules: without one that allows everything passes; an error is no allowance. */
function allows(rules: readonly string[], call: { target: string; name: string }): boolean {
  if (rules.length === 0) return true;
  return rules.some((rule) => plan(celEnv({}), parseCel(rule))({ mcp: { tool: call } }) === true);
}

const ask: Ask = (policy, files, questions) => {
  const rules = new Map(files.map(({ path, content }) => [path, parse(content).mcp.policies.mcpAuthorization.rules]));
  const known = new Map<string, boolean>();
  return questions.map(({ agent, tool }): Observation => {
    const key = JSON.stringify([agent, tool]);
    const [server = '', name = ''] = tool.split('/');
    const runs = known.get(key) ?? allows(rules.get(configPath(policy, agent)), { target: server, name });
    known.set(key, runs);
    return runs ? 'ran' : 'refused';
  });
};

// Rules do not see arguments, so what is only refused for them is a loss, and half of the calls would be about nothing else.
const seen = ({ tool, arguments: input }: { tool: string; arguments: object }) =>
  tool.includes('/') && Object.keys(input).length < 2;

test('generated policies: the same verdict on another engine of CEL, or a loss that says so', async () => {
  const compared = await compare({ target, ask, takes: seen });
  expect(compared.decisions).toBeGreaterThanOrEqual(10_000);
});
