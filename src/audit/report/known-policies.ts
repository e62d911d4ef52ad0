import { grantFor } from '../../enforce/grant.ts';
import { loadPolicy } from '../../enforce/load.ts';
import type { Loaded } from '../../model/place.ts';
import type { Policy } from '../../model/policy.ts';
import { readText } from '../../source/read.ts';
import { digestOf } from '../hash.ts';

export interface KnownPolicy {
  policy: Policy;
  /** `sha256:` of its file, as records name it. */
  digest: string;
  /** As messages name it. */
  file: string;
}

export function readPolicy(path: string, file: string): Loaded<KnownPolicy> {
  const text = readText(path, file);
  if (text.state !== 'ok') return text;
  const policy = loadPolicy(text.value, file);
  if (policy.state !== 'ok') return policy;
  return { state: 'ok', value: { policy: policy.value, digest: digestOf(text.value), file } };
}

/** Is the tool high-stakes under the policy that decided? What it denies is outside of the reach, and is not. Null: that policy is not here, or does not list the tool. */
export function highStakesOf(
  known: ReadonlyMap<string, KnownPolicy>,
  { policy, agent, tool }: { policy: string; agent: string; tool: string },
): boolean | null {
  const agents = known.get(policy)?.policy.agents;
  const own = agents && Object.hasOwn(agents, agent) ? agents[agent] : undefined;
  const found = own && grantFor(own, tool);
  return found ? found.grant.highStakes.length > 0 : null;
}

/** By agent, the tools that it may call; a wildcard and a server's other features are not one tool. */
export function grantedTools(known: Iterable<KnownPolicy>): Map<string, Set<string>> {
  const granted = new Map<string, Set<string>>();
  for (const { policy } of known)
    for (const [id, agent] of Object.entries(policy.agents)) {
      const tools = granted.get(id) ?? new Set<string>();
      granted.set(id, tools);
      for (const [tool, { decision }] of Object.entries(agent.tools))
        if (decision !== 'deny' && !tool.includes('*') && !tool.includes('@')) tools.add(tool);
    }
  return granted;
}
