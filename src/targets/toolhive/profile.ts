import type { ServerGrant } from '../../model/policy.ts';

/** Where a host says none. */
const HTTPS = 443;

/** A permission profile: what the container of one server may reach. */
export function profileOf({ read, write, allowedHosts }: ServerGrant): object {
  const hosts = allowedHosts.flatMap((host) => split(host) ?? []);
  return {
    read: [...read].sort(),
    write: [...write].sort(),
    network: {
      outbound: {
        insecure_allow_all: false,
        allow_host: [...new Set(hosts.map(({ name }) => name))].sort(),
        allow_port: [...new Set(hosts.map(({ port }) => port))].sort((a, b) => a - b),
      },
    },
  };
}

/** What a profile cannot say of the hosts, in words. */
export function hostLosses({ allowedHosts }: ServerGrant): { looser: boolean; message: string }[] {
  const hosts = allowedHosts.map((host) => ({ host, parts: split(host) }));
  const unsaid = hosts.filter(({ parts }) => parts === undefined).map(({ host }) => `\`${host}\``);
  const ports = new Set(hosts.map(({ parts }) => parts?.port));
  return [
    ...(unsaid.length === 0
      ? []
      : [{ looser: false, message: `hosts are named whole, so not reached: ${unsaid.join(', ')}` }]),
    ...(ports.size < 2
      ? []
      : [{ looser: true, message: 'every host may be reached at every port that one of them may be reached at' }]),
  ];
}

function split(host: string): { name: string; port: number } | undefined {
  const match = /^([A-Za-z0-9.-]+)(?::([0-9]{1,5}))?$/.exec(host);
  return match?.[1] === undefined ? undefined : { name: match[1], port: Number(match[2] ?? HTTPS) };
}
