import { KAGENT_TOOLS } from '../../../catalog/hosts/kagent.ts';
import type { ToolFacts } from '../../../model/manifest.ts';
import { isRecord } from '../../../source/record.ts';
import { toolName } from '../named-servers.ts';
import { textsOf } from '../references.ts';
import { betraysSecret } from '../written-out.ts';
import { type Given, givenIn, type Reference, referenceTo } from './references.ts';
import type { Resource } from './resources.ts';

/** One entry of an agent's list of tools. */
export type Binding =
  | { server: Reference; only: readonly string[]; asks: ReadonlySet<string>; headers: Given }
  | { agent: Reference };

const MOST = 200;

export function bindingsIn(tools: unknown, from: Pick<Resource, 'namespace'>): Binding[] {
  return (Array.isArray(tools) ? tools : [])
    .filter(isRecord)
    .slice(0, MOST)
    .flatMap((tool): Binding[] => {
      const { mcpServer, agent, mcp } = tool;
      if (isRecord(mcpServer)) {
        // The first version has the name in a field of its own.
        const server = referenceTo(mcpServer.toolServer ?? mcpServer, from) ?? { name: 'unknown' };
        const asks = new Set(textsOf(mcpServer.requireApproval));
        return [{ server, only: textsOf(mcpServer.toolNames), asks, headers: givenIn(tool.headersFrom) }];
      }
      if (isRecord(mcp)) {
        const server = referenceTo(mcp.server, from) ?? { name: 'unknown' };
        return [{ server, only: textsOf(mcp.tools), asks: new Set(), headers: givenIn(undefined) }];
      }
      const named = isRecord(agent) ? (agent.templateRef ?? agent.ref ?? agent) : agent;
      const to = referenceTo(named, from);
      return to ? [{ agent: to }] : [{ server: { name: 'unknown' }, only: [], asks: new Set(), headers: givenIn([]) }];
    });
}

/** What is not held back for approval runs unasked. Without a list of tools it has all of the server's. */
export function boundTools(server: string, only: readonly string[], asks: ReadonlySet<string>): [string, ToolFacts][] {
  const access = (tool: string) => (asks.has(tool) ? ('ask' as const) : ('allow' as const));
  const named = [...new Set([...only, ...asks])].slice(0, MOST);
  const listed = named.flatMap((tool): [string, ToolFacts][] => {
    const name = toolName(`${server}/${tool}`);
    return name === undefined ? [] : [[name, { access: access(tool) }]];
  });
  return only.length > 0 ? listed : [...listed, [`${server}/*`, { access: 'allow' }]];
}

/** Of two entries for one tool, the looser counts: which of them would hold is not said. */
export function joined(tools: readonly [string, ToolFacts][]): Record<string, ToolFacts> {
  const all = new Map<string, ToolFacts>();
  for (const [name, facts] of tools) if (all.get(name)?.access !== 'allow') all.set(name, facts);
  return Object.fromEntries(all);
}

/** An agent as a tool: what it does is counted where it has its own; one that is not here may do anything. */
export function agentTool({ name, namespace }: Reference, isHere: boolean): [string, ToolFacts] {
  const written = `${namespace ?? 'kagent'}__NS__${name}`;
  const identifier = betraysSecret(written) ? 'agents/*' : written.replace(/[^A-Za-z0-9_]/g, '_');
  return [identifier.slice(0, 120), isHere ? { effect: 'read', egress: 'none', access: 'allow' } : { access: 'allow' }];
}

/** What the fields of an agent switch on. */
export function builtIns(
  spec: Resource['spec'],
  declared: Readonly<Record<string, unknown>>,
): Record<string, ToolFacts> {
  return {
    ...(spec.skills !== undefined || declared.skills !== undefined ? KAGENT_TOOLS.skills : {}),
    ...(declared.memory !== undefined ? KAGENT_TOOLS.memory : {}),
    ...(declared.shareTools === true ? KAGENT_TOOLS.shareTools : {}),
  };
}
