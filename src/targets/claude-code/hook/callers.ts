import type { Caller, Callers } from './data.ts';
import type { HookCall } from './input.ts';

/** Undefined for a subagent that the policy does not have. */
export function callerOf(callers: Callers, { subagent }: HookCall): Caller | undefined {
  return subagent === undefined ? callers.root : own(callers.subagents, subagent);
}

/** The policy's name of a tool; undefined: not listed, null: not to be told apart from another. */
export function toolOf({ tools }: Caller, name: string): string | null | undefined {
  const exact = own(tools, name);
  if (exact !== undefined) return exact;
  for (const [pattern, tool] of Object.entries(tools)) {
    const start = pattern.slice(0, -1);
    if (pattern.endsWith('__*') && name.startsWith(start) && tool !== null)
      return `${tool.slice(0, -1)}${name.slice(start.length)}`;
  }
  return undefined;
}

function own<T>(values: Record<string, T>, key: string): T | undefined {
  return Object.hasOwn(values, key) ? values[key] : undefined;
}
