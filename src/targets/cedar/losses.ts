import type { AgentPolicy, Grant, Loss, Policy } from '../../model/policy.ts';
import { byName } from '../../source/order.ts';
import { callLosses } from '../call-losses.ts';
import { decisionLosses, limitLosses, reachLosses } from '../decision-losses.ts';
import { GATE } from '../instead.ts';
import { type Action, actionsOf } from './grants.ts';
import { unheldNumbers } from './numbers.ts';
import { argumentConditions } from './permits.ts';
import { inputShape, shapeText } from './shape.ts';
import { isSayable } from './text.ts';

const CEDAR = { name: 'Cedar', approved: '`context.approved`' };

export function lossesOf(policy: Policy): Loss[] {
  const actions = actionsOf(policy);
  const agents = Object.entries(policy.agents).sort(byName);
  return [
    ...actions.flatMap(toolLosses),
    ...agents.flatMap(([id, agent]) => [
      ...nameLosses(id, agent),
      ...callLosses(id, agent, (_, grant) => grant.decision !== 'deny'),
      ...limitLosses(CEDAR, id, agent),
      ...reachLosses(CEDAR, id, agent),
    ]),
    ...decisionLosses(CEDAR, policy),
  ];
}

function toolLosses(action: Action): Loss[] {
  return action.grants.flatMap(({ agent, grant }) => {
    if (grant.decision === 'deny') return [];
    const at = { agent, tool: action.tool };
    const losses: Loss[] = argumentLosses(action, grant).map((loss) => ({ what: 'arguments', ...at, ...loss }));
    const unheld = unheldNumbers(grant.arguments ?? {});
    if (unheld.length > 0) {
      const message = `stricter: denied is ${unheld.join(', and ')}`;
      losses.push({ what: 'numbers', ...at, message, instead: 'bound the field, in whole units' });
    }
    if (action.tool.endsWith('/*')) {
      const message =
        'Cedar knows actions by name only: a tool that no agent lists is denied unless it is asked for as this action';
      losses.push({
        what: 'wildcard',
        ...at,
        message,
        instead: 'build requests with `request.mjs`, or list the tools',
      });
    }
    return losses;
  });
}

function argumentLosses(action: Action, grant: Grant): Pick<Loss, 'message' | 'instead'>[] {
  const { lost, closed, open } = argumentConditions(action, grant);
  const losses: Pick<Loss, 'message' | 'instead'>[] = [];
  if (lost.length > 0) {
    const message = `Cedar cannot check ${lost.join(', ')}`;
    losses.push({ message, instead: `${GATE}, which checks the whole schema` });
  }
  if (closed && open) {
    const message =
      'stricter: a field without a place in the Cedar schema is denied, also where the policy lets it through';
    losses.push({ message, instead: 'name the field in the schema' });
  }
  if (shapeText(inputShape(grant.arguments), '') !== shapeText(action.input, '')) {
    const message = 'stricter: an argument must also have the type that another agent declares for the same tool';
    losses.push({ message, instead: 'declare the same arguments for both agents' });
  }
  return losses;
}

function nameLosses(agent: string, { tools }: AgentPolicy): Loss[] {
  const instead = 'rename it; until then it is denied';
  if (!isSayable(agent))
    return [{ what: 'name', agent, message: 'the id is not valid Unicode, so no policy names it', instead }];
  const lost = Object.keys(tools).filter((tool) => !isSayable(tool));
  return lost.map((tool) => ({
    what: 'name',
    agent,
    tool,
    message: 'the name is not valid Unicode, so no policy names it',
    instead,
  }));
}
