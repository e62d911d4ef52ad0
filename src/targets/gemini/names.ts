/** Gemini CLI reads the server out of a tool's name, up to the first `_`. */
const SAYABLE = /^[A-Za-z0-9][A-Za-z0-9-]{0,19}$/;

/** The name of each server in the settings. It is a local name, so that any server can have one. */
export function serverAliases(servers: readonly string[]): ReadonlyMap<string, string> {
  const taken = new Set(servers.filter(isSayable));
  const aliases = new Map<string, string>();
  for (const server of [...servers].sort()) {
    const alias = isSayable(server) ? server : unused(base(server), taken);
    taken.add(alias);
    aliases.set(server, alias);
  }
  return aliases;
}

/** `mcp` would be taken for the mark that every tool of a server has. */
function isSayable(server: string): boolean {
  return SAYABLE.test(server) && server !== 'mcp';
}

function base(server: string): string {
  const plain = server.replace(/[^A-Za-z0-9]+/g, '-').slice(0, 14);
  return plain.replace(/^-|-$/g, '') || 'server';
}

function unused(name: string, taken: ReadonlySet<string>): string {
  let free = name;
  for (let count = 2; taken.has(free) || !isSayable(free); count += 1) free = `${name}-${count}`;
  return free;
}

/** The API takes names of 64 characters, and Gemini CLI cuts the middle out of longer ones. */
const MOST = 63;
const KEPT = 30;

/** A tool's name as the model calls it. */
export function toolName(alias: string, tool: string): string {
  const name = `mcp_${alias}_${tool}`.replace(/[^a-zA-Z0-9_\-.:]/g, '_');
  return name.length > MOST ? `${name.slice(0, KEPT)}...${name.slice(-KEPT)}` : name;
}

/** The same name as a rule has it that names the server too. */
export function ruleName(alias: string, tool: string): string {
  return toolName(alias, tool).slice(`mcp_${alias}_`.length);
}

export function split(tool: string): { server: string; name: string } {
  const slash = tool.indexOf('/');
  return { server: tool.slice(0, slash), name: tool.slice(slash + 1) };
}
