import type { AgentPolicy, Grant } from '../../model/policy.ts';
import { byName } from '../../source/order.ts';
import { cedarString, isSayable } from '../cedar/text.ts';
import { argumentChecks } from './conditions.ts';

const CALL = 'action == Action::"call_tool"';
/** What the features of a server are called in ToolHive; the others it denies itself. */
export const FEATURES: Readonly<Record<string, string>> = { '@prompts': 'get_prompt', '@resources': 'read_resource' };

/** Names of the servers that an agent has tools of. */
export function serversOf({ tools, servers }: AgentPolicy): string[] {
  const named = Object.keys(tools).flatMap((tool) => (tool.includes('/') ? [tool.slice(0, tool.indexOf('/'))] : []));
  return [...new Set([...Object.keys(servers), ...named])].filter(isSayable).sort();
}

/** The policies of one workload: one agent's calls of one server. */
export function policiesOf({ tools }: AgentPolicy, server: string): string[] {
  const prefix = `${server}/`;
  const own = Object.entries(tools)
    .filter(([tool]) => tool.startsWith(prefix) && isSayable(tool))
    .map(([tool, grant]): [string, Grant] => [tool.slice(prefix.length), grant])
    .sort(byName);
  const listed = own.map(([name]) => name).filter((name) => name !== '*' && !name.startsWith('@'));
  return own.flatMap(([name, grant]) => policyFor(name, grant, listed));
}

function policyFor(name: string, grant: Grant, listed: readonly string[]): string[] {
  if (name.startsWith('@')) {
    const action = FEATURES[name];
    if (action === undefined || grant.decision !== 'allow') return [];
    return [`permit(principal, action == Action::"${action}", resource);`];
  }
  const tool = `resource == Tool::${cedarString(name)}`;
  if (grant.decision === 'deny') return name === '*' ? [] : [`forbid(principal, ${CALL}, ${tool});`];
  // Nobody can be asked, and what no policy permits is denied.
  if (grant.decision === 'ask') return [];
  const { all, never } = argumentChecks(grant.arguments ?? {});
  if (never) return [];
  // Not for the tools that have a grant of their own.
  const others = listed.map((one) => `Tool::${cedarString(one)}`).join(', ');
  const rest = name === '*' && listed.length > 0 ? [`![${others}].contains(resource)`] : [];
  const when = [...rest, ...all];
  const scope = `permit(principal, ${CALL}, ${name === '*' ? 'resource' : tool})`;
  return [when.length === 0 ? `${scope};` : `${scope}\nwhen {\n  ${when.join(' &&\n  ')}\n};`];
}
