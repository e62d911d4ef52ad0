import type { Grant, Policy } from '../../model/policy.ts';
import { argumentConditions } from '../cedar/permits.ts';
import { cedarString } from '../cedar/text.ts';
import { type GatewayAction, gatewayActions } from './fields.ts';
import { clientVariables } from './names.ts';

/** Characters of one statement that AWS takes, less what an ARN and the id of a client need. */
const MOST_CHARACTERS = 10_000 - 600;
/** The same of all statements about one gateway, with room for the ids in each. */
const MOST_IN_ALL = 200_000;
const IDS = 300;

export interface Statement {
  /** The name of the policy at AWS, and of its file. */
  name: string;
  agent: string;
  tool: string;
  text: string;
}

/** The statements that AWS takes, and those that it does not for their size. */
export function statementsOf(policy: Policy): { taken: Statement[]; tooLarge: Statement[] } {
  const clients = clientVariables(policy.root, Object.keys(policy.agents));
  const taken: Statement[] = [];
  const tooLarge: Statement[] = [];
  let size = 0;
  for (const action of gatewayActions(policy)) {
    for (const { agent, grant } of action.grants) {
      const text = statementFor(action, grant, clients.get(agent) ?? '');
      if (text === undefined) continue;
      const name = nameOf(taken.length + tooLarge.length + 1, grant, action);
      const fits = text.length <= MOST_CHARACTERS && size + text.length + IDS <= MOST_IN_ALL;
      if (fits) size += text.length + IDS;
      (fits ? taken : tooLarge).push({ name, agent, tool: action.tool, text });
    }
  }
  return { taken, tooLarge };
}

/** AWS takes letters, digits and `_`, 48 at most. */
function nameOf(at: number, { decision }: Grant, { name }: GatewayAction): string {
  return `stakes_${String(at).padStart(3, '0')}_${decision === 'allow' ? 'permit' : 'forbid'}_${name}`.slice(0, 48);
}

function statementFor(action: GatewayAction, grant: Grant, client: string): string | undefined {
  const isClient = [
    'principal.hasTag("client_id")',
    // Filled in where the statement is created.
    `principal.getTag("client_id") == "\${${client}}"`,
  ];
  if (grant.decision === 'deny') return statement('forbid', action, isClient);
  // Nobody can be asked at the gateway, and what no statement permits is denied.
  if (grant.decision === 'ask') return undefined;
  const found = argumentConditions(action, grant);
  if (found.never) return undefined;
  const asked = [...scopeConditions(grant.scopes), ...found.all].map(withoutVariables);
  return statement('permit', action, [...isClient, ...asked]);
}

/** A token lists its scopes with spaces between them. */
function scopeConditions(scopes: readonly string[]): string[] {
  const has = scopes.length > 0 ? ['principal.hasTag("scope")'] : [];
  const each = scopes.map((scope) => {
    const text = cedarString(` ${scope} `).slice(2, -2).replaceAll('*', '\\*');
    const tag = 'principal.getTag("scope")';
    const among = [`"${text} *"`, `"* ${text}"`, `"* ${text} *"`].map((pattern) => `${tag} like ${pattern}`);
    return `(${[`${tag} == ${cedarString(scope)}`, ...among].join(' || ')})`;
  });
  return [...has, ...each];
}

/** A text of the manifest's names no variable of the shell. */
function withoutVariables(condition: string): string {
  return condition.replaceAll('$', '\\u{24}');
}

function statement(kind: 'permit' | 'forbid', { name }: GatewayAction, when: readonly string[]): string {
  return [
    `${kind} (`,
    '  principal is AgentCore::OAuthUser,',
    `  action == AgentCore::Action::"${name}",`,
    '  resource == AgentCore::Gateway::"${GATEWAY_ARN}"',
    `)\nwhen {\n  ${when.join(' &&\n  ')}\n};\n`,
  ].join('\n');
}
