import type { AgentPolicy, Grant } from '../model/policy.ts';

/** The grant that answers for a tool: its own, else that of the rest of its server. Names with `@` are the server's other features, which no wildcard opens. */
export function grantFor(
  { tools }: Pick<AgentPolicy, 'tools'>,
  tool: string,
): { key: string; grant: Grant } | undefined {
  const key = Object.hasOwn(tools, tool) ? tool : wildcardOf(tool);
  const grant = key !== undefined && Object.hasOwn(tools, key) ? tools[key] : undefined;
  return key !== undefined && grant ? { key, grant } : undefined;
}

function wildcardOf(tool: string): string | undefined {
  const slash = tool.indexOf('/');
  const name = tool.slice(slash + 1);
  return slash < 1 || name === '' || name.startsWith('@') ? undefined : `${tool.slice(0, slash)}/*`;
}
