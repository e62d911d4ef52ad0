import type { AgentPolicy, Policy, ServerGrant } from '../../model/policy.ts';
import { srtHosts } from './hosts.ts';
import { isNode } from './mcp.ts';
import { concretePaths, denyWriteRules, readRules } from './paths.ts';

/** The settings file of srt, of which every key that is here is in force; srt drops others in silence. */
export interface SrtSettings {
  network: { allowedDomains: string[]; deniedDomains: string[]; strictAllowlist: true };
  filesystem: { denyRead: string[]; allowRead: string[]; allowWrite: string[]; denyWrite: string[] };
  credentials?: { envVars: { name: string; mode: 'deny' }[] };
}

/** What the agent's own process may touch. */
export function agentSettings(policy: Policy, agent: AgentPolicy): SrtSettings {
  const { egress, allowedHosts } = agent.network;
  const { read, write } = agent.filesystem;
  // `open` cannot be said: it stays at the hosts that are named.
  const hosts = egress === 'listed' || egress === 'open' ? allowedHosts : [];
  const hidden = credentialNames(policy, (grant) => grant.servers.length > 0);
  return settings(policy, hosts, readRules(read), write ?? [], hidden);
}

/** What one server's process may touch: its own hosts, folders and credentials. */
export function serverSettings(policy: Policy, name: string, server: ServerGrant): SrtSettings {
  const runtime = isNode(server) ? ['./node_modules', './package.json'] : [];
  const hidden = credentialNames(policy, (grant) => !grant.servers.includes(name)).filter(
    (credential) => !Object.hasOwn(server.env, credential),
  );
  return settings(policy, server.allowedHosts, readRules(server.read, runtime), server.write, hidden);
}

function settings(
  policy: Policy,
  hosts: readonly string[],
  reads: Pick<SrtSettings['filesystem'], 'denyRead' | 'allowRead'>,
  write: readonly string[],
  hidden: string[],
): SrtSettings {
  return {
    network: { allowedDomains: srtHosts(hosts), deniedDomains: [], strictAllowlist: true },
    filesystem: {
      ...reads,
      allowWrite: concretePaths(write),
      denyWrite: denyWriteRules(policy.protectedPaths, write),
    },
    ...(hidden.length > 0 ? { credentials: { envVars: hidden.map((name) => ({ name, mode: 'deny' as const })) } } : {}),
  };
}

function credentialNames(policy: Policy, isHidden: (grant: { servers: string[] }) => boolean): string[] {
  const all = Object.values(policy.agents).flatMap(({ credentials }) => Object.entries(credentials));
  const shown = new Set(all.filter(([, grant]) => !isHidden(grant)).map(([name]) => name));
  const names = all.map(([name]) => name).filter((name) => /^[A-Za-z_][A-Za-z0-9_]*$/.test(name) && !shown.has(name));
  return [...new Set(names)].sort();
}
