import type { AgentPolicy, Grant, Loss, Policy } from '../../model/policy.ts';
import { byName } from '../../source/order.ts';
import { callLosses } from '../call-losses.ts';
import { unheldNumbers } from '../cedar/numbers.ts';
import { argumentConditions } from '../cedar/permits.ts';
import { inputShape, type Shape, shapeText } from '../cedar/shape.ts';
import { decisionLosses, limitLosses, reachLosses } from '../decision-losses.ts';
import { GATE } from '../instead.ts';
import { type GatewayAction, gatewayActions, unspeakable } from './fields.ts';
import { actionName } from './names.ts';
import { statementsOf } from './statements.ts';

const AGENTCORE = { name: 'AgentCore', approved: '' };

export function lossesOf(policy: Policy): Loss[] {
  const agents = Object.entries(policy.agents).sort(byName);
  const { tooLarge } = statementsOf(policy);
  return [
    ...gatewayActions(policy).flatMap((action) =>
      action.grants
        .filter(({ grant }) => grant.decision === 'allow')
        .flatMap(({ agent, grant }) => {
          const whole = policy.agents[agent]?.tools[action.tool] ?? grant;
          return argumentLosses(action, grant, whole).map((loss) => ({
            what: 'arguments',
            agent,
            tool: action.tool,
            ...loss,
          }));
        }),
    ),
    ...tooLarge.map(({ agent, tool }) => ({
      what: 'size',
      agent,
      tool,
      message:
        'stricter: AWS takes statements of 10 KB, 200 KB of them for one gateway, and this is more, so it is left out',
      instead: `list fewer values in the schema, or ${GATE}`,
    })),
    ...agents.flatMap(([id, agent]) => [
      ...toolLosses(id, agent),
      ...callLosses(id, withoutScopes(agent), (_, { decision }) => decision === 'allow'),
      ...limitLosses(AGENTCORE, id, agent),
      ...reachLosses(AGENTCORE, id, agent),
    ]),
    // What asks is denied, so no approval is taken on trust.
    ...decisionLosses(AGENTCORE, policy).filter(({ what }) => what !== 'approvals'),
  ];
}

/** The scopes are conditions of the statements. */
function withoutScopes({ tools, ...agent }: AgentPolicy): AgentPolicy {
  const grants = Object.entries(tools).map(([tool, grant]): [string, Grant] => [tool, { ...grant, scopes: [] }]);
  return { ...agent, tools: Object.fromEntries(grants) };
}

function toolLosses(agent: string, { tools }: AgentPolicy): Loss[] {
  const all = Object.entries(tools).sort(byName);
  const own = all.filter(([tool]) => !tool.includes('/')).map(([tool]) => `\`${tool}\``);
  const each = all.flatMap(([tool, grant]) => {
    const loss = tool.includes('/') && grant.decision !== 'deny' ? namedLoss(tool, grant) : undefined;
    return loss === undefined ? [] : [{ agent, tool, ...loss }];
  });
  if (own.length === 0) return each;
  const message = `calls of the host's own tools do not pass the gateway: ${own.join(', ')}`;
  return [{ what: 'tools', agent, message, instead: 'use a target of the host that runs the agent' }, ...each];
}

function namedLoss(tool: string, grant: Grant): Pick<Loss, 'what' | 'message' | 'instead'> | undefined {
  if (tool.endsWith('/*')) {
    const message = 'stricter: a gateway knows tools by name only, so one that is not listed is denied';
    return { what: 'wildcard', message, instead: 'list the tools' };
  }
  if (tool.includes('/@'))
    return {
      what: 'features',
      message: 'stricter: policies are about tools only, so no other feature is permitted',
      instead: GATE,
    };
  if (actionName(tool) === undefined) {
    const message =
      "stricter: the gateway's schema holds no such name (letters and digits for the server, and `_` for the tool), so it is denied";
    return { what: 'name', message, instead: 'name the server otherwise in the manifest and at the gateway' };
  }
  if (grant.decision === 'allow') return undefined;
  const message = 'stricter: nobody can be asked at the gateway, so what asks is denied';
  return { what: 'approval-gates', message, instead: GATE };
}

function argumentLosses(action: GatewayAction, grant: Grant, whole: Grant): Pick<Loss, 'message' | 'instead'>[] {
  const { lost, closed } = argumentConditions(action, grant);
  const unsaid = [...lost, ...unspeakable(whole.arguments ?? {}).map((pointer) => `everything about ${pointer}`)];
  const losses: Pick<Loss, 'message' | 'instead'>[] = [];
  const lose = (message: string, instead: string) => losses.push({ message, instead });
  if (unsaid.length > 0) lose(`AgentCore cannot check ${unsaid.join(', ')}`, `${GATE}, which checks the whole schema`);
  if (closed)
    lose('a field that the schema leaves out, and the tool itself has, is not refused', `${GATE}, which refuses it`);
  if (hasDecimal(inputShape(grant.arguments)))
    lose('a number is cut to four places before it is compared', 'bound the field in whole units');
  const unheld = unheldNumbers(grant.arguments ?? {}).map((words) =>
    words.replace('with more than four places, or ', ''),
  );
  if (unheld.length > 0) lose(`stricter: denied is ${unheld.join(', and ')}`, 'bound the field, in whole units');
  if (shapeText(inputShape(grant.arguments), '') !== shapeText(action.input, ''))
    lose(
      'stricter: an argument must also have the type that another agent declares for the same tool',
      'declare the same arguments for both agents',
    );
  return losses;
}

function hasDecimal(shape: Shape): boolean {
  if (shape.kind === 'set') return hasDecimal(shape.element);
  return shape.kind === 'record' ? [...shape.attributes.values()].some(hasDecimal) : shape.kind === 'decimal';
}
