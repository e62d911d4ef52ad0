import { celEnv, parse as parseCel, plan } from '@bufbuild/cel';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { agent, grant, policy, server } from '../../../src/model/policy.fixture.ts';
import { target } from '../../../src/targets/agentgateway/target.ts';

type Rule = string | { allow: string } | { deny: string };

const made = policy([
  agent('desk', {
    servers: { files: server('files') },
    tools: { 'files/read_doc': grant('allow'), 'files/delete_doc': grant('deny') },
  }),
]);
const ours = parse(target.emit(made).files.find(({ path }) => path === 'config.yaml')?.content ?? '').mcp.policies
  .mcpAuthorization.rules as Rule[];

/** A rule of the expression language on a real engine of it; an error is what the gateway takes for no match. */
function matches(expression: string, name: string): boolean {
  const answer = plan(celEnv({}), parseCel(expression))({ mcp: { tool: { target: 'files', name } } });
  return answer === true;
}

/** As its source says: a deny that matches refuses, else any allow that matches lets through, and all do where there is none. */
function runs(rules: readonly Rule[], name: string): boolean {
  const denies = rules.flatMap((rule) => (typeof rule === 'object' && 'deny' in rule ? [rule.deny] : []));
  const allows = rules.flatMap((rule) => (typeof rule === 'string' ? [rule] : 'allow' in rule ? [rule.allow] : []));
  if (denies.some((rule) => matches(rule, name))) return false;
  return allows.length === 0 || allows.some((rule) => matches(rule, name));
}

const traps: Record<string, { naive: Rule[] }> = {
  'a deny that looks at an argument has an error, and denies nothing': {
    naive: [
      'mcp.tool.target == "files"',
      { deny: 'mcp.tool.arguments.id.startsWith("prod-") && mcp.tool.name == "delete_doc"' },
    ],
  },
  'a deny with a misspelt attribute has an error too': {
    naive: ['mcp.tool.target == "files"', { deny: 'mcp.tool.nmae == "delete_doc"' }],
  },
  'with a deny and no rule that allows, all else is open': {
    naive: [{ deny: 'mcp.tool.name == "drop_doc"' }],
  },
};

test.each(Object.entries(traps))('%s', (_, { naive }) => {
  expect(runs(naive, 'delete_doc')).toBe(true);
  expect(runs(ours, 'delete_doc')).toBe(false);
  expect(runs(ours, 'read_doc')).toBe(true);
  // Nothing that is generated rests on a deny.
  expect(ours.every((rule) => typeof rule === 'string')).toBe(true);
});
