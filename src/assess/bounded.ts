import { secondsOf } from '../manifest/duration.ts';
import { serverOf } from '../manifest/names.ts';
import type { CredentialFacts } from '../model/manifest.ts';
import type { Pair } from './reach.ts';
import type { Walk } from './walk.ts';

const HOUR = 3600;

/** Named scopes without a wildcard, and a life of at most an hour. */
export function isScoped({ scopes, ttl }: CredentialFacts): boolean {
  const named = scopes !== undefined && scopes.length > 0 && !scopes.some((scope) => scope.includes('*'));
  return named && ttl !== undefined && secondsOf(ttl) <= HOUR;
}

/** The credentials that a server gets. */
export function credentialsOf(pair: Pair): CredentialFacts[] {
  const server = serverOf(pair.tool);
  return Object.values(pair.agent.manifest.credentials ?? {}).filter(
    ({ servers }) => server !== undefined && servers?.includes(server),
  );
}

/**
 * May the tool run without a gate at full? Its arguments are checked, its calls capped, its credential scoped, and
 * somebody wrote down why that is enough. Arbitrary execution and the exit of a disclosure path can never be bounded.
 */
export function isBounded(pair: Pair, worst: Walk): boolean {
  const { arguments: schema, maxCallsPerDay, because } = pair.facts;
  if (pair.wildcard || pair.arbitrary.worst || worst.disclosure?.exits.includes(pair)) return false;
  const credentials = credentialsOf(pair);
  return (
    schema !== undefined &&
    maxCallsPerDay !== undefined &&
    because !== undefined &&
    credentials.length > 0 &&
    credentials.every(isScoped)
  );
}
