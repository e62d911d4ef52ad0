import type { AgentPolicy, Grant, Loss, Policy } from '../../model/policy.ts';
import { byName } from '../../source/order.ts';
import { callLosses } from '../call-losses.ts';
import { decisionLosses, limitLosses, reachLosses } from '../decision-losses.ts';
import { GATE } from '../instead.ts';
import { isHost } from './bodies.ts';
import { BUILT_IN, remoteServers } from './toolsets.ts';

const SERVICE = { name: 'the service', approved: '' };
/** What an environment or a session says in part. */
const SAID = ['egress-allowlist', 'models', 'filesystem', 'servers'];
/** Servers that the service takes for one agent. */
const MOST_SERVERS = 20;

export function lossesOf(policy: Policy): Loss[] {
  const asks = Object.values(policy.agents).some(({ tools }) =>
    Object.values(tools).some(({ decision }) => decision === 'ask'),
  );
  const approvals: Loss[] = asks
    ? [
        {
          what: 'approvals',
          message: 'who confirms is not checked, and neither is when that expires',
          instead: 'answer `user.tool_confirmation` from your own record of the approval alone',
        },
      ]
    : [];
  return [
    ...Object.entries(policy.agents)
      .sort(byName)
      .flatMap(([id, agent]) => [
        ...toolLosses(id, agent),
        ...callLosses(id, agent, (_, { decision }) => decision !== 'deny'),
        ...limitLosses(SERVICE, id, sessionCapped(policy, id, agent)),
        ...reachLosses(SERVICE, id, agent).filter(({ what }) => !SAID.includes(what)),
        ...containerLosses(id, agent),
      ]),
    ...approvals,
    ...decisionLosses(SERVICE, policy).filter(({ what }) => what !== 'approvals' && what !== 'protectedPaths'),
    ...(policy.protectedPaths.length === 0
      ? []
      : [
          {
            what: 'protectedPaths',
            message: 'the container has no protected paths; what it writes is not the project',
            instead: 'review what a session gives back before it is merged',
          },
        ]),
  ];
}

/** The budget of a session is the root agent's. */
function sessionCapped({ root }: Policy, id: string, agent: AgentPolicy): AgentPolicy {
  return id === root ? { ...agent, limits: { ...agent.limits, usdPerSession: null } } : agent;
}

function toolLosses(agent: string, own: AgentPolicy): Loss[] {
  const remote = remoteServers(own);
  return Object.entries(own.tools)
    .filter(([, { decision }]) => decision !== 'deny')
    .sort(byName)
    .flatMap(([tool, grant]) => grantLosses(tool, grant, remote).map((loss) => ({ agent, tool, ...loss })));
}

function grantLosses(
  tool: string,
  grant: Grant,
  remote: readonly string[],
): Pick<Loss, 'what' | 'message' | 'instead'>[] {
  const slash = tool.indexOf('/');
  if (slash < 0 && !Object.hasOwn(BUILT_IN, tool)) {
    const message = 'stricter: the service has no such tool of its own, so it is not there';
    return [{ what: 'tools', message, instead: 'use a target of the host that has it' }];
  }
  if (slash >= 0 && !remote.includes(tool.slice(0, slash))) {
    const message =
      'stricter: the service reaches servers by URL only, so the tools of one that is started are not there';
    return [{ what: 'tools', message, instead: 'serve it at a URL' }];
  }
  if (tool.startsWith('@', slash + 1)) {
    const message = 'stricter: permissions are about tools only, so no other feature is offered';
    return [{ what: 'features', message, instead: GATE }];
  }
  if (grant.arguments === null) return [];
  return [{ what: 'arguments', message: 'no argument is checked', instead: `${GATE}, which checks the whole schema` }];
}

function containerLosses(agent: string, { network, tools, servers }: AgentPolicy): Loss[] {
  const losses: Loss[] = [];
  const lose = (what: string, message: string, instead: string) => losses.push({ what, agent, message, instead });
  const odd = network.egress === 'listed' ? network.allowedHosts.filter((host) => !isHost(host)) : [];
  if (odd.length > 0)
    lose(
      'egress',
      `stricter: only whole names are listed, so not reached: ${odd.map((host) => `\`${host}\``).join(', ')}`,
      'list the hosts by their names',
    );
  const web = ['WebFetch', 'WebSearch'].filter((tool) => (tools[tool]?.decision ?? 'deny') !== 'deny');
  if (web.length > 0 && network.egress !== 'open')
    lose(
      'egress-allowlist',
      `the hosts of the container do not bind ${web.map((tool) => `\`${tool}\``).join(', ')}, which the service runs`,
      'deny them, or serve them behind a gate',
    );
  lose(
    'filesystem',
    'inside its container an agent reads and writes what it likes',
    'mount nothing in it that it may not read',
  );
  const urls = Object.values(servers).filter(({ transport }) => transport === 'http').length;
  if (urls > MOST_SERVERS)
    lose('servers', `the service takes ${MOST_SERVERS} servers for one agent, and refuses ${urls}`, 'split the agent');
  return losses;
}
