import type { AgentPolicy } from '../model/policy.ts';

/** What a server may pass over in a name: case, width, blanks and what cannot be seen. */
const folded = (name: string): string =>
  /^[a-z0-9_-]*$/.test(name)
    ? name
    : name
        .normalize('NFKC')
        .replace(/[\s\p{C}]/gu, '')
        .toUpperCase()
        .toLowerCase();

const known = new WeakMap<AgentPolicy['tools'], ReadonlySet<string>>();

/** Why a name that a wildcard would open is none: a lenient server takes it for a tool that has a grant of its own. */
export function misspellingOf(agent: AgentPolicy | undefined, server: string, name: string): string | undefined {
  if (agent === undefined || Object.hasOwn(agent.tools, `${server}/${name}`)) return undefined;
  const names = known.get(agent.tools) ?? new Set(Object.keys(agent.tools).map(folded));
  known.set(agent.tools, names);
  return names.has(folded(`${server}/${name}`))
    ? 'its tool is named in another way than it spells its name'
    : undefined;
}
