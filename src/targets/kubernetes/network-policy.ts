import { isIPv4 } from 'node:net';
import type { Policy } from '../../model/policy.ts';
import type { Box } from '../container/boxes.ts';
import { podName } from './names.ts';
import { labelsOf } from './pod.ts';

/** A host that a NetworkPolicy can name: an address, which is not the one where clouds keep credentials. */
export function isAddress(host: string): boolean {
  const [address = '', port] = host.split(':');
  const number = Number(port ?? 443);
  return isIPv4(address) && !/^(?:0|127|169\.254)\./.test(address) && number >= 1 && number <= 65_535;
}

/** Nothing in, and out only to addresses; where nothing enforces it, it is words. */
export function networkPolicyOf(policy: Policy, box: Box): object {
  const name = podName(policy, box);
  const egress = [...new Set(box.hosts.filter(isAddress))].sort().map((host) => {
    const [address, port] = host.split(':');
    return {
      to: [{ ipBlock: { cidr: `${address}/32` } }],
      ...(port === undefined ? {} : { ports: [{ protocol: 'TCP', port: Number(port) }] }),
    };
  });
  return {
    apiVersion: 'networking.k8s.io/v1',
    kind: 'NetworkPolicy',
    metadata: { name, labels: labelsOf(name) },
    spec: {
      podSelector: { matchLabels: labelsOf(name) },
      policyTypes: ['Ingress', 'Egress'],
      ingress: [],
      egress,
    },
  };
}
