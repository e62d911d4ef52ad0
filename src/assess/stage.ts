import { type Agent, agentsOf } from '../manifest/tree.ts';
import type { Reach } from './reach.ts';

/**
 * Is this agent known to be cut off from production? Then what is required now is the boundary and the light controls.
 * All of it must be known: one unknown scope, file, credential or egress keeps the tier's own list.
 */
export function isStagingOnly(root: Agent, reach: Reach): boolean {
  const environment = root.manifest.agent.environment;
  if (environment !== 'prototype' && environment !== 'staging') return false;
  const reached = reach.pairs.every(
    (pair) =>
      !pair.wildcard &&
      // Files and credentials that no scope names: nobody knows what system they come from.
      !pair.hidden.worst &&
      pair.scopes.every(({ name }) => isNonProduction(pair.agent, name)) &&
      !(pair.writes.worst && pair.exits.worst),
  );
  const credentials = agentsOf(root).flatMap(({ manifest }) => Object.values(manifest.credentials ?? {}));
  return reached && credentials.every(({ mode }) => mode === 'test');
}

function isNonProduction({ manifest }: Agent, scope: string): boolean {
  const source = manifest.data?.[scope]?.source;
  return source === 'staging' || source === 'synthetic';
}
