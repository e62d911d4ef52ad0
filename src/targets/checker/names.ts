export const NAMES_SCHEMA = 'stakes/tool-names@1';

/** The policy's name of each tool by an engine's name for it; null: two tools share that name, so neither may be called. */
export type ToolNames = Readonly<Record<string, string | null>>;

/** `names.json`: what a checker knows besides the policy. */
export interface CheckerData {
  schema: typeof NAMES_SCHEMA;
  /** Digest of the policy that it was generated from, as canonical JSON. */
  policy: string;
  /** By agent id of the policy. */
  agents: Readonly<Record<string, ToolNames>>;
}

/** Undefined: no tool of the policy has this name. */
export function toolOf(names: ToolNames, name: string): string | null | undefined {
  if (Object.hasOwn(names, name)) return names[name];
  for (const [pattern, tool] of Object.entries(names)) {
    const start = pattern.slice(0, -1);
    if (pattern.endsWith('*') && tool?.endsWith('/*') && name.startsWith(start) && name.length > start.length)
      return `${tool.slice(0, -1)}${name.slice(start.length)}`;
  }
  return undefined;
}
