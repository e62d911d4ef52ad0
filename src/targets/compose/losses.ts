import type { Loss, Policy } from '../../model/policy.ts';
import { boxesOf } from '../container/boxes.ts';
import { isMountable } from '../container/inside.ts';
import { names, sandboxLosses } from '../container/losses.ts';
import { placesOf } from '../container/places.ts';
import { writablePlaces } from '../container/protected.ts';
import { stdioServers } from '../srt/mcp.ts';
import { isProxyHost } from './squid.ts';

export function lossesOf(policy: Policy): Loss[] {
  const boxes = boxesOf(policy);
  const root = policy.agents[policy.root];
  const losses: Loss[] = [];
  for (const { agent, process, hosts, read, write } of boxes) {
    const lose = (what: string, message: string, instead: string) => losses.push({ what, agent, message, instead });
    const refused = hosts.filter((host) => !isProxyHost(host));
    if (refused.length > 0)
      lose(
        'egress',
        `stricter: ${process}: the proxy takes no such host as ${names(refused)}; left out`,
        'name hosts, wildcards below a domain',
      );
    if (refused.length < hosts.length) {
      lose(
        'egress',
        `stricter: ${process} reaches its hosts only if it obeys \`HTTPS_PROXY\`; Node does from 22.21 on`,
        'start the server with Node 22.21 or later, or set a proxy in it',
      );
      lose(
        'egress',
        `${process}: what listens on all addresses of the machine can be reached at the address that the machine has in the internal network`,
        'let services of the machine listen on 127.0.0.1 alone, or add the `srt` target',
      );
    }
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
        `${process}: a mount cannot leave a file out: of the protected files in a writable folder only \`.stakes\` of the project is held`,
        'keep writable folders apart from the files of the agent, or add the `bubblewrap` or `srt` target',
      );
  }
  if (root?.network.egress === 'open')
    losses.push({
      what: 'egress',
      agent: policy.root,
      message: 'stricter: only the hosts in `network.allowedHosts` are reached',
      instead: 'list the hosts',
    });
  if (root && stdioServers(root).length > 0)
    losses.push({
      what: 'sandbox',
      agent: policy.root,
      message:
        'an agent in a container cannot start the containers of `mcp.json`: whoever may, has the rights of root on the machine',
      instead: "start the servers from outside, and hold the agent with its host's own sandbox",
    });
  return [...losses, ...sandboxLosses(policy, boxes, 'a container')];
}
