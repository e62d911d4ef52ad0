import { grantFor } from '../enforce/grant.ts';
import type { AgentPolicy } from '../model/policy.ts';
import { isRecord } from '../source/record.ts';

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

/** The same of an argument: what the schema says of `amount` holds nothing where a server reads `Amount` as that. */
export function misspeltArgumentOf(agent: AgentPolicy | undefined, tool: string, values: unknown): string | undefined {
  const schema = agent === undefined ? undefined : grantFor(agent, tool)?.grant.arguments;
  return isMisspelt(schema, values)
    ? 'one of its arguments is named in another way than it spells its name'
    : undefined;
}

function isMisspelt(schema: unknown, value: unknown): boolean {
  if (!isRecord(schema) || typeof value !== 'object' || value === null) return false;
  if (Array.isArray(value)) return value.some((item) => isMisspelt(schema.items, item));
  if (!isRecord(schema.properties)) return false;
  const { properties } = schema;
  const strangers = Object.keys(value).filter((key) => !Object.hasOwn(properties, key));
  if (strangers.length > 0) {
    const names = new Set(Object.keys(properties).map(folded));
    if (strangers.some((key) => names.has(folded(key)))) return true;
  }
  return Object.entries(value).some(
    ([key, inner]) => Object.hasOwn(properties, key) && isMisspelt(properties[key], inner),
  );
}
