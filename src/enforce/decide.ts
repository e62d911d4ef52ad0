import type { AgentPolicy, Grant, Policy } from '../model/policy.ts';
import { violationOf } from './arguments.ts';
import type { Call, State, Verdict, VerdictRule } from './call.ts';
import { costOf } from './cost.ts';
import { grantFor } from './grant.ts';
import { brokenLimit, isReadable, limitsFor } from './limits.ts';

/** Whether a call is let through, asks a person, or is refused. Knows nothing but its inputs and changes none of them. */
export function decide(policy: Policy, call: Call, state: State): Verdict {
  const { agent: id } = call;
  const agent = own(policy.agents, id);
  if (!agent || !own(policy.agents, policy.root))
    return refuse('unlisted-agent', `${named(id)} is no agent of this policy, so it may call nothing`);
  const found = typeof call.tool === 'string' ? grantFor(agent, call.tool) : undefined;
  if (!found) return refuse('unlisted-tool', `${named(call.tool)} is not granted to \`${id}\`${granted(agent)}`);
  const { key, grant } = found;
  const tool = shown(call.tool);
  if (grant.decision !== 'ask' && grant.decision !== 'allow')
    return refuse('denied', `\`${tool}\` is denied: ${grant.because}`, key);
  const values = call.arguments === undefined ? {} : call.arguments;
  const violation = grant.arguments === null ? undefined : violationOf(grant.arguments, values);
  if (violation) return refuse('arguments', `\`${tool}\` is refused: ${violation.message}`, key);
  const usd = costOf(grant.cost, values);
  if (typeof usd !== 'number') return refuse('arguments', `\`${tool}\` is refused: ${usd.must}`, key);
  if (!isReadable(state))
    return refuse(
      'state',
      `\`${tool}\` is refused, because what was called before cannot be read; a person must look`,
      key,
    );
  const pending = { tool, usd, maxCallsPerDay: grant.maxCallsPerDay };
  const broken = brokenLimit(limitsFor(policy, agent), pending, state);
  if (broken) return refuse(broken.rule, broken.message, key);
  return passed(grant, tool, key, usd);
}

function passed(grant: Grant, tool: string, key: string, usd: number): Verdict {
  const asks = grant.decision === 'ask';
  return {
    decision: asks ? 'ask' : 'allow',
    rule: asks ? 'asks' : 'allowed',
    message: asks
      ? `\`${tool}\` runs after a person has approved this very call: ${grant.because}`
      : `\`${tool}\` is allowed: ${grant.because}`,
    grant: key,
    usd,
  };
}

function refuse(rule: VerdictRule, message: string, grant: string | null = null): Verdict {
  return { decision: 'deny', rule, message, grant, usd: 0 };
}

function own<T>(map: Record<string, T>, key: string): T | undefined {
  return typeof key === 'string' && Object.hasOwn(map, key) ? map[key] : undefined;
}

const MOST_SHOWN = 100;
const MOST_NAMED = 8;

/** A name that the model chose, made fit for one line. */
function shown(name: string): string {
  const plain = /[^\x20-\x7e]|`/.test(name) ? name.replaceAll(/[^\x20-\x7e]|`/gu, '?') : name;
  return plain.length > MOST_SHOWN ? `${plain.slice(0, MOST_SHOWN)}…` : plain;
}

const named = (name: unknown) => (typeof name === 'string' ? `\`${shown(name)}\`` : 'a name that is not text');

function granted({ tools }: AgentPolicy): string {
  const open = Object.keys(tools).filter((tool) => tools[tool]?.decision !== 'deny');
  if (open.length === 0) return ', and neither is any other tool';
  return open.length > MOST_NAMED ? '' : `; it may call ${open.map((tool) => `\`${tool}\``).join(', ')}`;
}
