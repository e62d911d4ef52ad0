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
  /** Targets that are left out because the configuration does not allow them. Absent: none. */
  notAllowed?: string[];
  /** Digest of every file, by its path in the bundle. */
  files: Record<string, string>;
  /** What `stakes apply` put where, by `<target>/<installation>`. Absent: nothing. */
  installed?: Record<string, Installed>;
}

/** One file that `stakes apply` wrote. A lock is committed, so nothing in here is believed without a check. */
export interface Installed {
  /** In the project, with `/`; absolute for a file outside of it. */
  path: string;
  /** Digest of the generated file that was installed. */
  source: string;
  /** Digest of what `--undo` brings back, without anything of ours. Null: there was no file. */
  before: string | null;
  /** Digest of the file as it was left. */
  after: string;
  /** What `--undo` takes out of a file that was edited since. Empty for a file that is all ours. */
  owns: Owned[];
  /** Folders that were made for the file, the outermost first. */
  folders: string[];
  /** Set while the file is written: digest of what it held just before. A run that ended in between leaves it here. */
  pending?: { from: string | null };
}

/** One thing of ours in a file that people edit, by its JSON Pointer. */
export type Owned =
  /** Entries of a list. */
  | { pointer: string; entries: unknown[] }
  /** A value, and the one that it replaced; no `before`: there was none. */
  | { pointer: string; value: unknown; before?: unknown }
  /** An object or a list that was not there. */
  | { pointer: string; created: true };
