export const HOOK_SCHEMA = 'stakes/claude-code-hook@1';

/**
 * How the hook was installed. `launcher`: the session is the agent's. `managed`: every session of a machine is. `project`:
 * people work here too, so only what MCP servers offer is its concern.
 */
export const HOOK_WAYS = ['launcher', 'managed', 'project'] as const;
export type HookWay = (typeof HOOK_WAYS)[number];

/** What the hook ends with when it has nothing against a call. Not 0, which an empty file ends with too. */
export const NOTHING_AGAINST_IT = 10;

/** `hook.json`: what the hook knows besides the policy. */
export interface HookData {
  schema: typeof HOOK_SCHEMA;
  /** Digest of the policy that the files beside it were generated from, as canonical JSON. */
  policy: string;
  /** Who may call what with `launch.sh`. */
  launcher: Callers;
  /** Who may call what with one of the settings files: the root alone. */
  settings: Callers;
}

export interface Callers {
  root: Caller;
  /** By the type that Claude Code calls them. */
  subagents: Record<string, Caller>;
}

/** An agent of the policy, with the policy's name of each tool by Claude Code's; null: two tools share that name. */
export interface Caller {
  agent: string;
  tools: Record<string, string | null>;
}
