import type { AgentPolicy } from '../../model/policy.ts';

/** A model to insist on; where the policy names several, whoever starts the session chooses. */
export function onlyModelOf({ models }: AgentPolicy): string | undefined {
  const names = [...new Set(models.map(({ provider, id }) => `${provider}/${id}`))];
  return names.length === 1 && /^[\w.:-]+\/[\w./:@-]+$/.test(names[0] ?? '') ? names[0] : undefined;
}
