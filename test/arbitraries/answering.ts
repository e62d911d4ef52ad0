import fc from 'fast-check';
import { agentOf } from '../../src/manifest/tree.ts';
import type { Start } from '../../src/wizard/flow.ts';
import { type Question, type Standing, UNKNOWN } from '../../src/wizard/question.ts';
import { questions } from '../../src/wizard/questions.ts';
import { anyAgent, quickQuestions } from '../../src/wizard/quick.ts';
import { manifests, smallManifests } from './manifest.ts';
import { dice } from './styled.ts';

const nothing = () => agentOf({ schemaVersion: 1, agent: { id: 'blank' }, tools: {} }, '');

/** Of the three questions, of an empty folder, and of a folder in which agents were found. */
export const starts: fc.Arbitrary<Start> = fc.oneof(
  {
    weight: 1,
    arbitrary: fc.constant({
      questions: quickQuestions,
      found: [],
      blank: anyAgent,
      [fc.toStringMethod]: () => 'quick',
    } as Start),
  },
  {
    weight: 2,
    arbitrary: fc
      .constantFrom(0)
      .map(() => ({ questions, found: [], blank: nothing(), [fc.toStringMethod]: () => 'nothing' }) as Start),
  },
  {
    weight: 5,
    arbitrary: fc.oneof(smallManifests, manifests()).map((manifest) => {
      const agent = agentOf(manifest, 'found.agent.yaml');
      return {
        questions,
        found: [{ id: agent.id, agent, sources: ['.mcp.json'] }],
        blank: nothing(),
        [fc.toStringMethod]: () => JSON.stringify(manifest),
      } as Start;
    }),
  },
);

const TYPED: Readonly<Record<string, readonly string[]>> = {
  id: ['desk', 'a-1'],
  tools: ['Read', 'look,send,Bash', 'a/look,a/send,Bash', 'Read,b/query'],
  files: ['./kb', 'none'],
  sandbox: ['runbooks/agents.md'],
  approvers: ['oncall,lead'],
  volume: ['5', '400'],
  spend: ['10'],
};

/** Everything that a person could say to a question, by a few examples. */
export function possible(question: Question, standing: Standing): string[] {
  const values = (question.options?.(standing) ?? []).map(({ value }) => value);
  const said =
    question.kind === 'choice'
      ? values
      : question.kind === 'names'
        ? ['all', 'none', ...values, values.slice(0, 2).join(',')]
        : (TYPED[question.id] ?? []);
  const otherwise = question.otherwise(standing);
  return [...new Set([...said, otherwise, ...(question.needed ? [] : [UNKNOWN])])];
}

/** A person who answers by the dice. */
export function answering(seed: number): (question: Question, standing: Standing) => string {
  const roll = dice(seed);
  return (question, standing) => {
    const all = possible(question, standing);
    return all[roll(all.length)] ?? UNKNOWN;
  };
}
