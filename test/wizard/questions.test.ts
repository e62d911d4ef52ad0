import { describe, expect, test } from 'vitest';
import { spec } from '../../src/cli/commands/init.spec.ts';
import { INIT_FLAGS, optionOf } from '../../src/cli/init-flags.ts';
import { agentOf } from '../../src/manifest/tree.ts';
import type { Manifest, ToolFacts } from '../../src/model/manifest.ts';
import { standingOf } from '../../src/wizard/flow.ts';
import { UNKNOWN } from '../../src/wizard/question.ts';
import { questions } from '../../src/wizard/questions.ts';
import { anyAgent, quickQuestions } from '../../src/wizard/quick.ts';
import { readingOf } from '../../src/wizard/reading.ts';

const all = [...quickQuestions, ...questions];
const blank = agentOf({ schemaVersion: 1, agent: { id: 'a' }, tools: { look: {} } }, '');

test('servers of which not every tool is known are named where tools are asked for', () => {
  const tools = questions.find(({ id }) => id === 'tools');
  const whyOf = (facts: Record<string, ToolFacts>) => {
    const agent = agentOf({ schemaVersion: 1, agent: { id: 'a' }, tools: facts }, 'a.agent.yaml');
    return tools?.whyHere?.(standingOf({ questions, found: [], blank: agent }, new Map()));
  };
  expect(whyOf({ 's/look': {} })).toBeUndefined();
  expect(whyOf({ 's/*': {}, 't/*': { access: 'deny' } })).toContain('not every tool of `s` is known');
  expect(whyOf({ 'a/*': {}, 'b/*': {}, 'c/*': {}, 'd/*': {}, 'e/*': {} })).toContain('`a`, `b`, `c`, 2 more servers');
});

test('each has a flag, and each flag a question', () => {
  expect(INIT_FLAGS.map(({ id }) => id).sort()).toEqual(all.map(({ id }) => id).sort());
  const options = spec.options.map(({ flags }) => /--([\w-]+)/.exec(flags)?.[1] ?? '');
  expect(new Set(options.map(optionOf)).size).toBe(options.length);
});

describe.each(all)('$id', (question) => {
  const start = { questions: quickQuestions.includes(question) ? quickQuestions : questions, found: [], blank };
  const standing = standingOf(start, new Map());

  test('fits a terminal of 80 columns, with its number', () => {
    for (const line of [question.text, question.why]) expect(line.length).toBeLessThanOrEqual(76);
    for (const { label } of question.options?.(standing) ?? []) expect(label.length).toBeLessThanOrEqual(70);
  });

  test('what Enter means is no safer for the agent than any other answer', () => {
    const otherwise = question.otherwise(standing);
    const tries = question.tries(standing).filter((answer) => answer !== UNKNOWN);
    if (tries.length === 0 || question.kind === 'number' || question.id === 'limits') return;
    // Of those that say how it is to run, the one that asks for more control lowers the tier.
    if (['review', 'files', 'sandbox', 'approvers', 'environment', 'initiation', 'concern'].includes(question.id))
      return;
    const ceilingWith = (answer: string) => {
      const { ceiling } = readingOf(answer === UNKNOWN ? standing.now : question.edit(blank, answer, blank));
      return ['light', 'medium', 'medium-plus', 'full'].indexOf(ceiling);
    };
    const worst = Math.max(...tries.map(ceilingWith));
    expect(ceilingWith(otherwise)).toBe(worst);
  });

  test('its flag lists what can be chosen', () => {
    const { choices } = INIT_FLAGS.find(({ id }) => id === question.id) ?? {};
    if (question.kind !== 'choice' || question.id === 'from') return;
    const values = question.options?.(standing).map(({ value }) => value) ?? [];
    expect(choices).toEqual(expect.arrayContaining(values));
  });
});

describe('what would serve better', () => {
  const write: ToolFacts = { effect: 'write', reversible: false, impact: 'high', egress: 'none', arbitrary: false };
  const recommended = (manifest: Partial<Manifest>) =>
    readingOf(
      agentOf({ schemaVersion: 1, agent: { id: 'a' }, inputs: { untrusted: false }, data: {}, tools: {}, ...manifest }),
    ).alternatives.map(({ id }) => id);

  test.each<[string, Partial<Manifest>, string[]]>([
    ['a runaway bill', { concern: 'cost', tools: { pay: write } }, ['cap-the-spend']],
    ['wrong answers', { concern: 'correctness', tools: { pay: write } }, ['check-the-answers']],
    ['harm', { concern: 'security', tools: { pay: write } }, []],
    [
      'only code is dangerous',
      { tools: { Bash: { arbitrary: true }, 's/look': { effect: 'read', egress: 'none' } } },
      ['hard-sandbox'],
    ],
    ['code and a payment', { tools: { Bash: { arbitrary: true }, 's/pay': write } }, []],
    [
      'nothing of production',
      {
        agent: { id: 'a', environment: 'staging' },
        data: { d: { classification: 'internal', source: 'staging' } },
        tools: { 's/pay': write },
      },
      ['stay-in-staging'],
    ],
    ['few writes', { autonomy: { review: 'none', actionsPerDay: 9 }, tools: { pay: write } }, ['confirm-each-write']],
    ['many writes', { autonomy: { review: 'none', actionsPerDay: 90 }, tools: { pay: write } }, []],
    ['writes of unknown number', { autonomy: { review: 'none' }, tools: { pay: write } }, []],
    [
      'few writes that a person sees already',
      { autonomy: { review: 'high-stakes', actionsPerDay: 9 }, tools: { pay: write } },
      [],
    ],
  ])('%s', (_, manifest, ids) => expect(recommended(manifest)).toEqual(ids));

  test('the three questions stand for an agent that is harmless but for the answers', () => {
    expect(readingOf(anyAgent)).toMatchObject({ floor: 'light', ceiling: 'full' });
  });
});
