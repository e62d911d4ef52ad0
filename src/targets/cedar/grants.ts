import type { Grant, Policy } from '../../model/policy.ts';
import { inputShape, mergeShapes, type Shape } from './shape.ts';
import { isSayable } from './text.ts';

/** One Cedar action: a tool, and what each agent may do with it. */
export interface Action {
  tool: string;
  /** Undefined for a host's built-in. */
  server: string | undefined;
  grants: { agent: string; grant: Grant }[];
  input: Shape;
}

/** Every tool that some agent's policy names, with the grant that each agent has for it. */
export function actionsOf(policy: Policy): Action[] {
  const agents = Object.keys(policy.agents).filter(isSayable).sort();
  const tools = new Set(agents.flatMap((agent) => Object.keys(policy.agents[agent]?.tools ?? {})));
  return [...tools]
    .filter(isSayable)
    .sort()
    .map((tool) => {
      const grants = agents.flatMap((agent) => {
        const grant = grantFor(policy.agents[agent]?.tools ?? {}, tool);
        return grant ? [{ agent, grant }] : [];
      });
      const shapes = grants
        .filter(({ grant }) => grant.decision !== 'deny')
        .map(({ grant }) => inputShape(grant.arguments));
      return { tool, server: serverOf(tool), grants, input: shapes.reduce(mergeShapes, inputShape(null)) };
    });
}

/** `server/*` stands for the rest of that server's tools, but not for features such as `@sampling`. */
function grantFor(tools: Record<string, Grant>, tool: string): Grant | undefined {
  if (Object.hasOwn(tools, tool)) return tools[tool];
  const server = serverOf(tool);
  if (server === undefined || tool.startsWith(`${server}/@`)) return undefined;
  return Object.hasOwn(tools, `${server}/*`) ? tools[`${server}/*`] : undefined;
}

function serverOf(tool: string): string | undefined {
  const slash = tool.indexOf('/');
  return slash < 0 ? undefined : tool.slice(0, slash);
}

/** Servers of the actions, sorted. */
export function serversOf(actions: readonly Action[]): string[] {
  return [...new Set(actions.flatMap(({ server }) => (server === undefined ? [] : [server])))].sort();
}
