import fc from 'fast-check';
import { decide } from '../../src/enforce/decide.ts';
import { grantFor } from '../../src/enforce/grant.ts';
import { sampleCall, violatingArguments } from '../../src/enforce/sample.ts';
import { agent, grant, policy, server } from '../../src/model/policy.fixture.ts';
import type { AgentPolicy, Grant, Loss, Policy } from '../../src/model/policy.ts';
import type { Expectation, Observation } from '../../src/model/proof.ts';
import type { EmittedFile, Target } from '../../src/targets/define.ts';
import { isNarrower } from '../../src/targets/explained.ts';
import { judged } from '../../src/targets/judge.ts';
import { valuesNear } from '../arbitraries/arguments.ts';
import { note } from './figures.ts';
import { schemas } from './generated-schemas.ts';

/** A call that an engine is asked about; the arguments are plain JSON. */
export interface Question {
  agent: string;
  tool: string;
  arguments: Record<string, unknown>;
}

/** An engine with the files of one policy. It answers in the order of the questions. */
export type Ask = (
  policy: Policy,
  files: readonly EmittedFile[],
  questions: readonly Question[],
) => Promise<Observation[]> | Observation[];

export interface Comparison {
  target: Target;
  ask: Ask;
  /** At least so many decisions. */
  decisions?: number;
  seed?: number;
  /** False for an engine that cannot be asked about such a call at all, which must then be a loss of its own. */
  takes?: (question: Question) => boolean;
}

/** How an engine's answers stand against the policy. */
export interface Compared {
  policies: number;
  decisions: number;
  expected: Record<Expectation, number>;
  verdicts: { holds: number; stricter: number; looser: number };
}

/** Asks an engine about generated policies. Throws at the first difference that no loss explains. */
export async function compare({ target, ask, decisions = 10_000, seed = 1, takes }: Comparison): Promise<Compared> {
  const seen: Compared = {
    policies: 0,
    decisions: 0,
    expected: { runs: 0, asks: 0, refused: 0 },
    verdicts: { holds: 0, stricter: 0, looser: 0 },
  };
  for (let round = 0; seen.decisions < decisions; round++) {
    const [made] = fc.sample(policies, { seed: seed + round, numRuns: 1 });
    if (made === undefined) throw new Error('no policy was generated');
    const { files, losses } = target.emit(made);
    const questions = questionsOf(made, seed + round).filter((question) => takes?.(question) ?? true);
    const answers = await ask(made, files, questions);
    if (answers.length !== questions.length) throw new Error(`${answers.length} answers to ${questions.length} calls`);
    seen.policies++;
    for (const [at, question] of questions.entries()) record(seen, made, question, answers[at] ?? 'untried', losses);
  }
  assertVaried(seen);
  const { holds, stricter, looser } = seen.verdicts;
  note('generated', {
    target: target.id,
    policies: seen.policies,
    asked: seen.decisions,
    'as the policy': holds,
    'stricter, declared': stricter,
    'looser, declared': looser,
    otherwise: 0,
  });
  return seen;
}

function record(seen: Compared, made: Policy, question: Question, answer: Observation, losses: readonly Loss[]): void {
  const expected = expectedOf(made, question);
  // A decision in process is no session without a person: what a person can let through here would run.
  const observed = expected === 'refused' && answer === 'asked' ? 'ran' : answer;
  const all = losses.filter((loss) => explains(loss, made, question));
  // In this order: what runs less than it should is not explained by what lets more through.
  const tried = [undefined, ...all].map((loss) => ({
    loss,
    probe: judged({ ...question, attempt: '', expected, observed, by: '', loss: loss?.message }),
  }));
  const right = tried.find(({ loss, probe: { verdict } }) => {
    if (verdict === 'mismatch') return false;
    return verdict === 'holds' || (loss !== undefined && isNarrower(loss)) === (verdict === 'stricter');
  });
  if (right === undefined || right.probe.verdict === 'mismatch') {
    const own = made.agents[question.agent];
    const granted = own === undefined ? undefined : grantFor(own, question.tool);
    const told = all.map(({ message }) => message);
    throw new Error(JSON.stringify({ observed, expected, question, granted, told }, null, 2));
  }
  seen.decisions++;
  seen.expected[expected]++;
  seen.verdicts[right.probe.verdict]++;
}

