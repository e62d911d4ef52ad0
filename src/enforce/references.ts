import type { ArgumentSchema } from '../model/manifest.ts';
import type { Policy } from '../model/policy.ts';
import { compilePattern } from './pattern.ts';
import { under } from './pointer.ts';

export interface Reference {
  code: 'dangling-name' | 'bad-pattern';
  pointer: string;
  message: string;
}

/** What the schema of policies cannot see: names that point at nothing, and patterns that cannot be enforced. */
export function referenceFaults({ root, agents }: Policy): Reference[] {
  const faults: Reference[] = [];
  const known = (id: string) => Object.hasOwn(agents, id);
  if (!known(root)) faults.push(dangling('/root', root));
  for (const [key, agent] of Object.entries(agents)) {
    const pointer = under('agents', under(key, ''));
    if (agent.id !== key)
      faults.push({
        code: 'dangling-name',
        pointer: `${pointer}/id`,
        message: 'is not the key that the agent is listed under',
      });
    for (const [name, id] of Object.entries(agent.subagents))
      if (!known(id)) faults.push(dangling(`${pointer}/subagents${under(name, '')}`, id));
    for (const [tool, grant] of Object.entries(agent.tools))
      if (grant.arguments)
        faults.push(...refusedPatterns(grant.arguments, `${pointer}/tools${under(tool, '/arguments')}`));
  }
  return faults;
}

function dangling(pointer: string, id: string): Reference {
  return { code: 'dangling-name', pointer, message: `names \`${id.slice(0, 100)}\`, which is no agent of this policy` };
}

/** Every pattern of a schema that is refused. */
function refusedPatterns(schema: ArgumentSchema, pointer: string): Reference[] {
  const { pattern, properties = {}, items, additionalProperties } = schema;
  const compiled = pattern === undefined ? undefined : compilePattern(pattern);
  return [
    ...(compiled && !compiled.ok
      ? [
          {
            code: 'bad-pattern' as const,
            pointer: `${pointer}/pattern`,
            message: `cannot be enforced: ${compiled.message}`,
          },
        ]
      : []),
    ...Object.entries(properties).flatMap(([name, inner]) =>
      refusedPatterns(inner, `${pointer}/properties${under(name, '')}`),
    ),
    ...(items ? refusedPatterns(items, `${pointer}/items`) : []),
    ...(typeof additionalProperties === 'object'
      ? refusedPatterns(additionalProperties, `${pointer}/additionalProperties`)
      : []),
  ];
}
