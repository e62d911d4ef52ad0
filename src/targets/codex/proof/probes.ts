import { isDeepStrictEqual } from 'node:util';
import type { AgentPolicy } from '../../../model/policy.ts';
import type { Expectation } from '../../../model/proof.ts';
import type { ToolCall } from '../../../probe/anthropic-wire.ts';
import type { OfferedTool } from '../../../probe/responses-wire.ts';
import type { ExecutedCall } from '../../../probe/stub.ts';
import { serverCalls } from '../../server-calls.ts';
import type { Plan } from '../plan.ts';
import { descriptionOf } from './staging.ts';

/** One call to try, and how to see that it ran. */
export interface Planned {
  tool: string;
  attempt: string;
  expected: Expectation;
  call: ToolCall;
  ran: (calls: readonly ExecutedCall[], text: string) => boolean;
}

/** `offered`: what Codex offers the model, under the names that it made. */
export function serverProbes(
  { agent, servers }: Plan,
  others: readonly AgentPolicy[],
  offered: readonly OfferedTool[],
): Planned[] {
  const aliases = new Map(servers.map(({ server, alias }) => [server, alias]));
  return serverCalls(agent, others).map(({ tool, server, name, attempt, expected, input }) => {
    const alias = aliases.get(server) ?? server;
    return {
      ...{ tool, attempt, expected, call: { ...nameIn(offered, alias, name), input } },
      ran: (calls) =>
        calls.some((call) => call.server === alias && call.tool === name && isDeepStrictEqual(call.input, input)),
    };
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
