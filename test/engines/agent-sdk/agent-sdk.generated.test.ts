import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { expect, test } from 'vitest';
import type { Observation } from '../../../src/model/proof.ts';
import { target } from '../../../src/targets/agent-sdk/target.ts';
import type { Permissions } from '../../../src/targets/claude-code/permissions.ts';
import { byRules, nameOf } from '../claude-rules.ts';
import { type Ask, compare } from '../generated-policies.ts';
import { written } from '../written.ts';

/** What the generated module hands to the SDK. */
interface Options {
  tools: string[];
  permissionMode: string;
  settings: { permissions: Permissions };
  hooks: { PreToolUse: { hooks: ((input: unknown) => Promise<{ hookSpecificOutput?: object }>)[] }[] };
  canUseTool: (tool: string, input: unknown) => Promise<{ behavior: string; updatedInput?: unknown }>;
}

/** The generated module in this very process: its check of each call, the rules behind it, and who is asked. */
const ask: Ask = async (made, files, questions) => {
  const { folder, machine } = written('agent-sdk', made, files);
  process.env.XDG_STATE_HOME = machine.env.XDG_STATE_HOME ?? '';
  const { optionsFor } = (await import(pathToFileURL(join(folder, 'options.mjs')).href)) as {
    optionsFor: (how: object) => Options;
  };
  let asked: unknown;
  const approve = async (call: unknown) => {
    asked = call;
    return true;
  };
  const { hooks, tools, permissionMode, settings, canUseTool } = optionsFor({ approve });
  const rules = {
    permissions: settings.permissions,
    builtIns: tools,
    asksRest: permissionMode !== 'dontAsk',
  };
  const check = hooks.PreToolUse[0]?.hooks[0];
  const answers: Observation[] = [];
  for (const { tool, arguments: input } of questions) {
    const name = nameOf(tool);
    const call = { hook_event_name: 'PreToolUse', session_id: 's', tool_name: name, tool_input: input };
    const told = await check?.(call);
    const observed = told?.hookSpecificOutput === undefined ? byRules(rules, name) : 'refused';
    answers.push(told === undefined ? 'untried' : observed);
    if (observed !== 'asked') continue;
    // Who is asked sees the very call, and what runs after a yes is no other.
    expect(await canUseTool(name, input)).toEqual({ behavior: 'allow', updatedInput: input });
    expect(asked).toEqual({ tool: name, input });
  }
  return answers;
};

test('ten thousand calls of generated policies get the same verdict, or a loss says why', async () => {
  const { decisions, verdicts } = await compare({ target, ask, takes: ({ agent }) => agent === 'root' });
  expect(decisions).toBeGreaterThanOrEqual(10_000);
  expect(verdicts.looser).toBe(0);
});
