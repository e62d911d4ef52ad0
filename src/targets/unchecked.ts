import type { Grant } from '../model/policy.ts';
import type { Access } from '../model/vocabulary.ts';

/** A decision about a tool whose arguments the engine cannot check. `lost`: how that differs from the policy. */
export interface Unchecked {
  decision: Access;
  lost: string | undefined;
}

/** Where the schema is what makes a tool bearable, a person looks at each call instead. */
export function uncheckedDecision(grant: Grant): Unchecked {
  const { decision, bounded, highStakes } = grant;
  if (decision === 'deny' || grant.arguments === null) return { decision, lost: undefined };
  if (decision === 'ask') return { decision, lost: 'arguments are shown to the person who approves, and not checked' };
  if (bounded || highStakes.length > 0)
    return { decision: 'ask', lost: 'stricter: every call asks a person, because arguments are not checked' };
  return { decision, lost: 'arguments are not checked' };
}
