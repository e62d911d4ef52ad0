import type { Policy } from '../../model/policy.ts';

/** OpenCode 1.18 keeps these of a server's and a tool's name, and joins the two with `_`. */
export function kept(name: string): string {
  return name.replace(/[^a-zA-Z0-9_-]/g, '_');
}

/**
 * First words of OpenCode's own tools and permissions: a server `external` with a tool `directory` would be the right to
 * leave the project.
 */
const OWN_WORDS = ['apply', 'doom', 'external', 'invalid', 'list', 'plan', 'read', 'repo', 'todo', 'web', 'workflow'];

/** By agent and server: the name of the server in OpenCode. */
export type Aliases = ReadonlyMap<string, ReadonlyMap<string, string>>;

/**
 * Names without `_`, so that the first one in a tool's name always ends that of its server. Two agents share a server that
 * is started alike.
 */
export function aliasesOf({ agents }: Policy): Aliases {
  const taken = new Set(OWN_WORDS);
  const started = new Map<string, string>();
  const byAgent = new Map<string, Map<string, string>>();
  for (const id of Object.keys(agents).sort()) {
    const own = new Map<string, string>();
    for (const [server, grant] of Object.entries(agents[id]?.servers ?? {}).sort(([a], [b]) => (a < b ? -1 : 1))) {
      const how = JSON.stringify([server, grant]);
      const alias = started.get(how) ?? unusedName(server.replace(/[^a-zA-Z0-9]+/g, '-').replace(/^-|-$/g, ''), taken);
      started.set(how, alias);
      taken.add(alias.toLowerCase());
      own.set(server, alias);
    }
    byAgent.set(id, own);
  }
  return byAgent;
}

function unusedName(wanted: string, taken: ReadonlySet<string>): string {
  const base = wanted === '' ? 'server' : wanted;
  let name = base;
  for (let count = 2; taken.has(name.toLowerCase()); count += 1) name = `${base}-${count}`;
  return name;
}

export function split(tool: string): { server: string; name: string } {
  const slash = tool.indexOf('/');
  return { server: tool.slice(0, slash), name: tool.slice(slash + 1) };
}

/** Tools of one server that OpenCode knows by one name, with the reason. */
export function confusedTools(tools: readonly string[]): Map<string, string> {
  const named = tools.filter((tool) => tool.includes('/') && !/\/[*@]/.test(tool));
  const keyOf = (tool: string) => `${split(tool).server}/${kept(split(tool).name)}`;
  return new Map(
    named.flatMap((tool) => {
      const same = named.filter((other) => keyOf(other) === keyOf(tool));
      const names = same.map((other) => `\`${other}\``).sort();
      return same.length > 1 ? [[tool, `${names.join(' and ')} have one name in OpenCode`] as const] : [];
    }),
  );
}

/** A name that no agent of a user's own has: OpenCode merges two of one name, rule by rule. */
export function agentName(root: string, type?: string): string {
  return type === undefined ? `stakes-${root}` : `stakes-${root}-${type}`;
}
