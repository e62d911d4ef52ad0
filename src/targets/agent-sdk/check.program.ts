// What the options call before each tool: why the policy beside it does not let a call through.
import { homedir } from 'node:os';
import { refusalOf } from '../claude-code/hook/answer.ts';

/** `input` is what the SDK hands to a PreToolUse hook; undefined: the policy has nothing against the call. */
export function refusal(folder: string, input: unknown): string | undefined {
  try {
    const machine = { platform: process.platform, env: process.env, home: process.env.HOME ?? homedir() };
    return refusalOf(JSON.stringify(input), { way: 'launcher', folder, machine, time: Date.now() });
  } catch (error) {
    const why = error instanceof Error ? error.message : 'for no known reason';
    return `every call is refused, because the check failed: ${why}`;
  }
}
