import { loadPolicy } from '../../enforce/load.ts';
import type { PackPolicy } from '../../model/audit-pack.ts';
import type { Loaded } from '../../model/place.ts';
import { redactSource } from '../../source/secrets.ts';
import { digestOf } from '../hash.ts';
import type { Draft } from './draft.ts';
import type { PolicyUse } from './in-period.ts';

/** A policy that was given, as it was read. */
export interface GivenPolicy {
  text: string;
  agents: readonly string[];
}

export function readPolicy(text: string, shown: string): Loaded<GivenPolicy> {
  const policy = loadPolicy(text, shown);
  return policy.state === 'ok' ? { state: 'ok', value: { text, agents: Object.keys(policy.value.agents) } } : policy;
}

/** Puts the policies into the pack under their digests, which records name, and says which of them are not there. */
export function packPolicies(
  given: readonly GivenPolicy[],
  used: ReadonlyMap<string, PolicyUse>,
  draft: Draft,
): PackPolicy[] {
  const byDigest = new Map(given.map((policy) => [digestOf(policy.text), policy]));
  const digests = [...new Set([...used.keys(), ...byDigest.keys()])].sort();
  return digests.map((digest): PackPolicy => {
    const use = used.get(digest);
    const found = byDigest.get(digest);
    const agents = [...new Set([...(use?.agents ?? []), ...(found?.agents ?? [])])].sort();
    const about = { digest, agents, calls: use?.calls ?? 0, first: use?.first ?? null, last: use?.last ?? null };
    if (found === undefined) return { ...about, state: 'missing', file: null };
    const shown = redactSource(found.text);
    const state = shown === found.text ? 'packed' : 'redacted';
    const file = `policies/${digest.slice('sha256:'.length)}${state === 'packed' ? '' : '.redacted'}.json`;
    draft.add(file, shown);
    return { ...about, state, file };
  });
}
