import { createHash } from 'node:crypto';
import type { Policy } from '../../model/policy.ts';
import type { Box } from '../container/boxes.ts';
import type { Place } from '../container/places.ts';
import { fileNameOf } from '../srt/file-name.ts';

/** Of the units of a box, without an ending. What follows the agent's id starts with a dot, which no id has. */
export function unitName(policy: Policy, box: Box): string {
  const own = `stakes-${fileNameOf(policy.root)}`;
  if (box.server === null) return `${own}.agent`;
  const name = nameOf(policy, box);
  return box.agent === policy.root
    ? `${own}.server-${fileNameOf(name)}`
    : `${own}.subagent-${fileNameOf(`${box.agent}/${name}`)}`;
}

/** File of the service of a box; a server's is started once for each connection. */
export function servicePath(policy: Policy, box: Box): string {
  return `${unitName(policy, box)}${box.server === null ? '' : '@'}.service`;
}

function nameOf({ agents }: Policy, { agent, server }: Box): string {
  const servers = agents[agent]?.servers ?? {};
  return Object.keys(servers).find((name) => servers[name] === server) ?? '';
}

/** What root keeps for the agent: links to its folders, its program, its credentials. */
export function stateFolder({ root }: Policy): string {
  return `/var/lib/stakes/${fileNameOf(root)}`;
}

export function socketPath(policy: Policy, box: Box): string {
  return `/run/stakes/${unitName(policy, box)}.sock`;
}

/** A user that systemd makes up for the process, and that no other process is. */
export function userName(policy: Policy, box: Box): string {
  const digest = createHash('sha256').update(unitName(policy, box)).digest('hex');
  return `stakes-${digest.slice(0, 16)}`;
}

/** A place as the machine has it and the process sees it: the same path, so nothing is hidden by another name alone. */
export function pathOf(policy: Policy, { root, rest }: Place): string {
  const start = { project: `${stateFolder(policy)}/project`, home: `${stateFolder(policy)}/home`, machine: '' }[root];
  return rest === '' ? start : `${start}/${rest}`;
}
