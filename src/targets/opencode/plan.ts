import type { AgentPolicy, Loss, Policy } from '../../model/policy.ts';
import type { Access } from '../../model/vocabulary.ts';
import { byName } from '../../source/order.ts';
import { GATE } from '../instead.ts';
import { uncheckedDecision } from '../unchecked.ts';
import { editorsOf, isEditor, permissionOf, protectedRules, type Rule, type Rules, sayable } from './built-ins.ts';
import { agentName, aliasesOf, confusedTools, kept, split } from './names.ts';

/** One agent as OpenCode will know it. */
export interface PlannedAgent {
  id: string;
  /** Its key in `agent`. */
  name: string;
  policy: AgentPolicy;
  /** OpenCode's name of each server. */
  aliases: ReadonlyMap<string, string>;
  /** In the order that they count in. */
  rules: Rules;
  /** Tools of the policy that some rule lets run or ask. */
  granted: ReadonlySet<string>;
}

export interface Plan {
  root: PlannedAgent;
  subagents: PlannedAgent[];
  losses: Loss[];
}

export function planOf(policy: Policy): Plan {
  const losses: Loss[] = [];
  const rootPolicy = policy.agents[policy.root];
  if (rootPolicy === undefined) throw new Error(`the policy has no agent \`${policy.root}\``);
  const aliases = aliasesOf(policy);
  const build = (id: string, agent: AgentPolicy, name: string): PlannedAgent => {
    const own = aliases.get(id) ?? new Map<string, string>();
    const { rules, granted, lost } = rulesOf(id, agent, own, policy.protectedPaths);
    losses.push(...lost);
    return { id, name, policy: agent, aliases: own, rules, granted };
  };
  const root = build(policy.root, rootPolicy, agentName(policy.root));
  const subagents = delegatesOf(policy, rootPolicy, losses)
    .map(({ id, type, agent }) => build(id, agent, agentName(policy.root, type)))
    .filter(({ granted }) => granted.size > 0);
  const starts = delegationOf(rootPolicy);
  if (subagents.length > 0 && starts !== 'deny')
    root.rules.task = [['*', 'deny'], ...subagents.map(({ name }): Rule => [name, starts])];
  return { root, subagents: starts === 'deny' ? [] : subagents, losses };
}

function delegationOf({ tools }: AgentPolicy): Access {
  return (tools.Agent ?? tools.Task)?.decision ?? 'allow';
}

function delegatesOf(policy: Policy, root: AgentPolicy, losses: Loss[]) {
  const { delegationDepth, subagentsPerSession, concurrentSubagents } = root.limits;
  if ([delegationDepth, subagentsPerSession, concurrentSubagents].includes(0)) return [];
  return Object.entries(root.subagents)
    .sort(byName)
    .flatMap(([type, id]) => {
      const agent = Object.hasOwn(policy.agents, id) ? policy.agents[id] : undefined;
      const lose = (message: string, instead: string) =>
        losses.push({ what: 'subagents', agent: id, message, instead });
      if (agent === undefined || !/^[a-zA-Z0-9][a-zA-Z0-9_-]*$/.test(type)) {
        lose(`stricter: \`${type}\` is left out, because it is no name for an agent here`, 'rename the subagent');
        return [];
      }
      if (Object.keys(agent.subagents).length > 0)
        lose(`stricter: \`${type}\` starts no subagents`, 'let the root start them');
      return [{ type, id, agent }];
    });
}

function rulesOf(
  id: string,
  agent: AgentPolicy,
  aliases: ReadonlyMap<string, string>,
  protectedPaths: readonly string[],
): { rules: Rules; granted: Set<string>; lost: Loss[] } {
  // Whatever a user's own settings, or OpenCode's defaults, have said before; of two rules the last one counts.
  const rules: Rules = { '*': [['*', 'deny']] };
  const granted = new Set<string>();
  const lost: Loss[] = [];
  const confused = confusedTools(Object.keys(agent.tools));
  const add = (permission: string, more: Rule[]) => {
    rules[permission] = [...(rules[permission] ?? [['*', 'deny']]), ...more];
  };
  // The rest of a server first, so that what is said of one tool counts more.
  const inOrder = Object.entries(agent.tools).sort(
    ([a], [b]) => Number(b.endsWith('/*')) - Number(a.endsWith('/*')) || (a < b ? -1 : 1),
  );
  for (const [tool, grant] of inOrder) {
    const lose = (what: string, message: string, instead: string) =>
      lost.push({ what, agent: id, tool, message, instead });
    const { decision, lost: unchecked } = uncheckedDecision(grant);
    if (unchecked !== undefined) lose('arguments', unchecked, `${GATE}, which checks the whole schema`);
    if (tool.includes('/')) {
      const { server, name } = split(tool);
      const alias = aliases.get(server) ?? kept(server);
      const why = confused.get(tool);
      if (why !== undefined && decision !== 'deny')
        lose('name', `stricter: denied, because ${why}`, 'rename it in the manifest and on the server');
      if (name.startsWith('@')) {
        if (name === '@resources' && decision !== 'deny') add('read', [[`mcp:${alias}:*`, decision]]);
        else if (decision !== 'deny')
          lose('server-features', `stricter: OpenCode has no use for ${name.slice(1)} of a server`, 'use a tool');
        continue;
      }
      const access = why === undefined ? decision : 'deny';
      rules[`${alias}_${name === '*' ? '*' : kept(name)}`] = [['*', access]];
      if (access !== 'deny') granted.add(tool);
      continue;
    }
    if (tool === 'Agent' || tool === 'Task') continue;
    const access = isEditor(tool) ? editorsOf(agent).access : decision;
    if (decision !== 'deny' && access === 'deny')
      lose(
        'built-in',
        'stricter: denied, because the right to change files is one, and another of its tools is denied',
        'grant both',
      );
    if (access === 'deny') continue;
    const permission = permissionOf(tool);
    const said =
      permission === undefined
        ? { denied: 'stricter: denied, because OpenCode has no such tool', instead: 'grant a tool of an MCP server' }
        : sayable(permission, agent, access);
    if ('denied' in said) {
      lose('built-in', said.denied, said.instead);
      continue;
    }
    if (said.stricter !== undefined) lose('filesystem', said.stricter, 'list folders of the project');
    add(permission ?? tool, said.rules);
    granted.add(tool);
  }
  const { unlisted } = editorsOf(agent);
  for (const tool of rules.edit === undefined ? [] : unlisted)
    lost.push({ what: 'built-in', agent: id, tool, message: ONE_RIGHT, instead: 'grant both, or neither' });
  finish(rules, agent, protectedPaths);
  return { rules, granted, lost };
}

const ONE_RIGHT = 'runs where another tool that changes files does: OpenCode has one right for them';

/** What holds whatever is granted; last, so that it counts. */
function finish(rules: Rules, { limits }: AgentPolicy, protectedPaths: readonly string[]): void {
  // Resources of servers are read by the same right as files.
  if (rules.read !== undefined) {
    const resources = rules.read.filter(([pattern]) => pattern.startsWith('mcp:'));
    rules.read = [...rules.read.filter((rule) => !resources.includes(rule)), ['mcp:*', 'deny'], ...resources];
  }
  if (rules.edit !== undefined) rules.edit = [...rules.edit, ...protectedRules(protectedPaths).rules];
  // It stops the third of the same calls in one answer of the model, and none of a later one.
  rules.doom_loop = [['*', (limits.repeatsPerCall ?? 3) < 3 ? 'deny' : 'allow']];
}
