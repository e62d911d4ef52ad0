import { readFileSync } from 'node:fs';
import { isDeepStrictEqual } from 'node:util';
import { grantFor } from '../../../enforce/grant.ts';
import { sampleCall, violatingArguments } from '../../../enforce/sample.ts';
import type { AgentPolicy, Grant } from '../../../model/policy.ts';
import type { Expectation } from '../../../model/proof.ts';
import type { ToolCall } from '../../../probe/anthropic-wire.ts';
import type { JsonRecord } from '../../../probe/json.ts';
import { mcpRule, split } from '../names.ts';
import type { ClaudeOutcome } from './session.ts';
import type { Stage } from './staging.ts';

/** One call to try, and how to see that it ran. */
export interface Planned {
  agent: string;
  tool: string;
  attempt: string;
  expected: Expectation;
  call: ToolCall;
  ran: (outcome: Pick<ClaudeOutcome, 'calls'>, text: string) => boolean;
}

/** A tool that no manifest lists. */
export const UNLISTED = 'stakes_unlisted';

/** Wrong arguments of one tool that are tried; each costs a turn. */
const WRONG_CALLS = 4;

const WORDS: Record<Grant['decision'], Expectation> = { allow: 'runs', ask: 'asks', deny: 'refused' };

/** `others`: tools that other agents of the policy may call, the likeliest to be let through by mistake. */
export function serverProbes(
  agent: AgentPolicy,
  others: readonly string[],
  nameOf: (server: string) => string,
): Planned[] {
  const named = [
    ...Object.keys(agent.tools),
    ...others.filter((tool) => Object.hasOwn(agent.servers, split(tool).server)),
  ];
  const listed = [...new Set(named)].filter((tool) => tool.includes('/') && !/\/[*@]/.test(tool));
  const unlisted = Object.keys(agent.servers).map((server) => `${server}/${UNLISTED}`);
  return [...listed, ...unlisted].flatMap((tool) => {
    const { server, name } = split(tool);
    const grant = grantFor(agent, tool)?.grant;
    const schema = grant?.arguments ?? null;
    const probe = (attempt: string, expected: Expectation, input: JsonRecord): Planned => ({
      agent: agent.id,
      tool,
      attempt,
      expected,
      call: { name: mcpRule(nameOf(server), name), input },
      ran: ({ calls }) =>
        calls.some(
          (call) => call.server === nameOf(server) && call.tool === name && isDeepStrictEqual(call.input, input),
        ),
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

/**
 * The client's own tools: what the policy grants, and what no grant may reach. `shared`: in a file that only narrows what
 * a user allows, which cannot hold a tool to hosts.
 */
export function ownToolProbes(agent: AgentPolicy, stage: Stage, shared: boolean): Planned[] {
  const { inside, outside, file } = stage;
  const expectedOf = (tool: string): Expectation =>
    WORDS[Object.hasOwn(agent.tools, tool) ? (agent.tools[tool]?.decision ?? 'deny') : 'deny'];
  const shows =
    (text: string): Planned['ran'] =>
    (_, said) =>
      said.includes(text);
  const probe = (tool: string, attempt: string, input: JsonRecord, ran: Planned['ran'], expected?: Expectation) => ({
    agent: agent.id,
    tool,
    attempt,
    expected: expected ?? expectedOf(tool),
    call: { name: tool, input },
    ran,
  });
  const write = (path: string, attempt: string, expected?: Expectation): Planned => {
    const target = file(path);
    return probe('Write', attempt, { file_path: target, content: 'WRITTEN' }, () => holds(target, 'WRITTEN'), expected);
  };
  const shell = (attempt: string, command: string, ran: Planned['ran'], expected?: Expectation): Planned =>
    probe('Bash', attempt, { command, description: attempt || 'probe' }, ran, expected);
  return [
    probe('Read', 'a file of the project', { file_path: inside.path }, shows(inside.text)),
    probe('Read', 'a file elsewhere', { file_path: outside.path }, shows(outside.text), 'refused'),
    probe('Grep', 'the project', { pattern: 'STAKES-', output_mode: 'content' }, shows(inside.text)),
    write(`new-${agent.id}.txt`, 'a new file'),
    write('.stakes/new.json', 'into `.stakes`', 'refused'),
    write('new.agent.yaml', 'a manifest', 'refused'),
    write('.claude/settings.json', "the client's settings", 'refused'),
    shell('', `cat ${inside.name}`, shows(inside.text)),
    // Out of sight of the rules, so that only the sandbox can stop it.
    shell('a read elsewhere, by a script', 'sh peek.sh', shows(outside.text), 'refused'),
    ...(shared && expectedOf('WebFetch') !== 'refused'
      ? []
      : [
          probe(
            'WebFetch',
            'an unlisted host',
            { url: 'https://stakes.invalid:9/', prompt: 'probe' },
            (_, said) => !REFUSAL.test(said),
            'refused',
          ),
        ]),
  ];
}

/** What the client says when it does not let a call through, as seen in 2.1.330. */
export const REFUSAL =
  /No such tool|requested permissions|denied|not found|needs approval|blocks (?:reads|writes)|hook/i;

/** Ends in a question, had there been a person. */
export const QUESTION = /requested permissions|haven't granted|needs approval|requires approval/i;

function holds(path: string, text: string): boolean {
  try {
    return readFileSync(path, 'utf8').includes(text);
  } catch {
    return false;
  }
}
