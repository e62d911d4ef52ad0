import { credentialsOf } from '../../assess/bounded.ts';
import { GATED_CALLS_A_DAY } from '../../assess/controls.ts';
import { accessOf } from '../../assess/describe.ts';
import type { Pair } from '../../assess/reach.ts';
import type { Walk } from '../../assess/walk.ts';
import { serverOf } from '../../manifest/names.ts';
import type { Agent } from '../../manifest/tree.ts';
import type { Subject } from '../subject.ts';

/** A gate on a tool that is not high-stakes, whatever its open facts turn out to be. */
export interface Gate {
  pair: Pair;
  /** Each gate is one of these, so that no two rules speak of the same one. */
  of: 'read' | 'write-without-right' | 'write';
  /** By `access: ask` of its own, not by the review of its agent. */
  own: boolean;
}

export function needlessGates({ reach, worst }: Pick<Subject, 'reach' | 'worst'>): Gate[] {
  const known = made.get(worst);
  if (known) return known;
  const gates = reach.pairs
    .filter((pair) => !worst.highStakes.has(pair) && accessOf(pair, worst) === 'ask')
    .map((pair) => ({ pair, of: kindOf(pair), own: pair.access === 'ask' }));
  made.set(worst, gates);
  return gates;
}

/** Several rules ask for the same gates. */
const made = new WeakMap<Walk, Gate[]>();

/** Approvals a day on writes that can be undone; null when one of them states no volume. */
export function writeLoad(gates: readonly Gate[]): number | null {
  let load = 0;
  for (const { pair, of } of gates) {
    if (of !== 'write') continue;
    if (pair.facts.callsPerDay === undefined) return null;
    load += pair.facts.callsPerDay;
  }
  return load;
}

/** Would `review: each-action`, where no review is stated, ask for calls that another rule then finds too many? */
export function tooMuchReview(agent: Agent, subject: Pick<Subject, 'reach' | 'worst'>): boolean {
  const more = subject.reach.pairs
    .filter((pair) => pair.agent === agent && pair.access === undefined && !subject.worst.highStakes.has(pair))
    .filter((pair) => pair.writes.worst)
    .map((pair): Gate => ({ pair, of: kindOf(pair), own: false }));
  if (more.some(({ of }) => of === 'write-without-right')) return true;
  return more.length > 0 && (writeLoad([...needlessGates(subject), ...more]) ?? 0) > GATED_CALLS_A_DAY;
}

function kindOf(pair: Pair): Gate['of'] {
  if (!pair.writes.worst) return 'read';
  return onlyReads(pair) ? 'write-without-right' : 'write';
}

const READ_ONLY = /(?:^|[:._/-])(?:read|readonly|read-only|select|view|viewer|list)$/i;

/** Is it sure that the one credential the tool's server has can only read? */
function onlyReads(pair: Pair): boolean {
  const server = serverOf(pair.tool);
  if (server === undefined || pair.wildcard || pair.arbitrary.worst) return false;
  const all = Object.values(pair.agent.manifest.credentials ?? {});
  // Whoever does not say which servers get a credential may give it to this one.
  if (all.some(({ servers }) => servers === undefined)) return false;
  const [only, ...others] = credentialsOf(pair);
  if (!only?.scopes?.length || others.length > 0 || !namesNoOther(pair.agent, server)) return false;
  return only.scopes.every((scope) => READ_ONLY.test(scope));
}

/** Does the server's entry hand it nothing but credentials that the manifest describes? */
function namesNoOther(agent: Agent, server: string): boolean {
  const entry = agent.manifest.mcpServers?.[server];
  if (entry === undefined) return false;
  const named = [...JSON.stringify(entry).matchAll(/\$\{([^}:]+)/g)].map(([, name]) => name ?? '');
  return named.every((name) => agent.manifest.credentials?.[name]?.servers?.includes(server));
}
