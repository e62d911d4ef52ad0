export const LOCK_SCHEMA = 'stakes/lock@1';

/** `stakes.lock.json`: what was generated, so that a later run can tell a changed manifest, an edited file and a newer emitter apart. */
export interface Lock {
  schema: typeof LOCK_SCHEMA;
  agent: string;
  /** Digest of the manifest and its subagents. */
  manifest: string;
  /** Digest of the policy, whatever its layout on disk. */
  policy: string;
  /** Emitter revision of each target. */
  targets: Record<string, number>;
  /** Digest of every file, by its path in the bundle. */
  files: Record<string, string>;
}
