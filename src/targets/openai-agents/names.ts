/** The SDK writes `_` for what it does not keep of a tool's name. */
export function kept(name: string): string {
  return name.replace(/[^a-zA-Z0-9_]/g, '_');
}

/** Letters and digits, so that the first `_` in a tool's name always ends that of its server. */
export function aliasesOf(servers: readonly string[]): Map<string, string> {
  const taken = new Set<string>();
  return new Map(
    [...servers].sort().map((server) => {
      const base = server.replace(/[^a-zA-Z0-9]/g, '') || 'server';
      let alias = base;
      for (let count = 2; taken.has(alias.toLowerCase()); count += 1) alias = `${base}${count}`;
      taken.add(alias.toLowerCase());
      return [server, alias];
    }),
  );
}

/** By tool: all of its server that have one name in the SDK, where it is not the only one. */
export function twinsOf(tools: readonly string[]): Map<string, string[]> {
  const keyOf = (tool: string): string => {
    const slash = tool.indexOf('/');
    return `${tool.slice(0, slash)}/${kept(tool.slice(slash + 1))}`;
  };
  const named = tools.filter((tool) => tool.includes('/') && !/\/[*@]/.test(tool));
  return new Map(
    named.flatMap((tool) => {
      const same = named.filter((other) => keyOf(other) === keyOf(tool)).sort();
      return same.length > 1 ? [[tool, same] as const] : [];
    }),
  );
}
