// Makes options for `query` of the SDK out of the data of a policy, with a check before each tool.
import { homedir } from 'node:os';
import { basename, dirname, join, resolve } from 'node:path';
import { refusalOf } from '../claude-code/hook/answer.ts';
import { PROJECT_VARIABLE } from '../claude-code/servers.ts';
import { NOT_APPROVED } from './words.ts';

/** What `options.mjs` says. */
interface Fixed {
  /** Folder of `hook.json`; the policy lies above it. */
  here: string;
  options: object;
  /** Variables that servers need. */
  variables: readonly string[];
  /** Where the agent works, in the project. */
  folder: string;
}

interface How {
  /** Asks a person about one call, and resolves to true for a yes; nobody asked is a no. */
  approve?: (call: { tool: string; input: unknown }) => Promise<unknown>;
  project?: string;
}

/** Throws when a variable that a server needs is not set. */
export function optionsWith({ here, options, variables, folder }: Fixed, { approve, project }: How = {}): object {
  for (const name of variables) if (process.env[name] === undefined) throw new Error(`${name} is not set`);
  const root = project ?? projectOf(here);
  return {
    ...structuredClone(options),
    cwd: join(root, folder),
    env: { ...process.env, [PROJECT_VARIABLE]: root },
    hooks: { PreToolUse: [{ matcher: '*', hooks: [async (input: unknown) => answerTo(refusal(here, input))] }] },
    canUseTool: async (tool: string, input: unknown) =>
      (await saysYes(approve, tool, input))
        ? { behavior: 'allow', updatedInput: input }
        : { behavior: 'deny', message: NOT_APPROVED },
  };
}

function projectOf(here: string): string {
  const bundles = resolve(here, '../..');
  return basename(here) === 'agent-sdk' && basename(bundles) === '.stakes' ? dirname(bundles) : process.cwd();
}

/** Who cannot be asked has not said yes. */
async function saysYes(approve: How['approve'], tool: string, input: unknown): Promise<boolean> {
  try {
    return (await approve?.({ tool, input: structuredClone(input) })) === true;
  } catch {
    return false;
  }
}

function answerTo(reason: string | undefined): object {
  if (reason === undefined) return {};
  const decision = { hookEventName: 'PreToolUse', permissionDecision: 'deny', permissionDecisionReason: reason };
  return { hookSpecificOutput: decision };
}

/** `input` is what the SDK hands to a PreToolUse hook; undefined: the policy has nothing against the call. */
function refusal(folder: string, input: unknown): string | undefined {
  try {
    const machine = { platform: process.platform, env: process.env, home: process.env.HOME ?? homedir() };
    return refusalOf(JSON.stringify(input), { way: 'launcher', folder, machine, time: Date.now() });
  } catch (error) {
    const why = error instanceof Error ? error.message : 'for no known reason';
    return `every call is refused, because the check failed: ${why}`;
  }
}
