import type { AgentPolicy, Loss, Policy } from '../../model/policy.ts';
import { byName } from '../../source/order.ts';
import { GATE } from '../instead.ts';
import { concretePaths, isWithin } from '../srt/paths.ts';
import { type Held, unseenLosses } from '../srt/unseen-losses.ts';
import type { Box } from './boxes.ts';
import { leftOut } from './places.ts';

/** What every sandbox around a process loses, whatever it is made of. `by`: the sandbox, for people. */
export function sandboxLosses(policy: Policy, boxes: readonly Box[], by: string, held: Omit<Held, 'by'> = {}): Loss[] {
  const agents = Object.entries(policy.agents).sort(byName);
  const root = policy.agents[policy.root];
  return [
    ...boxes.flatMap((box) => [...pathLosses(box, by), ...startLosses(box)]),
    ...(root ? credentialLosses(policy.root, root) : []),
    ...agents.flatMap(([id, agent]) => remoteLosses(id, agent)),
    ...agents.flatMap(([id, agent]) => (root && agent !== root ? subagentLosses(id, agent, root) : [])),
    ...unseenLosses(
      policy,
      agents.map(([, agent]) => agent),
      { ...held, by },
    ),
  ];
}

function pathLosses({ agent, process, read, write }: Box, by: string): Loss[] {
  const losses: Loss[] = [];
  const lose = (what: string, message: string, instead: string) =>
    losses.push({ what, agent, message: `${process}: ${message}`, instead });
  if (read === null)
    lose(
      'filesystem.read',
      'stricter: the policy does not say what may be read, so nothing of the project is',
      'list `filesystem.read` in the manifest',
    );
  const strange = leftOut([...(read ?? []), ...write]);
  if (strange.length > 0)
    lose(
      'filesystem',
      `stricter: ${by} cannot be given ${names(strange)}; left out`,
      'name a folder, without a pattern or a way up',
    );
  const readable = concretePaths(write).filter((path) => !isWithin(path, read ?? []));
  if (readable.length > 0)
    lose('filesystem', `${names(readable)} may be written, and so can be read too`, 'accept it, or write elsewhere');
  return losses;
}

function startLosses({ agent, process, server, read, write, cwd }: Box): Loss[] {
  const losses: Loss[] = [];
  if (cwd !== null && !isWithin(cwd, [...(read ?? []), ...write])) {
    const message = `stricter: ${process} cannot enter its folder \`${cwd}\`, which it may not read`;
    losses.push({ what: 'cwd', agent, message, instead: 'add the folder to `filesystem.read` of the server' });
  }
  if (server !== null && server.pin !== null)
    losses.push({ what: 'pins', agent, message: `${process}: the pin is not compared with what runs`, instead: GATE });
  return losses;
}

function credentialLosses(id: string, root: AgentPolicy): Loss[] {
  const shared = Object.entries(root.credentials).filter(([, { servers }]) => servers.length === 0);
  if (shared.length === 0) return [];
  const message = `${names(shared.map(([name]) => name))} is not bound to a server, so the agent's process sees it`;
  return [{ what: 'credentials', agent: id, message, instead: 'name the servers of the credential in the manifest' }];
}

function remoteLosses(id: string, { servers }: AgentPolicy): Loss[] {
  const remote = Object.keys(servers).filter((name) => servers[name]?.transport !== 'stdio');
  if (remote.length === 0) return [];
  const message = `${names(remote.sort())} runs elsewhere: no sandbox here holds it`;
  return [{ what: 'servers', agent: id, message, instead: 'sandbox it where it runs' }];
}

function subagentLosses(id: string, agent: AgentPolicy, root: AgentPolicy): Loss[] {
  if (JSON.stringify([agent.network, agent.filesystem]) === JSON.stringify([root.network, root.filesystem])) return [];
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

export function names(all: readonly string[]): string {
  return all.map((name) => `\`${name}\``).join(', ');
}
