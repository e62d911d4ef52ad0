import type { Grant } from '../../model/policy.ts';
import { type Conditions, conditionsOf } from './conditions.ts';
import type { Action } from './grants.ts';
import { cedarString, wellFormed } from './text.ts';

/** What the grant asks of the call's arguments, in Cedar. */
export function argumentConditions(action: Action, grant: Grant): Conditions {
  return conditionsOf(grant.arguments ?? {}, action.input, 'context.input', '');
}

/** True where a call with an argument that the schema has no place for must be denied. */
export function isClosed(action: Action): boolean {
  return action.grants.some(({ grant }) => grant.decision !== 'deny' && argumentConditions(action, grant).closed);
}

/** The policies of one tool, one for each agent that has a grant for it. */
export function policiesOf(action: Action): string[] {
  return action.grants.flatMap(({ agent, grant }) => {
    if (grant.decision === 'deny') return [statement('forbid', action, agent, grant, [])];
    const found = argumentConditions(action, grant);
    // A permit that no call can meet is a warning to the validator; no permit is the same deny.
    if (found.never) return [];
    const approved = grant.decision === 'ask' ? ['context.approved'] : [];
    const closed = found.closed ? ['!context.undeclared'] : [];
    return [statement('permit', action, agent, grant, [...approved, ...closed, ...found.all])];
  });
}

function statement(kind: 'permit' | 'forbid', action: Action, agent: string, grant: Grant, when: string[]): string {
  const id = `${kind === 'permit' ? 'allow' : 'deny'}:${agent}:${action.tool}`;
  return [
    `@id(${cedarString(id)})`,
    `@because(${cedarString(wellFormed(grant.because))})`,
    `${kind} (`,
    `  principal == Stakes::Agent::${cedarString(agent)},`,
    `  action == Stakes::Action::${cedarString(action.tool)},`,
    `  resource == ${resourceOf(action)}`,
    when.length === 0 ? ');' : `)\nwhen {\n  ${when.join(' &&\n  ')}\n};`,
  ].join('\n');
}

/** A built-in tool belongs to the host, which no server's name can be taken for. */
function resourceOf({ server }: Action): string {
  return server === undefined ? 'Stakes::Host::"host"' : `Stakes::Server::${cedarString(server)}`;
}
