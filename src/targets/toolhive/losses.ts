import type { AgentPolicy, Grant, Loss, Policy } from '../../model/policy.ts';
import { byName } from '../../source/order.ts';
import { callLosses } from '../call-losses.ts';
import { isSayable } from '../cedar/text.ts';
import { decisionLosses, limitLosses, reachLosses } from '../decision-losses.ts';
import { GATE, SANDBOX } from '../instead.ts';
import { argumentChecks } from './conditions.ts';
import { FEATURES } from './policies.ts';
import { hostLosses } from './profile.ts';

const TOOLHIVE = { name: 'ToolHive', approved: '' };

export function lossesOf(policy: Policy): Loss[] {
  return [
    ...Object.entries(policy.agents)
      .sort(byName)
      .flatMap(([id, agent]) => [
        ...toolLosses(id, agent),
        ...callLosses(id, agent, (_, { decision }) => decision === 'allow'),
        ...limitLosses(TOOLHIVE, id, agent),
        // The profile holds the processes, as far as it goes.
        ...reachLosses(TOOLHIVE, id, agent).filter(({ what }) => what !== 'servers'),
        ...serverLosses(id, agent),
      ]),
    // What asks is denied, so no approval is taken on trust.
    ...decisionLosses(TOOLHIVE, policy).filter(({ what }) => what !== 'approvals'),
  ];
}

function toolLosses(agent: string, { tools }: AgentPolicy): Loss[] {
  const all = Object.entries(tools).sort(byName);
  const own = all.filter(([tool]) => !tool.includes('/')).map(([tool]) => `\`${tool}\``);
  const each = all.flatMap(([tool, grant]) =>
    grant.decision === 'deny' || !tool.includes('/')
      ? []
      : grantLosses(tool, grant).map((loss) => ({ agent, tool, ...loss })),
  );
  if (own.length === 0) return each;
  const message = `calls of the host's own tools do not pass ToolHive: ${own.join(', ')}`;
  return [{ what: 'tools', agent, message, instead: 'use a target of the host that runs the agent' }, ...each];
}

type Told = Pick<Loss, 'what' | 'message' | 'instead'>;

function grantLosses(tool: string, grant: Grant): Told[] {
  if (!isSayable(tool)) {
    const message = 'stricter: the name is not valid Unicode, so no policy names it';
    return [{ what: 'name', message, instead: 'rename it; until then it is denied' }];
  }
  const feature = tool.slice(tool.indexOf('/') + 1);
  if (grant.decision === 'ask' || (feature.startsWith('@') && FEATURES[feature] === undefined)) {
    const message =
      grant.decision === 'ask'
        ? 'stricter: nobody can be asked at ToolHive, so what asks is denied'
        : 'stricter: ToolHive denies this feature whatever its policies say';
    return [{ what: grant.decision === 'ask' ? 'approval-gates' : 'features', message, instead: GATE }];
  }
  const { lost, stricter } = argumentChecks(grant.arguments ?? {});
  const losses: Told[] = [];
  if (lost.length > 0)
    losses.push({
      what: 'arguments',
      message: `ToolHive cannot check ${lost.join(', ')}`,
      instead: `${GATE}, which checks the whole schema`,
    });
  if (stricter.length > 0)
    losses.push({
      what: 'arguments',
      message: `stricter: ${stricter.join(', ')}`,
      instead: 'give the field in whole units',
    });
  return losses;
}

function serverLosses(agent: string, { servers }: AgentPolicy): Loss[] {
  const all = Object.entries(servers).sort(byName);
  if (all.length === 0) return [];
  return [
    { what: 'servers', agent, message: 'the permission profiles were not run in our tests', instead: SANDBOX },
    {
      what: 'agents',
      agent,
      message: 'whoever reaches a workload has its grants, whatever agent it is',
      instead: 'run a workload for each agent, and give its address and its tokens to no other one',
    },
    ...all.flatMap(([name, server]) =>
      hostLosses(server).map(({ looser, message }) => ({
        what: 'egress',
        agent,
        message: `${looser ? '' : 'stricter: '}\`${name}\`: ${message}`,
        instead: SANDBOX,
      })),
    ),
  ];
}
