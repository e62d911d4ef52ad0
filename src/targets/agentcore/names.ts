/** What Cedar keeps for itself; AWS's generator makes identifiers of the names of tools and of their fields. */
const RESERVED = new Set(['true', 'false', 'if', 'then', 'else', 'in', 'is', 'like', 'has']);

/** `server/tool` as the gateway names it, by the name of the target and three underscores; undefined where its schema cannot hold it. */
export function actionName(tool: string): string | undefined {
  const [server = '', name, ...more] = tool.split('/');
  // A name of a target has no `_`, so that no two tools get the same name.
  const isName = /^[A-Za-z][A-Za-z0-9]{0,99}$/.test(server) && name !== undefined && /^[A-Za-z0-9_]+$/.test(name);
  return isName && more.length === 0 ? `${server}___${name}` : undefined;
}

export function isField(name: string): boolean {
  return /^[A-Za-z_][A-Za-z0-9_]*$/.test(name) && !RESERVED.has(name) && !name.includes('__cedar');
}

/** Variables that stand for the OAuth clients of the agents: ids that only the owner of the gateway knows. */
export function clientVariables(root: string, agents: readonly string[]): Map<string, string> {
  const others = agents.filter((id) => id !== root).sort();
  const taken = new Set<string>();
  return new Map([
    [root, 'CLIENT_ID'],
    ...others.map((id): [string, string] => {
      const slug = id.toUpperCase().replace(/[^A-Z0-9]+/g, '_');
      let name = `CLIENT_ID_${slug}`;
      while (taken.has(name)) name += '_';
      taken.add(name);
      return [id, name];
    }),
  ]);
}
