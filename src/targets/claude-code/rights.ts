import type { AgentPolicy, Grant, Loss } from '../../model/policy.ts';
import type { Access } from '../../model/vocabulary.ts';
import { byName } from '../../source/order.ts';
import { builtInRight } from './built-in-rights.ts';
import { confusedTools, mcpRule, split } from './names.ts';

/** What the files say about one tool, after all that Claude Code cannot say has been made stricter. */
export interface Right {
  tool: string;
  decision: Access;
  /** The name in a list of tools: `mcp__…`, or a built-in. */
  name: string;
  /** The rules that give the right; a denied tool has its name alone. */
  rules: string[];
}

/** One agent as Claude Code will know it. */
export interface Agent {
  id: string;
  /** Its key in `agents.json`. */
  type: string;
  policy: AgentPolicy;
  /** The client's name of each server. */
  serverNames: ReadonlyMap<string, string>;
  /** The folder that the session works in. */
  folder: string;
}

const HOOK = 'start with `launch.sh`, or install `managed-settings.json`';

/** `checked`: a hook that nobody can switch off checks arguments. */
export function rightsOf(agent: Agent, checked: boolean): { rights: Right[]; losses: Loss[] } {
  const rights: Right[] = [];
  const losses: Loss[] = [];
  const confused = confusedTools(Object.keys(agent.policy.tools), (server) => agent.serverNames.get(server) ?? server);
  for (const [tool, grant] of Object.entries(agent.policy.tools).sort(byName)) {
    const lose = (what: string, message: string, instead: string) => {
      losses.push({ what, agent: agent.id, tool, message, instead });
    };
    const decision = checked ? grant.decision : uncheckedDecision(grant, lose);
    const right = tool.includes('/')
      ? mcpRight(agent, tool, decision, confused.get(tool), lose)
      : builtInRight(agent, tool, decision, lose);
    if (right !== undefined) rights.push(right);
  }
  return { rights, losses };
}

export type Lose = (what: string, message: string, instead: string) => void;

function uncheckedDecision(grant: Grant, lose: Lose): Access {
  const rests = grant.bounded || (grant.arguments !== null && grant.highStakes.length > 0);
  const decision = grant.decision === 'allow' && rests ? 'ask' : grant.decision;
  if (decision !== grant.decision) {
    const message =
      'every call asks a person instead of running, because people can switch the hook off that checks arguments';
    lose('arguments', message, HOOK);
  }
  return decision;
}

function mcpRight(
  agent: Agent,
  tool: string,
  decision: Access,
  confused: string | undefined,
  lose: Lose,
): Right | undefined {
  const { server, name } = split(tool);
  const granted = decision !== 'deny';
  if (name.startsWith('@')) {
    if (granted) {
      const message = `rules cannot grant ${name.slice(1)} of one server, so it is denied for all of them`;
      lose('server-features', message, 'offer the same data through a tool');
    }
    return undefined;
  }
  const rule = mcpRule(agent.serverNames.get(server) ?? server, name);
  const right: Right = { tool, decision, name: rule, rules: [rule] };
  if (confused !== undefined) {
    if (granted) lose('name', `denied: ${confused}`, 'rename it in the manifest and in the MCP config');
    // A whole-server rule that is read as another server's would deny there and hold nothing here.
    return name === '*' ? undefined : { ...right, decision: 'deny' };
  }
  if (name !== '*') return besideAskAll(agent, server, right, lose);
  return granted ? right : undefined;
}

/** `ask` beats `allow` whatever is more exact, so asking for the rest of a server asks for all of it. */
function besideAskAll(agent: Agent, server: string, right: Right, lose: Lose): Right {
  if (right.decision !== 'allow' || agent.policy.tools[`${server}/*`]?.decision !== 'ask') return right;
  lose('wildcard', `asks too, because \`${server}/*\` asks`, `list the tools of \`${server}\` one by one`);
  return { ...right, decision: 'ask' };
}