/** The policy's own answer, before anything is counted. */
export function expectedOf(made: Policy, { agent: id, tool, arguments: input }: Question): Expectation {
  const fresh = {
    callsLastMinute: 0,
    callsToday: 0,
    repeats: 0,
    toolUsdToday: 0,
    sessionSeconds: 0,
    subagentsStarted: 0,
  };
  const { decision } = decide(made, { agent: id, tool, arguments: input }, fresh);
  return ({ allow: 'runs', ask: 'asks', deny: 'refused' } as const)[decision];
}

/** Whether a loss is about this very call, or about every call of the agent. */
function explains(loss: Loss, made: Policy, { agent: id, tool }: Question): boolean {
  if (loss.agent !== undefined && loss.agent !== id) return false;
  const own = made.agents[id];
  const key = own === undefined ? undefined : grantFor(own, tool)?.key;
  if (loss.tool !== undefined) return loss.tool === tool || loss.tool === key;
  return OF_ALL_CALLS.includes(loss.what);
}

const OF_ALL_CALLS = ['arguments', 'approval-gates', 'deny-by-default', 'tools'];

/** Comparing denials alone, or a loss alone, would prove nothing. */
function assertVaried({ decisions, expected, verdicts }: Compared): void {
  const few = Object.entries(expected).find(([, count]) => count < decisions / 20);
  if (few) throw new Error(`only ${few[1]} of ${decisions} calls are expected to be: ${few[0]}`);
  if (verdicts.holds < decisions / 2) throw new Error(`only ${verdicts.holds} of ${decisions} calls hold`);
}

const SERVERS = ['files', 'mail'] as const;
const TOOLS = ['files/read_doc', 'files/update_doc', 'files/delete-doc', 'mail/send', 'mail/list', 'Bash'] as const;
const ASKED = [...TOOLS, 'files/unlisted', 'mail/delete_doc', 'Read'] as const;

const grants: fc.Arbitrary<Grant> = fc
  .tuple(fc.constantFrom('allow', 'allow', 'ask', 'ask', 'deny'), fc.option(schemas, { freq: 3 }), fc.boolean())
  .map(([decision, schema, isHigh]) =>
    grant(decision, {
      arguments: schema,
      effect: isHigh ? 'write' : 'read',
      highStakes: isHigh ? ['cannot be undone'] : [],
    }),
  );

const agents = (id: string): fc.Arbitrary<AgentPolicy> =>
  fc
    .tuple(fc.dictionary(fc.constantFrom(...TOOLS), grants, { minKeys: 3, noNullPrototype: true }), fc.boolean())
    .map(([tools, attended]) =>
      agent(id, {
        tools,
        attended,
        servers: Object.fromEntries(SERVERS.map((name) => [name, server('node', ['server.mjs'])])),
        approvals: {
          approvers: ['oncall'],
          channel: 'inbox',
          expiresSeconds: 900,
          singleUse: true,
          boundToArguments: true,
        },
      }),
    );

const policies: fc.Arbitrary<Policy> = fc
  .tuple(agents('root'), fc.option(agents('helper')))
  .map(([root, helper]) => policy(helper === null ? [root] : [{ ...root, subagents: { helper: 'helper' } }, helper]));

/** Calls around every grant: what fits, each way of leaving the schema, values near its bounds; and tools that nobody listed. */
function questionsOf(made: Policy, seed: number): Question[] {
  return Object.values(made.agents).flatMap((own) =>
    ASKED.flatMap((tool) => {
      const granted = grantFor(own, tool)?.grant;
      const schema = granted?.arguments ?? null;
      const right = granted === undefined ? {} : sampleCall(granted);
      const around =
        schema === null
          ? [{ id: 'prod-1' }]
          : [
              ...violatingArguments(schema).map(({ value }) => value),
              ...fc.sample(valuesNear(schema), { seed, numRuns: 6 }),
            ];
      const all = [right, {}, ...around].filter(isPlain);
      const distinct = new Map(all.map((input) => [JSON.stringify(input), input]));
      return [...distinct.keys()].map((text): Question => ({ agent: own.id, tool, arguments: JSON.parse(text) }));
    }),
  );
}

/** What a call's arguments can be in JSON: an object, and text that has an encoding. */
function isPlain(value: unknown): value is Record<string, unknown> {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return false;
  const text = JSON.stringify(value);
  return !/\\ud[89a-f]/i.test(text) && !text.includes('"__proto__"');
}
