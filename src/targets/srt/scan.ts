import { srtHosts } from './hosts.ts';
import { readRules } from './paths.ts';
import type { SrtSettings } from './settings.ts';

/** For a server that is only asked for its tools: these hosts, no known secrets, and nowhere to write but its own home. */
export function scanSettings(hosts: readonly string[], home: { real: string; own: string }): SrtSettings {
  // The server's `~` is its own home, where no secrets are.
  const { denyRead, allowRead } = readRules(null);
  return {
    network: { allowedDomains: srtHosts(hosts), deniedDomains: [], strictAllowlist: true },
    filesystem: {
      denyRead: denyRead.map((path) => path.replace(/^~(?=\/)/, home.real)),
      allowRead,
      allowWrite: [home.own],
      denyWrite: [],
    },
  };
}
