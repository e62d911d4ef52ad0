import { grantFor } from '../enforce/grant.ts';
import { sampleCall, violatingArguments } from '../enforce/sample.ts';
import type { AgentPolicy, Grant } from '../model/policy.ts';
import type { Expectation } from '../model/proof.ts';
import type { JsonRecord } from '../probe/json.ts';

/** One call of a server's tool that a proof tries, and what the policy says of it. */
export interface ServerCall {
  agent: string;
  /** `server/name`. */
  tool: string;
  server: string;
  name: string;
  /** What was tried, in words; empty for a plain call. */
  attempt: string;
  expected: Expectation;
  input: JsonRecord;
}

/** A tool that no manifest lists. */
export const UNLISTED = 'stakes_unlisted';

/** Wrong arguments of one tool that are tried; each costs a turn. */
const WRONG_CALLS = 4;

export const EXPECTED: Record<Grant['decision'], Expectation> = { allow: 'runs', ask: 'asks', deny: 'refused' };

/**
 * Every tool that the agent's policy names, with arguments inside and outside of their schema, what other agents may call
 * of its servers, and one unlisted tool of each server.
 */
export function serverCalls(agent: AgentPolicy, others: readonly AgentPolicy[]): ServerCall[] {
  const theirs = others.flatMap(({ tools }) => Object.keys(tools));
  const named = [...Object.keys(agent.tools), ...theirs.filter((tool) => Object.hasOwn(agent.servers, serverOf(tool)))];
  const listed = [...new Set(named)].filter((tool) => tool.includes('/') && !/\/[*@]/.test(tool));
  const unlisted = Object.keys(agent.servers).map((server) => `${server}/${UNLISTED}`);
  return [...listed, ...unlisted].flatMap((tool) => callsOf(agent, tool));
}

function callsOf(agent: AgentPolicy, tool: string): ServerCall[] {
  const grant = grantFor(agent, tool)?.grant;
  const call = (attempt: string, expected: Expectation, input: JsonRecord): ServerCall => ({
    ...{ agent: agent.id, tool, server: serverOf(tool), name: tool.slice(tool.indexOf('/') + 1) },
    ...{ attempt, expected, input },
  });
  const right = call('', EXPECTED[grant?.decision ?? 'deny'], (grant ? sampleCall(grant) : {}) as JsonRecord);
  const schema = grant?.arguments ?? null;
  if (schema === null || grant?.decision === 'deny') return [right];
  const wrong = violatingArguments(schema)
    .filter(({ value }) => typeof value === 'object' && value !== null && !Array.isArray(value))
    .slice(0, WRONG_CALLS);
  return [
    right,
    ...wrong.map(({ pointer, value }) =>
      call(`with \`${pointer || '/'}\` outside of its schema`, 'refused', value as JsonRecord),
    ),
  ];
}

function serverOf(tool: string): string {
  return tool.slice(0, Math.max(0, tool.indexOf('/')));
}

/** All that a stub of this server has to offer for such calls. */
export function offeredBy(server: string, agents: readonly AgentPolicy[]): string[] {
  const tools = agents.flatMap((agent) =>
    Object.keys(agent.tools).filter((tool) => serverOf(tool) === server && !/\/[*@]/.test(tool)),
  );
  return [...new Set([...tools.map((tool) => tool.slice(tool.indexOf('/') + 1)), UNLISTED])];
}
