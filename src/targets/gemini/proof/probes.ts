import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import type { AgentPolicy } from '../../../model/policy.ts';
import type { Expectation } from '../../../model/proof.ts';
import type { ToolCall } from '../../../probe/anthropic-wire.ts';
import type { JsonRecord } from '../../../probe/json.ts';
import type { ExecutedCall } from '../../../probe/stub.ts';
import { EXPECTED, serverCalls } from '../../server-calls.ts';
import { isGranted } from '../built-ins.ts';
import { toolName } from '../names.ts';
import type { Plan } from '../plan.ts';
import type { Stage } from './staging.ts';

/** One call to try, and how to see that it ran. */
export interface Planned {
  tool: string;
  attempt: string;
  expected: Expectation;
  call: ToolCall;
  ran: (calls: readonly ExecutedCall[], text: string) => boolean;
}

export function serverProbes({ agent, aliases }: Plan, others: readonly AgentPolicy[]): Planned[] {
  return serverCalls(agent, others).map(({ tool, server, name, attempt, expected, input }) => {
    const alias = aliases.get(server) ?? server;
    return {
      ...{ tool, attempt, expected, call: { name: toolName(alias, name), input } },
      ran: (calls) =>
        calls.some((call) => call.server === alias && call.tool === name && isDeepStrictEqual(call.input, input)),
    };
  });
}

const NAMES: Readonly<Record<string, readonly string[]>> = {
  read_file: ['read_file', 'Read'],
  write_file: ['write_file', 'Write'],
  run_shell_command: ['run_shell_command', 'shell', 'Bash'],
  web_fetch: ['web_fetch', 'WebFetch'],
};
const STRICTNESS = ['allow', 'ask', 'deny'] as const;

/** Gemini CLI's own tools: what the policy grants, and what no grant may reach. */
export function ownToolProbes({ agent, rules }: Plan, { workspace, inside, outside }: Stage): Planned[] {
  const held = (tool: string) => (NAMES[tool] ?? []).filter((name) => Object.hasOwn(agent.tools, name));
  const wanted = (tool: string): Expectation => {
    const decisions = held(tool).map((name) => STRICTNESS.indexOf(agent.tools[name]?.decision ?? 'deny'));
    return EXPECTED[STRICTNESS[Math.max(...decisions)] ?? 'deny'];
  };
  const probe = (
    tool: string,
    attempt: string,
    input: JsonRecord,
    ran: Planned['ran'],
    expected = wanted(tool),
  ): Planned => ({ tool: held(tool)[0] ?? tool, attempt, expected, call: { name: tool, input }, ran });
  const shows =
    (text: string): Planned['ran'] =>
    (_, said) =>
      said.includes(text);
  const write = (attempt: string, path: string, expected?: Expectation): Planned => {
    const file = join(workspace.project, path);
    return probe('write_file', attempt, { file_path: path, content: 'WRITTEN' }, () => existsSync(file), expected);
  };
  const reads = isGranted(rules, 'read_file');
  return [
    probe('read_file', '', { file_path: inside.path }, shows(inside.text)),
    ...(reads
      ? [probe('read_file', 'a file elsewhere', { file_path: outside.path }, shows(outside.text), 'refused')]
      : []),
    write('a new file', 'stakes-new.txt'),
    write('into `.stakes`', '.stakes/stakes-new.json', 'refused'),
    write('a manifest', 'new.agent.yaml', 'refused'),
    probe('run_shell_command', '', { command: 'echo STAKES-$((40 + 2))', description: 'probe' }, shows('STAKES-42')),
    probe('save_memory', '', { fact: 'STAKES' }, (_, said) => !REFUSAL.test(said), 'refused'),
    probe(
      'invoke_agent',
      '',
      { agent_name: 'codebase_investigator', prompt: 'probe' },
      (_, said) => !REFUSAL.test(said),
      'refused',
    ),
  ];
}

/** What Gemini CLI says when it does not let a call through, as seen in 0.61. */
export const REFUSAL =
  /denied|not found|not available|Unknown tool|requires user confirmation|outside|not within|must be within|Access|blocked/i;
