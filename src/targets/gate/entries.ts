import { inFolder } from '../../manifest/gated.ts';
import type { AgentPolicy, Policy, ServerGrant } from '../../model/policy.ts';
import { byName, inOrder } from '../../source/order.ts';

/** How one client spells what its configuration refers to. */
export interface Client {
  /** The key that its servers stand under. */
  key: 'mcpServers' | 'servers';
  /** What stands in front of a path in the project; empty: servers start in the project's folder. */
  project: string;
  /** A variable of the environment. */
  variable(name: string): string;
}

export const CLAUDE_CODE: Client = { key: 'mcpServers', project: '', variable: (name) => `\${${name}}` };
export const CURSOR: Client = {
  key: 'mcpServers',
  project: '${workspaceFolder}/',
  variable: (name) => `\${env:${name}}`,
};
export const VS_CODE: Client = { ...CURSOR, key: 'servers' };

/** Where `stakes generate` puts the policy, seen from the project. */
export function policyPath({ root }: Policy): string {
  return `.stakes/${root}/policy.json`;
}

/** Servers of which the agent may use anything at all: the gate would refuse every word to the others. */
export function usedServers({ servers, tools }: AgentPolicy): [name: string, server: ServerGrant][] {
  const used = new Set(
    Object.entries(tools)
      .filter(([, { decision }]) => decision !== 'deny')
      .map(([tool]) => tool.slice(0, Math.max(0, tool.indexOf('/')))),
  );
  return Object.entries(servers)
    .filter(([name]) => used.has(name))
    .sort(byName);
}

/** The servers of an agent as a client starts them, each behind a gate. */
export function clientFile(policy: Policy, agent: AgentPolicy, client: Client): string {
  const entries = usedServers(agent).map(([name, server]) => [name, entryOf(policy, agent, name, server, client)]);
  return `${JSON.stringify({ [client.key]: Object.fromEntries(entries) }, null, 2)}\n`;
}

function entryOf(policy: Policy, { id }: AgentPolicy, name: string, server: ServerGrant, client: Client): object {
  const own = (text: string) =>
    text.replace(/\$\{([A-Za-z_][A-Za-z0-9_]*)\}/g, (_, word: string) => client.variable(word));
  // The gate fills in headers with what is in its environment.
  const filled = Object.values(server.headers).flatMap(namesIn);
  const env = inOrder({ ...Object.fromEntries(filled.map((word) => [word, `\${${word}}`])), ...server.env });
  const spelled = Object.entries(env).map(([key, value]) => [key, own(value)]);
  // The gate reads them in the policy: here they tell people, and `stakes import`, what is sent.
  const headers = Object.entries(inOrder(server.headers)).map(([key, value]) => [key, own(value)]);
  return {
    type: 'stdio',
    command: 'stakes',
    args: [
      'gate',
      '--policy',
      `${client.project}${policyPath(policy)}`,
      ...(id === policy.root ? [] : ['--agent', id]),
      '--server',
      name,
      ...behind(server, client.project, own),
    ],
    ...(spelled.length === 0 ? {} : { env: Object.fromEntries(spelled) }),
    ...(headers.length === 0 ? {} : { headers: Object.fromEntries(headers) }),
  };
}

function behind(
  { transport, command, args, url, cwd }: ServerGrant,
  project: string,
  own: (text: string) => string,
): string[] {
  if (transport === 'http') return ['--upstream', own(url ?? '')];
  const start = [command ?? '', ...args].map(own);
  // A folder of the project, or one from its root: only the first has to be looked for.
  return ['--', ...(cwd === null ? start : inFolder(cwd.startsWith('/') ? own(cwd) : `${project}${own(cwd)}`, start))];
}

/** Variables that a server is started with. */
export function referencesIn({ env, headers, args }: ServerGrant): string[] {
  return [...Object.values(env), ...Object.values(headers), ...args].flatMap(namesIn);
}

function namesIn(text: string): string[] {
  return [...text.matchAll(/\$\{([A-Za-z_][A-Za-z0-9_]*)\}/g)].flatMap(([, name]) => name ?? []);
}
