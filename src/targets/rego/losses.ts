import type { AgentPolicy, Loss, Policy } from '../../model/policy.ts';
import { byName } from '../../source/order.ts';
import { callLosses } from '../call-losses.ts';
import { decisionLosses, limitLosses, reachLosses } from '../decision-losses.ts';
import { GATE } from '../instead.ts';
import { strictnessOf } from './strict.ts';
import { isSayable } from './text.ts';

const REGO = { name: 'OPA', approved: '`input.approved`' };

export function lossesOf(policy: Policy): Loss[] {
  const agents = Object.entries(policy.agents).sort(byName);
  return [
    ...agents.flatMap(([id, agent]) => [
      ...argumentLosses(id, agent),
      ...nameLosses(id, agent),
      ...callLosses(id, agent, (_, grant) => grant.decision !== 'deny'),
      ...limitLosses(REGO, id, agent),
      ...reachLosses(REGO, id, agent),
    ]),
    ...decisionLosses(REGO, policy),
  ];
}

function argumentLosses(agent: string, { tools }: AgentPolicy): Loss[] {
  return Object.entries(tools)
    .filter(([, { decision }]) => decision !== 'deny')
    .sort(byName)
    .flatMap(([tool, grant]) =>
      strictnessOf(grant).map(({ words }) => ({
        what: 'arguments',
        agent,
        tool,
        message: `stricter: ${words}`,
        instead: `say it in another way in the schema, or ${GATE}`,
      })),
    );
}

function nameLosses(agent: string, { tools }: AgentPolicy): Loss[] {
  const instead = 'rename it; until then it is denied';
  if (!isSayable(agent))
    return [{ what: 'name', agent, message: 'stricter: the id is not valid Unicode, so no grant names it', instead }];
  return Object.keys(tools)
    .filter((tool) => !isSayable(tool))
    .map((tool) => ({
      what: 'name',
      agent,
      tool,
      message: 'stricter: the name is not valid Unicode, so no grant names it',
      instead,
    }));
}
