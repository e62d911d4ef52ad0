import type { Problem } from './place.ts';

export const APPROVALS_SCHEMA = 'stakes/approvals@1';

/** A call that waits for a person. */
export interface WaitingCall {
  /** What a person types to answer it. */
  id: string;
  agent: string;
  /** `server/tool`. */
  tool: string;
  /** As the model gave them: an answer is for exactly these. */
  arguments: unknown;
  /** `sha256:` of the arguments' canonical JSON. */
  digest: string;
  /** Why the policy asks. */
  because: string;
  /** RFC 3339: when it began to wait, and when it is refused. */
  since: string;
  until: string;
}

export interface ApprovalsReport {
  schema: typeof APPROVALS_SCHEMA;
  /** The oldest first. */
  waiting: WaitingCall[];
  errors: Problem[];
}
