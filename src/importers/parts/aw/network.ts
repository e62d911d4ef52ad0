import type { Manifest } from '../../../model/manifest.ts';
import { isRecord } from '../../../source/record.ts';
import { textsOf } from '../references.ts';

const HOST = /^(?:\*\.)?[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+(?::\d{1,5})?$/;

/** Which hosts the firewall lets the agent reach; `undefined` is its defaults. */
export function networkOf(value: unknown): NonNullable<Manifest['network']> {
  if (!isRecord(value)) return { egress: 'listed' };
  const allowed = textsOf(value.allowed);
  if (value.allowed === undefined && value['allowed-input'] !== true) return { egress: 'none' };
  const hosts = allowed.map((name) => name.replace(/^https?:\/\//, ''));
  // Sets such as `defaults` or `node` hold places where anybody can leave something: without a list it counts as open.
  if (
    hosts.length === 0 ||
    hosts.length > 500 ||
    !hosts.every((name) => HOST.test(name)) ||
    value['allowed-input'] === true
  )
    return { egress: 'listed' };
  // A host stands for all below it.
  const all = hosts.flatMap((name) => (name.startsWith('*.') ? [name] : [name, `*.${name}`]));
  return { egress: 'listed', allowedHosts: [...new Set(all)] };
}
