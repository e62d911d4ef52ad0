import { isRecord } from '../../../source/record.ts';

/** What Claude Code says of a call. */
export interface HookCall {
  session: string;
  /** Claude Code's name of the tool. */
  tool: string;
  arguments: unknown;
  /** The type of the subagent that calls; undefined: the root. */
  subagent: string | undefined;
}

/** Undefined for all but a call as Claude Code describes it. */
export function readCall(text: string): HookCall | undefined {
  const value = parsed(text);
  if (!isRecord(value) || value.hook_event_name !== 'PreToolUse') return undefined;
  const { session_id: session, tool_name: tool, tool_input: input, agent_id: agent, agent_type: type } = value;
  if (!isName(session) || !isName(tool)) return undefined;
  // The root may have a type too: the one it was started with.
  if (agent === undefined) return { session, tool, arguments: input, subagent: undefined };
  return { session, tool, arguments: input, subagent: typeof type === 'string' ? type : '' };
}

function isName(value: unknown): value is string {
  return typeof value === 'string' && value !== '' && value.length <= 1000;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}
