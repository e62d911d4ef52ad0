import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { grantFor } from '../../../enforce/grant.ts';
import { sampleCall, violatingArguments } from '../../../enforce/sample.ts';
import type { Grant } from '../../../model/policy.ts';
import type { Expectation } from '../../../model/proof.ts';
import type { ToolCall } from '../../../probe/anthropic-wire.ts';
import type { JsonRecord } from '../../../probe/json.ts';
import type { ExecutedCall } from '../../../probe/stub.ts';
import { isGranted } from '../built-ins.ts';
import { split, toolName } from '../names.ts';
import type { Plan } from '../plan.ts';
import { type Stage, UNLISTED } from './staging.ts';

/** One call to try, and how to see that it ran. */
export interface Planned {
  tool: string;
  attempt: string;
  expected: Expectation;
  call: ToolCall;
  ran: (calls: readonly ExecutedCall[], text: string) => boolean;
}

/** Wrong arguments of one tool that are tried; each costs a turn. */
const WRONG_CALLS = 4;

const WORDS: Record<Grant['decision'], Expectation> = { allow: 'runs', ask: 'asks', deny: 'refused' };

export function serverProbes({ agent, aliases }: Plan, others: readonly string[]): Planned[] {
  const unlisted = Object.keys(agent.servers).map((server) => `${server}/${UNLISTED}`);
  const named = [
    ...Object.keys(agent.tools),
    ...others.filter((tool) => Object.hasOwn(agent.servers, split(tool).server)),
  ];
  const listed = named.filter((tool) => tool.includes('/') && !/\/[*@]/.test(tool));
  return [...new Set([...listed, ...unlisted])].flatMap((tool) => {
    const { server, name } = split(tool);
    const alias = aliases.get(server) ?? server;
    const grant = grantFor(agent, tool)?.grant;
    const schema = grant?.arguments ?? null;
    const probe = (attempt: string, expected: Expectation, input: JsonRecord): Planned => ({
      tool,
      attempt,
      expected,
      call: { name: toolName(alias, name), input },
      ran: (calls) =>
        calls.some((call) => call.server === alias && call.tool === name && isDeepStrictEqual(call.input, input)),
    });
    const right = probe('', WORDS[grant?.decision ?? 'deny'], (grant ? sampleCall(grant) : {}) as JsonRecord);
    if (schema === null || grant?.decision === 'deny') return [right];
    const wrong = violatingArguments(schema)
      .filter(({ value }) => typeof value === 'object' && value !== null && !Array.isArray(value))
      .slice(0, WRONG_CALLS);
    return [
      right,
      ...wrong.map(({ pointer, value }) =>
        probe(`with \`${pointer || '/'}\` outside of its schema`, 'refused', value as JsonRecord),
      ),
    ];
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
    return WORDS[STRICTNESS[Math.max(...decisions)] ?? 'deny'];
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
