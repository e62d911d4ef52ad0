import { grantFor } from '../enforce/grant.ts';
import { sampleCall, violatingArguments } from '../enforce/sample.ts';
import type { AgentPolicy, Loss } from '../model/policy.ts';
import type { Expectation, Observation, Probe } from '../model/proof.ts';
import { judged } from './judge.ts';
import type { ProofJob } from './prover.ts';
import { EXPECTED, UNLISTED } from './server-calls.ts';

/** A call that an engine is asked about, and what the policy answers. */
export interface Asked {
  agent: string;
  tool: string;
  input: unknown;
  /** What is tried, in words; empty for a plain call. */
  attempt: string;
  expected: Expectation;
  /** The key of the grant that answers, such as `files/*`; undefined where there is none. */
  key: string | undefined;
}

/** What to ask about a policy: for each agent every tool that any agent has, with right and wrong arguments, and tools that nobody listed. */
export function askedOf({ policy }: Pick<ProofJob, 'policy'>): Asked[] {
  // What another agent may do is the likeliest thing to be let through by mistake.
  const all = Object.values(policy.agents).flatMap(({ tools }) => Object.keys(tools));
  return Object.values(policy.agents).flatMap((agent) => askedOfAgent(agent, all));
}

function askedOfAgent(agent: AgentPolicy, all: readonly string[]): Asked[] {
  const { id, tools, servers } = agent;
  const named = [...new Set([...Object.keys(tools), ...all])].filter((tool) => !tool.endsWith('/*'));
  const unlisted = Object.keys(servers).map((server) => `${server}/${UNLISTED}`);
  return [...named, ...unlisted, 'StakesUnlisted'].flatMap((tool): Asked[] => {
    const { key, grant } = grantFor(agent, tool) ?? {};
    const schema = grant?.arguments ?? null;
    const right = grant === undefined ? {} : sampleCall(grant);
    const wrong = schema === null || grant?.decision === 'deny' ? [] : violatingArguments(schema);
    return [
      {
        agent: id,
        tool,
        input: right,
        attempt: '',
        key,
        expected: grant === undefined ? 'refused' : EXPECTED[grant.decision],
      },
      ...wrong.map(({ pointer, value }): Asked => {
        const attempt = `with \`${pointer || '/'}\` outside of its schema`;
        return { agent: id, tool, input: value, attempt, expected: 'refused', key };
      }),
    ];
  });
}

/** The answer of an engine as a probe: a loss explains a difference only in the direction that it tells of. */
export function answered(asked: Asked, observed: Observation, by: string, losses: readonly Loss[]): Probe {
  const { input: _, key, ...seen } = asked;
  // Asked about the approved call as well, so what a person can let through is let through.
  if (asked.expected === 'refused' && observed === 'asked')
    return answered(asked, 'ran', `${by}, once approved`, losses);
  const own = losses.filter(
    ({ agent, tool }) => agent === asked.agent && (tool === asked.tool || (key !== undefined && tool === key)),
  );
  const isStricter = RANK[observed] > RANK[WANTED[asked.expected]];
  const isPlain = asked.attempt === '';
  const loss = own.find(
    ({ what, message }) =>
      message.startsWith('stricter: ') === isStricter && (isStricter || !isPlain || what !== 'arguments'),
  )?.message;
  return judged({ ...seen, observed, by, loss });
}

const RANK: Record<Observation, number> = { ran: 0, asked: 1, refused: 2, untried: 3 };
const WANTED: Record<Expectation, Observation> = { runs: 'ran', asks: 'asked', refused: 'refused' };
