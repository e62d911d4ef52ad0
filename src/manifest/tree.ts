import type { Control } from '../model/controls.ts';
import type { Manifest } from '../model/manifest.ts';
import type { Place } from '../model/place.ts';
import type { Given } from './given.ts';

/** A loaded agent. The same manifest reached twice is the same object, so the tree is really a graph without loops. */
export interface Agent {
  id: string;
  manifest: Manifest;
  /** As shown to people: relative, with `/`. */
  file: string;
  document: number;
  /** JSON Pointer of the manifest in its document; empty unless it is written inline. */
  base: string;
  /** Where a pointer into the manifest stands; undefined for an agent that was made without a file. */
  place(pointer: string, at?: 'key' | 'value'): Place | undefined;
  subagents: Record<string, Agent>;
  /** Controls that installed files show, and where. Absent: none, or nobody looked. */
  installed?: ReadonlyMap<Control, string>;
  /** What the organisation gave, by pointer in the document. Absent: nothing. */
  given?: ReadonlyMap<string, Given>;
}

/** The agent and every subagent below it, each once, in the order they are met. */
export function agentsOf(root: Agent): Agent[] {
  const seen = new Set<Agent>();
  const visit = (agent: Agent): void => {
    if (seen.has(agent)) return;
    seen.add(agent);
    for (const subagent of Object.values(agent.subagents)) visit(subagent);
  };
  visit(root);
  return [...seen];
}

/** An agent from a value, for programs and tests; inline subagents only. */
export function agentOf(manifest: Manifest, file = 'agent.yaml', document = 0, base = ''): Agent {
  const subagents: Record<string, Agent> = {};
  for (const [name, { manifest: inner }] of Object.entries(manifest.subagents ?? {})) {
    if (typeof inner === 'string') throw new TypeError(`subagent \`${name}\` is a path; load the file instead`);
    subagents[name] = agentOf(inner, file, document, `${base}/subagents/${name}/manifest`);
  }
  return { id: manifest.agent.id, manifest, file, document, base, place: () => undefined, subagents };
}
