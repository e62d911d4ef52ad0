import type { AgentPolicy, Loss, Policy } from '../../model/policy.ts';
import { byName } from '../../source/order.ts';
import { GATE } from '../instead.ts';
import { isSrtHost } from './hosts.ts';
import { settingsPath, stdioServers } from './mcp.ts';
import { concretePaths, gapsOnLinux, isWithin, patternsAmong } from './paths.ts';
import { unseenLosses } from './unseen-losses.ts';

/** What one sandboxed process was granted. */
interface Reach {
  /** How the message names the process. */
  process: string;
  hosts: readonly string[];
  read: readonly string[] | null;
  write: readonly string[];
}

/** Said of the whole target; the containment matrix shows it. */
export const PROCESSES = 'srt limits neither the number of processes nor memory';

export function lossesOf(policy: Policy): Loss[] {
  const agents = Object.entries(policy.agents).sort(byName);
  const root = policy.agents[policy.root];
  return [
    {
      // Not `sandbox`: what that control asks for, files and hosts, is held.
      what: 'processes',
      message: PROCESSES,
      instead: 'start it as a user of its own under `prlimit --nproc` and a memory limit, or use the `compose` target',
    },
    ...(root ? agentLosses(policy, root) : []),
    ...agents.flatMap(([id, agent]) => serverLosses(policy, id, agent)),
    ...agents.flatMap(([id, agent]) => (root && agent !== root ? subagentLosses(id, agent, root) : [])),
    ...unseenLosses(
      policy,
      agents.map(([, agent]) => agent),
    ),
  ];
}

function agentLosses(policy: Policy, root: AgentPolicy): Loss[] {
  const { network, filesystem } = root;
  const hosts = network.egress === 'none' || network.egress === 'unknown' ? [] : network.allowedHosts;
  const losses = reachLosses(policy, policy.root, {
    process: "the agent's process",
    hosts,
    read: filesystem.read,
    write: filesystem.write ?? [],
  });
  if (network.egress === 'open') {
    losses.push({
      what: 'egress',
      agent: policy.root,
      message: 'stricter: srt cannot say "any host", so only the hosts in `network.allowedHosts` are reached',
      instead: 'list the hosts',
    });
  }
  if (filesystem.read === null) {
    losses.push({
      what: 'filesystem.read',
      agent: policy.root,
      message: 'the policy does not say what may be read: only well-known places of secrets are hidden',
      instead: 'list `filesystem.read` in the manifest',
    });
  }
  const shared = Object.entries(root.credentials).filter(([, { servers }]) => servers.length === 0);
  if (shared.length > 0) {
    losses.push({
      what: 'credentials',
      agent: policy.root,
      message: `${names(shared.map(([name]) => name))} is not bound to a server, so the agent's process sees it`,
      instead: 'name the servers of the credential in the manifest',
    });
  }
  if (stdioServers(root).length > 0) {
    losses.push({
      what: 'sandbox',
      agent: policy.root,
      message:
        'srt cannot start inside srt: an agent that runs under `agent.json` cannot start the servers of `mcp.json`',
      instead:
        "wrap the servers and hold the agent with its host's own sandbox, or start the servers outside and give the agent their URLs",
    });
  }
  return losses;
}

function serverLosses(policy: Policy, id: string, agent: AgentPolicy): Loss[] {
  const remote = Object.entries(agent.servers).filter(([, { transport }]) => transport !== 'stdio');
  const losses = stdioServers(agent).flatMap(([name, server]) => {
    const process = `server \`${name}\` (\`${settingsPath(policy, id, name)}\`)`;
    const found = reachLosses(policy, id, {
      process,
      hosts: server.allowedHosts,
      read: server.read,
      write: server.write,
    });
    if (server.cwd !== null && !isWithin(server.cwd, [...server.read, ...server.write])) {
      const message = `stricter: ${process} cannot enter its folder \`${server.cwd}\`, which it may not read`;
      found.push({ what: 'cwd', agent: id, message, instead: 'add the folder to `filesystem.read` of the server' });
    }
    if (server.pin !== null) {
      const message = `${process}: the pin is not compared with what runs`;
      found.push({ what: 'pins', agent: id, message, instead: GATE });
    }
    return found;
  });
  const online = stdioServers(agent).filter(([, server]) => server.allowedHosts.length > 0);
  if (online.length > 0) {
    const message = `stricter: ${names(online.map(([name]) => name))} reaches its hosts only if it obeys \`HTTPS_PROXY\`; Node does from 22.21 on`;
    losses.push({
      what: 'egress',
      agent: id,
      message,
      instead: 'start the server with Node 22.21 or later, or set a proxy in it',
    });
  }
  if (remote.length > 0) {
    const message = `${names(remote.map(([name]) => name))} runs elsewhere: no sandbox here holds it`;
    losses.push({ what: 'servers', agent: id, message, instead: 'sandbox it where it runs' });
  }
  return losses;
}

function reachLosses(policy: Policy, agent: string, { process, hosts, read, write }: Reach): Loss[] {
  const losses: Loss[] = [];
  const lose = (what: string, message: string, instead: string) =>
    losses.push({ what, agent, message: `${process}: ${message}`, instead });
  const refused = hosts.filter((host) => !isSrtHost(host));
  if (refused.length > 0)
    lose(
      'egress',
      `stricter: srt takes no such host as ${names(refused)}; left out`,
      'name hosts with a dot, wildcards below a domain',
    );
  const patterns = patternsAmong([...(read ?? []), ...write]);
  if (patterns.length > 0) lose('filesystem', `stricter: ${names(patterns)} is a pattern; left out`, 'name the folder');
  const readable = read === null ? [] : concretePaths(write).filter((path) => !isWithin(path, read));
  if (readable.length > 0)
    lose('filesystem', `${names(readable)} may be written, and so can be read too`, 'accept it, or write elsewhere');
  if (write.length > 0)
    lose(
      'protectedPaths',
      'where a protected path is a symbolic link, the link can be replaced by another file',
      'keep plain files there; `stakes generate` and `stakes apply` refuse links',
    );
  const gaps = gapsOnLinux(policy.protectedPaths, write);
  if (gaps.length > 0) {
    lose(
      'protectedPaths',
      `on Linux srt holds literal paths only: ${names(gaps)} is held at the top of each writable folder where it is a plain name, and not deeper`,
      'keep writable folders apart from the files of the agent',
    );
  }
  return losses;
}

function subagentLosses(id: string, agent: AgentPolicy, root: AgentPolicy): Loss[] {
  const own = JSON.stringify([agent.network, agent.filesystem]);
  if (own === JSON.stringify([root.network, root.filesystem])) return [];
  const message =
    "a subagent runs in the agent's process and shares its sandbox: its own hosts and folders are not held";
  return [
    {
      what: 'subagents',
      agent: id,
      message,
      instead: 'run the subagent as a process of its own, from its own manifest',
    },
  ];
}

function names(all: readonly string[]): string {
  return all.map((name) => `\`${name}\``).join(', ');
}
