import { grantFor } from '../enforce/grant.ts';
import type { AgentPolicy } from '../model/policy.ts';
import { isRecord } from '../source/record.ts';

/** May the agent call it at all, with arguments that fit and with a person's word where one is asked for? */
export function isOpen(agent: AgentPolicy | undefined, tool: string): boolean {
  const decision = agent === undefined ? undefined : grantFor(agent, tool)?.grant.decision;
  return decision === 'allow' || decision === 'ask';
}

/** A result of `tools/list` without the tools that the policy denies: what a model does not see it does not try. */
export function openTools(result: unknown, agent: AgentPolicy | undefined, server: string): unknown {
  if (!isRecord(result) || !Array.isArray(result.tools)) return result;
  const tools = result.tools.filter(
    (tool) => isRecord(tool) && typeof tool.name === 'string' && isOpen(agent, `${server}/${tool.name}`),
  );
  return { ...result, tools };
}

/** Capabilities without those whose feature is not granted. */
export function openCapabilities(
  capabilities: unknown,
  features: Readonly<Record<string, string>>,
  agent: AgentPolicy | undefined,
  server: string,
): unknown {
  if (!isRecord(capabilities)) return capabilities;
  return Object.fromEntries(
    Object.entries(capabilities).filter(([name]) => {
      const feature = Object.hasOwn(features, name) ? features[name] : undefined;
      return feature === undefined || isOpen(agent, `${server}/${feature}`);
    }),
  );
}
