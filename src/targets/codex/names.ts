/** Names that Codex starts a server by; another one it leaves out without a word to the model. */
const SAYABLE = /^[A-Za-z0-9_-]+$/;

/** A server of Codex's own. */
const TAKEN = ['codex_apps'];

/** The name of each server in Codex's settings. It is a local name, so that any server can have one. */
export function serverAliases(servers: readonly string[]): ReadonlyMap<string, string> {
  const taken = new Set([...TAKEN, ...servers.filter(isSayable)]);
  const aliases = new Map<string, string>();
  for (const server of [...servers].sort()) {
    const alias = isSayable(server) ? server : unused(base(server), taken);
    taken.add(alias);
    aliases.set(server, alias);
  }
  return aliases;
}

function isSayable(server: string): boolean {
  return SAYABLE.test(server) && !TAKEN.includes(server);
}

function base(server: string): string {
  return server.replace(/[^A-Za-z0-9]+/g, '-').replace(/^-|-$/g, '') || 'server';
}

function unused(name: string, taken: ReadonlySet<string>): string {
  let free = name;
  for (let count = 2; taken.has(free); count += 1) free = `${name}-${count}`;
  return free;
}

export function split(tool: string): { server: string; name: string } {
  const slash = tool.indexOf('/');
  return { server: tool.slice(0, slash), name: tool.slice(slash + 1) };
}
