import { isDeepStrictEqual } from 'node:util';
import { grantFor } from '../../../enforce/grant.ts';
import { sampleCall, violatingArguments } from '../../../enforce/sample.ts';
import type { Grant } from '../../../model/policy.ts';
import type { Expectation } from '../../../model/proof.ts';
import type { ToolCall } from '../../../probe/anthropic-wire.ts';
import type { JsonRecord } from '../../../probe/json.ts';
import type { OfferedTool } from '../../../probe/responses-wire.ts';
import type { ExecutedCall } from '../../../probe/stub.ts';
import { split } from '../names.ts';
import type { Plan } from '../plan.ts';
import { descriptionOf, UNLISTED } from './staging.ts';

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

export const WORDS: Record<Grant['decision'], Expectation> = { allow: 'runs', ask: 'asks', deny: 'refused' };

/** `offered`: what Codex offers the model, under the names that it made. `others`: tools that other agents may call. */
export function serverProbes(plan: Plan, others: readonly string[], offered: readonly OfferedTool[]): Planned[] {
  const { agent } = plan;
  const aliases = new Map(plan.servers.map(({ server, alias }) => [server, alias]));
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
      call: { ...nameIn(offered, alias, name), input },
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

/** Codex puts a number of its own behind names that would be the same; one that is not offered is called by the plain rule. */
function nameIn(offered: readonly OfferedTool[], alias: string, name: string): Pick<ToolCall, 'name' | 'namespace'> {
  const found = offered.find(({ description }) => description === descriptionOf(alias, name));
  if (found !== undefined) return { namespace: found.namespace, name: found.name };
  return { namespace: `mcp__${plain(alias)}`, name: plain(name) };
}

function plain(name: string): string {
  return name.replace(/[^a-zA-Z0-9_]/g, '_');
}
