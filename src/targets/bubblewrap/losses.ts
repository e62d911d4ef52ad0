import type { Loss, Policy } from '../../model/policy.ts';
import { boxesOf } from '../container/boxes.ts';
import { names, sandboxLosses } from '../container/losses.ts';
import { writablePlaces } from '../container/protected.ts';
import { stdioServers } from '../srt/mcp.ts';
import { unsaid } from './find-tests.ts';

const SRT = 'add the `srt` target, which filters hosts';

export function lossesOf(policy: Policy): Loss[] {
  const boxes = boxesOf(policy);
  const root = policy.agents[policy.root];
  const writing = boxes.filter(({ write }) => writablePlaces(write, policy.protectedPaths).length > 0);
  const odd = unsaid(policy.protectedPaths);
  return [
    ...boxes
      .filter(({ hosts }) => hosts.length > 0)
      .map(({ agent, process, hosts }) => ({
        what: 'egress',
        agent,
        message: `stricter: ${process} has no network: bubblewrap knows all hosts or none, and not ${names(hosts)}`,
        instead: SRT,
      })),
    ...(root?.network.egress === 'open'
      ? [
          {
            what: 'egress',
            agent: policy.root,
            message: 'stricter: "any host" would be those of this machine and its network too, so no host is reached',
            instead: SRT,
          },
        ]
      : []),
    ...writing.map(({ agent, process }) => ({
      what: 'protectedPaths',
      agent,
      message: `${process}: protected files are held as they are at the start; one that is not there yet can be made in a writable folder, and a symbolic link replaced`,
      instead: 'keep writable folders apart from the files of the agent, or make an empty file or folder there first',
    })),
    ...(writing.length > 0 && odd.length > 0
      ? [{ what: 'protectedPaths', message: `not held: ${names(odd)}`, instead: 'name the files' }]
      : []),
    ...(root && stdioServers(root).length > 0
      ? [
          {
            what: 'sandbox',
            agent: policy.root,
            message:
              'a sandbox cannot start inside `agent.sh`: an agent under it cannot start the servers of `mcp.json`',
            instead:
              "wrap the servers and hold the agent with its host's own sandbox, or start the servers outside and give the agent their URLs",
          },
        ]
      : []),
    ...sandboxLosses(policy, boxes, 'bubblewrap', { minutes: true }),
  ];
}
