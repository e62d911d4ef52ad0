import { asList, asRecord, asText, type Json } from '../../src/probe/json.ts';
import type { Case } from './claude-code-cases.ts';
import type { Change } from './claude-code-play.ts';

export const permissions =
  (change: Change): Change =>
  (file) => ({ ...file, permissions: change(asRecord(file.permissions)) });
const isOfServer = (rule: Json) => asText(rule).startsWith('mcp__');

export const withoutHook: Change = ({ hooks: _, ...rest }) => rest;

/** What rules and hook hold back of the servers' tools, moved to where it runs. */
export const opened: Change = (file) => withoutHook(movedRules(file));

const movedRules = permissions((rules) => {
  const moved = [...asList(rules.ask), ...asList(rules.deny)].filter(isOfServer);
  const deny = asList(rules.deny).filter((rule) => !isOfServer(rule));
  return { ...rules, allow: [...asList(rules.allow), ...moved], ask: [], deny };
});

export function withTools(type: string, names: string[]): Change {
  return (file) => {
    const definition = asRecord(file[type]);
    return { ...file, [type]: { ...definition, tools: [...asList(definition.tools), ...names] } };
  };
}

/** The root's tools that some rule holds back and that nothing else would. */
export function heldTools(one: Case): string[] {
  const tools = Object.entries(one.policy.agents[one.policy.root]?.tools ?? {});
  return tools.flatMap(([tool, { decision }]) => (/\/[^*@]/.test(tool) && decision !== 'allow' ? [tool] : []));
}
