import type { PatchOperation } from '../model/assessment.ts';
import type { Manifest } from '../model/manifest.ts';
import { tokensOf } from '../source/pointer.ts';
import { isRecord } from '../source/record.ts';
import type { Agent } from './tree.ts';

/** The tree with a change made to the manifests in it; places stay those of the text as it is. */
export function patchedAgent(root: Agent, patch: readonly PatchOperation[]): Agent {
  const made = new Map<Agent, Agent>();
  const visit = (agent: Agent): Agent => {
    const known = made.get(agent);
    if (known) return known;
    const own = patch.filter((operation) => operation.agent === agent.id && operation.path.startsWith(agent.base));
    const manifest = own.length === 0 ? agent.manifest : patchedManifest(agent.manifest, own, agent.base.length);
    const copy: Agent = { ...agent, manifest, subagents: {} };
    made.set(agent, copy);
    for (const [name, subagent] of Object.entries(agent.subagents)) copy.subagents[name] = visit(subagent);
    return copy;
  };
  return visit(root);
}

/** RFC 6902 on maps, and at the end of lists. `skip`: characters of every path that lead to the manifest. */
function patchedManifest(manifest: Manifest, patch: readonly PatchOperation[], skip: number): Manifest {
  // Not `structuredClone`: what an alias stands for would stay one value, and change in both places.
  const copy = JSON.parse(JSON.stringify(manifest)) as Manifest;
  for (const { op, path, value } of patch) {
    const tokens = tokensOf(path.slice(skip));
    const last = tokens.pop() ?? '';
    let holder: unknown = copy;
    for (const token of tokens) holder = isRecord(holder) && Object.hasOwn(holder, token) ? holder[token] : undefined;
    if (Array.isArray(holder) && op === 'add' && last === '-') {
      holder.push(value);
      continue;
    }
    if (!isRecord(holder)) throw new Error(`a patch leads through something that is no map: ${path}`);
    if (op === 'remove') delete holder[last];
    // A computed key is never taken for a prototype.
    else Object.defineProperty(holder, last, { value, enumerable: true, configurable: true, writable: true });
  }
  return copy;
}
