import type { AgentPolicy, Grant, Loss } from '../../model/policy.ts';
import type { Access } from '../../model/vocabulary.ts';
import { byName } from '../../source/order.ts';
import { GATE } from '../instead.ts';
import { ownToolRights } from './built-ins.ts';
import { split } from './names.ts';

/** What one server's tools may do, after all that Codex cannot say has been made stricter. */
export interface ServerRights {
  /** By the server's own names; never with a `*`. */
  tools: ReadonlyMap<string, Access>;
  /** What holds for tools that are not named. */
  rest: Access;
}

/** What Codex's own tools may do. */
export interface OwnRights {
  shell: boolean;
  edits: boolean;
  search: boolean;
}

export interface Rights {
  servers: ReadonlyMap<string, ServerRights>;
  own: OwnRights;
  losses: Loss[];
}

export type Lose = (tool: string, what: string, message: string, instead: string) => void;

export function rightsOf(id: string, agent: AgentPolicy): Rights {
  const losses: Loss[] = [];
  const lose: Lose = (tool, what, message, instead) => losses.push({ what, agent: id, tool, message, instead });
  const servers = new Map<string, { tools: Map<string, Access>; rest: Access }>();
  for (const [tool, grant] of Object.entries(agent.tools).sort(byName)) {
    if (!tool.includes('/')) continue;
    const { server, name } = split(tool);
    const decision = decisionOf(agent, tool, grant, lose);
    const own = servers.get(server) ?? { tools: new Map<string, Access>(), rest: 'deny' };
    servers.set(server, own);
    if (name.startsWith('@')) featureLoss(tool, name, grant, lose);
    else if (name === '*') own.rest = decision;
    else own.tools.set(name, decision);
  }
  return { servers, own: ownToolRights(agent, lose), losses };
}

/** Codex looks at no argument, so what rests on them asks a person. */
function decisionOf(agent: AgentPolicy, tool: string, grant: Grant, lose: Lose): Access {
  const { decision, bounded, highStakes } = grant;
  if (decision === 'deny' || tool.includes('/@')) return decision;
  if (!Object.hasOwn(agent.servers, split(tool).server)) {
    lose(
      tool,
      'servers',
      'stricter: denied: the policy does not say how its server is started',
      'add it to `mcpServers`',
    );
    return 'deny';
  }
  if (grant.arguments === null) return decision;
  if (decision === 'ask') {
    const message = 'its arguments are not checked before a person is asked';
    lose(tool, 'approvals', message, GATE);
    return decision;
  }
  if (bounded || highStakes.length > 0) {
    const message = 'stricter: every call asks a person, because Codex does not check arguments';
    lose(tool, 'arguments', message, `${GATE}, which checks them`);
    return 'ask';
  }
  lose(tool, 'arguments', 'its arguments are not checked', `${GATE}, which checks them`);
  return decision;
}

function featureLoss(tool: string, name: string, { decision }: Grant, lose: Lose): void {
  if (decision === 'deny' || name === '@resources') return;
  const message = `stricter: Codex has no setting that grants ${name.slice(1)} of one server`;
  lose(tool, 'server-features', message, 'offer the same through a tool');
}
