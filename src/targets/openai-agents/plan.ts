import type { AgentPolicy, Loss, Policy, ServerGrant } from '../../model/policy.ts';
import { byName, inOrder } from '../../source/order.ts';
import type { ToolNames } from '../checker/names.ts';
import type { AgentsData, OpenedAgent, StartedServer } from './data.ts';
import { aliasesOf, kept, twinsOf } from './names.ts';

export interface Plan {
  data: AgentsData;
  names: Record<string, ToolNames>;
  losses: Loss[];
}

/** Characters of a tool's name that the API takes. */
const LONGEST = 64;

export function planOf(policy: Policy): Plan {
  const losses: Loss[] = [];
  const names: Record<string, ToolNames> = {};
  const agents = Object.entries(policy.agents)
    .sort(byName)
    .map(([id, agent]): [string, OpenedAgent] => {
      const own: Record<string, string | null> = {};
      const opened = openedOf(id, agent, own, losses);
      names[id] = own;
      return [id, opened];
    });
  return { data: { root: policy.root, agents: Object.fromEntries(agents) }, names, losses };
}

function openedOf(id: string, agent: AgentPolicy, names: Record<string, string | null>, losses: Loss[]): OpenedAgent {
  // Not by assignment: a name may be one that every object has.
  const servers = new Map<string, StartedServer>();
  const aliases = aliasesOf(Object.keys(agent.servers));
  const twins = twinsOf(Object.keys(agent.tools));
  for (const [tool, { decision }] of Object.entries(agent.tools).sort(byName)) {
    const deny = (what: string, why: string, instead: string) => {
      if (decision !== 'deny')
        losses.push({ what, agent: id, tool, message: `stricter: denied, because ${why}`, instead });
    };
    if (!tool.includes('/')) {
      deny('built-in', 'the SDK has no tools of its own', 'grant a tool of an MCP server');
      continue;
    }
    const [server, name] = [tool.slice(0, tool.indexOf('/')), tool.slice(tool.indexOf('/') + 1)];
    const [alias, grant] = [aliases.get(server), agent.servers[server]];
    const offered = `${alias}_${name === '*' ? '*' : kept(name)}`;
    const same = twins.get(tool);
    if (name.startsWith('@')) deny('server-features', `${name.slice(1)} of a server are not used`, 'use a tool');
    else if (alias === undefined || grant === undefined)
      deny('servers', 'its server is not in the manifest', 'add it to `mcpServers`');
    else if (same !== undefined) {
      const both = same.map((twin) => `\`${twin}\``).join(' and ');
      deny('name', `${both} have one name in the SDK`, 'rename it in the manifest and on the server');
    } else if (offered.length > LONGEST)
      deny('name', `its name has more than ${LONGEST} characters`, 'shorten the name of the server');
    else {
      names[offered] = tool;
      if (decision === 'deny') continue;
      const started = servers.get(alias) ?? startedOf(grant);
      servers.set(alias, started);
      started.tools[offered] = { name: name === '*' ? null : name, decision };
    }
  }
  const models = [...new Set(agent.models.filter(({ provider }) => provider === 'openai').map((model) => model.id))];
  const { turnsPerSession } = agent.limits;
  return {
    name: agent.name === '' ? id : agent.name,
    model: models.length === 1 ? (models[0] ?? null) : null,
    maxTurns: turnsPerSession === null ? null : Math.max(1, Math.floor(turnsPerSession)),
    servers: inOrder(Object.fromEntries(servers)),
  };
}

function startedOf({ transport, command, args, env, cwd, url, headers }: ServerGrant): StartedServer {
  const [started, reached] = [command ?? '', url ?? ''];
  return {
    transport,
    command: started,
    args,
    env: inOrder(env),
    cwd,
    url: reached,
    headers: inOrder(headers),
    tools: {},
  };
}
