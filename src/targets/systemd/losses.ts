import type { Loss, Policy } from '../../model/policy.ts';
import { boxesOf } from '../container/boxes.ts';
import { isMountable } from '../container/inside.ts';
import { names, sandboxLosses } from '../container/losses.ts';
import { placesOf } from '../container/places.ts';
import { stdioServers } from '../srt/mcp.ts';
import { gapsOnLinux } from '../srt/paths.ts';
import { foldersOf } from './folders.ts';

const ELSEWHERE = 'add the `compose` or `srt` target, which filter hosts';

export function lossesOf(policy: Policy): Loss[] {
  const boxes = boxesOf(policy);
  const root = policy.agents[policy.root];
  const losses: Loss[] = [];
  for (const box of boxes) {
    const { agent, process, hosts, read, write } = box;
    const lose = (what: string, message: string, instead: string) => losses.push({ what, agent, message, instead });
    if (hosts.length > 0)
      lose(
        'egress',
        `stricter: ${process} has no network: systemd filters addresses and no names, so ${names(hosts)} is not reached`,
        ELSEWHERE,
      );
    const strange = [...placesOf(read ?? []), ...placesOf(write)].filter((place) => !isMountable(place));
    if (strange.length > 0)
      lose(
        'filesystem',
        `stricter: ${process}: ${names(strange.map(({ rest }) => `/${rest}`))} is a folder of the system itself; left out`,
        'name a folder of the project',
      );
    if (foldersOf(policy, box).write.length === 0) continue;
    lose(
      'protectedPaths',
      `${process}: of the protected files in a writable folder, those are held that are there when it starts`,
      'keep writable folders apart from the files of the agent, or make an empty file or folder there first',
    );
    const gaps = gapsOnLinux(policy.protectedPaths, write);
    if (gaps.length > 0)
      lose(
        'protectedPaths',
        `${process}: a pattern, or a name that holds at any depth, is held at the top of a writable folder at most: ${names(gaps)}`,
        'name the files',
      );
  }
  if (root?.network.egress === 'open')
    losses.push({
      what: 'egress',
      agent: policy.root,
      message: 'stricter: "any host" would be those of this machine and its network too, so no host is reached',
      instead: ELSEWHERE,
    });
  if (root && stdioServers(root).length > 0)
    losses.push({
      what: 'sandbox',
      agent: policy.root,
      message: "the sockets of the servers are not in the agent's own unit: an agent in it reaches none of them",
      instead: "hold the servers with their units, and the agent with its host's own sandbox",
    });
  return [...losses, ...sandboxLosses(policy, boxes, 'systemd', { minutes: true })];
}
