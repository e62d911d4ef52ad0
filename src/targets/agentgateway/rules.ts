import type { AgentPolicy, Grant } from '../../model/policy.ts';
import { byName } from '../../source/order.ts';
import { isSayable } from '../cedar/text.ts';
import { celString } from './text.ts';

/** What the gateway knows the features of a server as. */
export const FEATURES: Readonly<Record<string, string>> = { '@prompts': 'mcp.prompt', '@resources': 'mcp.resource' };

/**
 * Rules that allow, in CEL. The first one never holds: without any, or with rules that only deny, the gateway lets everything
 * through.
 */
export function rulesOf({ tools }: AgentPolicy): string[] {
  const own = Object.entries(tools).filter(([tool]) => tool.includes('/') && isSayable(tool));
  return ['false', ...own.sort(byName).flatMap(([tool, grant]) => ruleFor(tool, grant, own))];
}

function ruleFor(tool: string, { decision }: Grant, all: readonly [string, Grant][]): string[] {
  // Nobody can be asked at the gateway, and what no rule allows is denied.
  if (decision !== 'allow') return [];
  const slash = tool.indexOf('/');
  const [server, name] = [tool.slice(0, slash), tool.slice(slash + 1)];
  const isTarget = (kind: string) => `${kind}.target == ${celString(server)}`;
  if (name.startsWith('@')) {
    const kind = FEATURES[name];
    return kind === undefined ? [] : [isTarget(kind)];
  }
  if (name !== '*') return [`${isTarget('mcp.tool')} && mcp.tool.name == ${celString(name)}`];
  // Not for the tools that have a grant of their own.
  const listed = all
    .map(([other]) => other)
    .filter((other) => other.startsWith(`${server}/`) && other !== tool)
    .map((other) => celString(other.slice(server.length + 1)));
  const rest = listed.length === 0 ? '' : ` && !(mcp.tool.name in [${listed.join(', ')}])`;
  return [`${isTarget('mcp.tool')}${rest}`];
}
