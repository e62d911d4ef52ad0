import type { AgentPolicy, Grant, Loss, Policy } from '../../model/policy.ts';
import { byName } from '../../source/order.ts';
import { callLosses } from '../call-losses.ts';
import { isSayable } from '../cedar/text.ts';
import { decisionLosses, limitLosses, reachLosses } from '../decision-losses.ts';
import { GATE, SANDBOX } from '../instead.ts';
import { FEATURES } from './rules.ts';

const GATEWAY = { name: 'agentgateway', approved: '' };

export function lossesOf(policy: Policy): Loss[] {
  return [
    ...Object.entries(policy.agents)
      .sort(byName)
      .flatMap(([id, agent]) => [
        ...toolLosses(id, agent),
        ...callLosses(id, agent, (_, { decision }) => decision === 'allow'),
        ...rateLosses(id, agent),
        ...limitLosses(GATEWAY, id, agent).filter(({ what }) => what !== 'rate-limit'),
        ...reachLosses(GATEWAY, id, agent),
        ...serverLosses(id, agent),
      ]),
    // What asks is denied, so no approval is taken on trust.
    ...decisionLosses(GATEWAY, policy).filter(({ what }) => what !== 'approvals'),
  ];
}

function toolLosses(agent: string, { tools }: AgentPolicy): Loss[] {
  const all = Object.entries(tools).sort(byName);
  const own = all.filter(([tool]) => !tool.includes('/')).map(([tool]) => `\`${tool}\``);
  const each = all
    .filter(([tool, { decision }]) => tool.includes('/') && decision !== 'deny')
    .flatMap(([tool, grant]) => grantLosses(tool, grant).map((loss) => ({ agent, tool, ...loss })));
  if (own.length === 0) return each;
  const message = `calls of the host's own tools do not pass the gateway: ${own.join(', ')}`;
  return [{ what: 'tools', agent, message, instead: 'use a target of the host that runs the agent' }, ...each];
}

function grantLosses(tool: string, grant: Grant): Pick<Loss, 'what' | 'message' | 'instead'>[] {
  if (!isSayable(tool)) {
    const message = 'stricter: the name is not valid Unicode, so no rule names it';
    return [{ what: 'name', message, instead: 'rename it; until then it is denied' }];
  }
  if (grant.decision === 'ask') {
    const message = 'stricter: nobody can be asked at the gateway, so what asks is denied';
    return [{ what: 'approval-gates', message, instead: GATE }];
  }
  const feature = tool.slice(tool.indexOf('/') + 1);
  if (feature.startsWith('@') && FEATURES[feature] === undefined) {
    const message = 'rules are not asked about what a server asks of its client';
    return [{ what: 'features', message, instead: GATE }];
  }
  if (grant.arguments === null) return [];
  const message = 'rules are asked before the arguments are read, so none is checked';
  return [{ what: 'arguments', message, instead: `${GATE}, which checks the whole schema` }];
}

function rateLosses(agent: string, { limits }: AgentPolicy): Loss[] {
  if (limits.callsPerMinute === null) return [];
  const message = `every request is counted, not calls alone; and up to ${2 * limits.callsPerMinute} pass in a minute in which the bucket is filled again`;
  return [{ what: 'rate-limit', agent, message, instead: GATE }];
}

function serverLosses(agent: string, { servers }: AgentPolicy): Loss[] {
  const named = (test: (server: AgentPolicy['servers'][string]) => boolean) =>
    Object.entries(servers)
      .filter(([, server]) => test(server))
      .map(([name]) => `\`${name}\``)
      .sort();
  const started = named(({ transport }) => transport === 'stdio');
  const placed = named(({ cwd }) => cwd !== null);
  const headed = named(({ headers }) => Object.keys(headers).length > 0);
  const losses: Loss[] = [];
  const lose = (what: string, message: string, instead: string) => losses.push({ what, agent, message, instead });
  if (Object.keys(servers).length > 0)
    lose(
      'agents',
      'whoever reaches the port has these grants, whatever agent it is',
      'run a gateway for each agent, with `jwtAuth` in its policies',
    );
  if (started.length > 0)
    lose('environment', `the gateway's own environment is handed on to ${started.join(', ')}`, SANDBOX);
  if (placed.length > 0) lose('cwd', `no folder is set for ${placed.join(', ')}`, 'start the gateway in that folder');
  if (headed.length > 0)
    lose('headers', `no headers are sent to ${headed.join(', ')}`, 'add `backendAuth` to the policies of that target');
  return losses;
}
