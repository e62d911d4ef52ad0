/** What stands for a name in Claude Code's own tool names: one `_` per UTF-16 unit that it does not keep. */
export function normalise(name: string): string {
  return name.replace(/[^a-zA-Z0-9_-]/g, '_');
}

export function mcpRule(server: string, tool: string): string {
  return `mcp__${normalise(server)}__${tool === '*' ? '*' : normalise(tool)}`;
}

/** Claude Code reads the server out of a rule up to the first `__`, so such a name is taken for another server. */
export function isAmbiguousServer(server: string): boolean {
  const name = normalise(server);
  return name === '' || name.includes('__') || name.startsWith('_') || name.endsWith('_');
}

/** A name for a subagent's copy of a server, so that one agent's rule never reaches another's tools. */
export function serverAlias(subagent: string, server: string, taken: ReadonlySet<string>): string {
  const base = `${subagent}-${server}`.replace(/[^a-zA-Z0-9]+/g, '-').replace(/^-|-$/g, '') || 'server';
  return unusedName(base, taken);
}

export function unusedName(base: string, taken: ReadonlySet<string>): string {
  let name = base;
  for (let count = 2; taken.has(name); count += 1) name = `${base}-${count}`;
  return name;
}

/** The tools whose names Claude Code would confuse, with the reason. */
export function confusedTools(tools: readonly string[], serverName: (server: string) => string): Map<string, string> {
  const pairs = tools.filter((tool) => tool.includes('/')).map((tool) => ({ tool, ...split(tool) }));
  const confused = new Map<string, string>();
  const servers = new Set(pairs.map(({ server }) => server));
  for (const { tool, server, name } of pairs) {
    const twins = [...servers].filter((other) => normalise(serverName(other)) === normalise(serverName(server)));
    const rule = mcpRule(serverName(server), name);
    const doubles = pairs.filter((other) => mcpRule(serverName(other.server), other.name) === rule);
    if (twins.length > 1) confused.set(tool, `the servers ${quoted(twins)} have one name in Claude Code`);
    else if (isAmbiguousServer(serverName(server)))
      confused.set(tool, `the server name \`${server}\` can be taken for another in a rule`);
    else if (doubles.length > 1)
      confused.set(tool, `${quoted(doubles.map((other) => other.tool))} have one name in Claude Code`);
  }
  return confused;
}

export function split(tool: string): { server: string; name: string } {
  const slash = tool.indexOf('/');
  return { server: tool.slice(0, slash), name: tool.slice(slash + 1) };
}

function quoted(names: readonly string[]): string {
  return names
    .map((name) => `\`${name}\``)
    .sort()
    .join(' and ');
}
