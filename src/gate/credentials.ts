import type { AgentPolicy, CredentialGrant, Grant } from '../model/policy.ts';

/** Why a server must not see a credential; undefined: it may. What is no credential of the policy is a setting. */
export function withheld({ credentials, tools }: AgentPolicy, server: string, name: string): string | undefined {
  const credential = Object.hasOwn(credentials, name) ? credentials[name] : undefined;
  if (credential === undefined) return undefined;
  const { servers } = credential;
  if (servers.length > 0 && !servers.includes(server)) return `the policy has it for ${servers.join(', ')} only`;
  const open = Object.entries(tools).filter(
    ([tool, { decision }]) => tool.startsWith(`${server}/`) && decision !== 'deny',
  );
  if (open.length === 0) return `no tool of ${server} can be called`;
  return open.some(([tool, grant]) => mayNeed(credential, tool, grant)) ? undefined : 'no tool needs its scopes';
}

/** Only where both sides name their scopes, one by one, can it be told that a tool does not need a credential. */
function mayNeed({ scopes: held }: CredentialGrant, tool: string, { scopes }: Grant): boolean {
  const isTold = scopes.length > 0 && held.length > 0 && !tool.endsWith('/*');
  return !isTold || held.some((scope) => scope.includes('*') || scopes.includes(scope));
}
