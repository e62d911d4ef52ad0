import type { Loss, Policy } from '../../model/policy.ts';
import { boxesOf } from '../container/boxes.ts';
import { isMountable } from '../container/inside.ts';
import { names, sandboxLosses } from '../container/losses.ts';
import { placesOf } from '../container/places.ts';
import { writablePlaces } from '../container/protected.ts';
import { isAddress } from './network-policy.ts';

/** Said of the whole target, and by the prover of the attempt that shows it. */
export const PROCESSES = 'a Pod does not limit the number of its processes';

export function lossesOf(policy: Policy): Loss[] {
  const boxes = boxesOf(policy);
  const losses: Loss[] = [
    {
      what: 'egress',
      message: 'a NetworkPolicy holds only where the network of the cluster enforces it, which no engine here shows',
      instead: 'use a network plug-in that does, or the `compose` target',
    },
    { what: 'sandbox', message: PROCESSES, instead: 'set `podPidsLimit` on the nodes' },
  ];
  for (const { agent, process, hosts, read, write } of boxes) {
    const lose = (what: string, message: string, instead: string) => losses.push({ what, agent, message, instead });
    const refused = hosts.filter((host) => !isAddress(host));
    if (refused.length > 0)
      lose(
        'egress',
        `stricter: ${process}: a NetworkPolicy knows addresses and no names, so ${names(refused)} is not reached`,
        'add a proxy to your overlay, or use the `compose` or `srt` target',
      );
    const strange = [...placesOf(read ?? []), ...placesOf(write)].filter((place) => !isMountable(place));
    if (strange.length > 0)
      lose(
        'filesystem',
        `stricter: ${process}: ${names(strange.map(({ rest }) => `/${rest}`))} is a folder of the container itself; left out`,
        'name a folder of the project',
      );
    if (writablePlaces(write, policy.protectedPaths).length > 0)
      lose(
        'protectedPaths',
        `${process}: a volume cannot leave a file out, so protected files in a writable folder are not held`,
        'give the process a claim that holds none of them',
      );
  }
  const root = policy.agents[policy.root];
  if (root?.network.egress === 'open')
    losses.push({
      what: 'egress',
      agent: policy.root,
      message: 'stricter: only addresses in `network.allowedHosts` are reached',
      instead: 'list the hosts',
    });
  return [...losses, ...sandboxLosses(policy, boxes, 'a Pod', { minutes: true })];
}
