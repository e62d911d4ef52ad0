import type { Assessment, DisclosurePath } from '../../../../model/assessment.ts';

/** What disclosure paths run through, to draw it as such. Tools and scopes by `keyOf`. */
export interface Paths {
  /** Readers, exits and tools that bring strangers' text in. */
  tools: ReadonlySet<string>;
  /** What a tool reads of it, by name. */
  reads: ReadonlyMap<string, readonly string[]>;
  exits: ReadonlySet<string>;
  /** Tools that bring strangers' text in. */
  sources: ReadonlySet<string>;
  /** Agents that are handed strangers' text. */
  handed: ReadonlySet<string>;
}

export const keyOf = ({ agent, tool }: { agent: string; tool: string }) => JSON.stringify([agent, tool]);

export function pathsOf({ disclosurePaths }: Pick<Assessment, 'disclosurePaths'>): Paths {
  const sources = new Set<string>();
  const handed = new Set<string>();
  const reads = new Map<string, string[]>();
  for (const { untrusted, data } of disclosurePaths) {
    const tool = toolAt(untrusted);
    if (tool === undefined) handed.add(untrusted.agent);
    else sources.add(keyOf({ agent: untrusted.agent, tool }));
    const scopes = reads.get(keyOf(data)) ?? [];
    if (!scopes.includes(data.scope)) reads.set(keyOf(data), [...scopes, data.scope]);
  }
  const exits = new Set(disclosurePaths.map(({ exit }) => keyOf(exit)));
  return { tools: new Set([...reads.keys(), ...exits, ...sources]), reads, exits, sources, handed };
}

/** The tool that a pointer such as `/tools/web~1fetch/egress` stands in. */
function toolAt({ pointer }: DisclosurePath['untrusted']): string | undefined {
  const token = /^(?:\/subagents\/[^/]+\/manifest)*\/tools\/([^/]+)/.exec(pointer)?.[1];
  return token?.replaceAll('~1', '/').replaceAll('~0', '~');
}
