import type { AgentPolicy, Loss, Policy } from '../../model/policy.ts';
import type { Access } from '../../model/vocabulary.ts';
import { byName } from '../../source/order.ts';
import { BUILT_IN_AGENTS, isOneOf } from './built-ins.ts';
import { workingFolder } from './folder.ts';
import { serverAlias, unusedName } from './names.ts';
import { type Agent, type Right, rightsOf } from './rights.ts';

export interface PlannedAgent extends Agent {
  rights: Right[];
}

/** What one way of installing gives to whom. */
export interface Plan {
  root: PlannedAgent;
  subagents: PlannedAgent[];
  /** May the root start subagents? */
  delegation: Access;
  /** Where the session works, relative to the project. */
  folder: string;
  losses: Loss[];
}

/**
 * `managed` and `settings`, the file of a project: they apply to the root alone, in the project as it is. People can keep
 * the hook out of the latter.
 */
export function planOf(policy: Policy, way: 'launcher' | 'managed' | 'settings'): Plan {
  const losses: Loss[] = [];
  const rootPolicy = policy.agents[policy.root];
  if (rootPolicy === undefined) throw new Error(`the policy has no agent \`${policy.root}\``);
  const named = way === 'launcher' ? delegates(policy, rootPolicy, losses) : [];
  if (way !== 'launcher' && Object.keys(rootPolicy.subagents).length > 0) {
    const message = 'no subagents: a settings file cannot define them, so the `Agent` tool is denied';
    losses.push({ what: 'subagents', agent: policy.root, message, instead: 'start with `launch.sh`' });
  }
  const delegation = named.length === 0 ? 'deny' : delegationOf(rootPolicy);
  const started = delegation === 'deny' ? [] : named;
  const folder = way === 'launcher' ? workingFolder([rootPolicy, ...started.map(({ agent }) => agent)]) : '.';
  const taken = new Set(serversOf(rootPolicy));
  const build = (agent: Agent): PlannedAgent => {
    const { rights, losses: own } = rightsOf(agent, way !== 'settings');
    losses.push(...own);
    return { ...agent, rights };
  };
  const root = build({
    id: policy.root,
    type: rootType(policy.root, started),
    policy: rootPolicy,
    serverNames: new Map<string, string>(),
    folder,
  });
  const subagents = started.map(({ type, id, agent }) => {
    const serverNames = new Map<string, string>();
    for (const server of serversOf(agent)) {
      const alias = serverAlias(type, server, taken);
      serverNames.set(server, alias);
      taken.add(alias);
    }
    return build({ id, type, policy: agent, serverNames, folder });
  });
  const able = subagents.filter(({ rights }) => rights.some(({ decision }) => decision !== 'deny'));
  for (const { id, type } of subagents.filter((agent) => !able.includes(agent))) {
    const message = `\`${type}\` is left out: no tool of it can be granted`;
    losses.push({ what: 'subagents', agent: id, message, instead: 'see the losses of its tools' });
  }
  return { root, subagents: able, delegation: able.length === 0 ? 'deny' : delegation, folder, losses };
}

interface Delegate {
  type: string;
  id: string;
  agent: AgentPolicy;
}

function delegates(policy: Policy, root: AgentPolicy, losses: Loss[]): Delegate[] {
  const { delegationDepth, subagentsPerSession, concurrentSubagents } = root.limits;
  if ([delegationDepth, subagentsPerSession, concurrentSubagents].includes(0)) return [];
  return Object.entries(root.subagents)
    .sort(byName)
    .flatMap(([type, id]) => {
      const agent = Object.hasOwn(policy.agents, id) ? policy.agents[id] : undefined;
      const lose = (message: string, instead: string) =>
        losses.push({ what: 'subagents', agent: id, message, instead });
      const isSayable = /^[a-zA-Z0-9][a-zA-Z0-9_-]*$/.test(type) && !isOneOf(BUILT_IN_AGENTS, type);
      if (agent === undefined || !isSayable) {
        lose(`\`${type}\` is left out: Claude Code has no such name for an agent`, 'rename the subagent');
        return [];
      }
      if (Object.keys(agent.subagents).length > 0) {
        const message = `\`${type}\` starts no subagents: Claude Code cannot say which ones a subagent may start`;
        lose(message, 'let the root start them');
      }
      return [{ type, id, agent }];
    });
}

function delegationOf({ tools }: AgentPolicy): Access {
  return (tools.Agent ?? tools.Task)?.decision ?? 'allow';
}

function rootType(id: string, started: readonly Delegate[]): string {
  const base = id.replace(/[^a-zA-Z0-9]+/g, '-').replace(/^-|-$/g, '') || 'agent';
  return unusedName(base, new Set([...BUILT_IN_AGENTS, ...started.map(({ type }) => type)]));
}

function serversOf({ servers, tools }: AgentPolicy): string[] {
  const named = Object.keys(tools).flatMap((tool) => (tool.includes('/') ? [tool.slice(0, tool.indexOf('/'))] : []));
  return [...new Set([...Object.keys(servers), ...named])].sort();
}
