import fc from 'fast-check';
import { expect, test } from 'vitest';
import { assess } from '../../src/assess/assess.ts';
import { inReadingOrder, yamlOf } from '../../src/import/write.ts';
import { readAgents } from '../../src/manifest/read-agents.ts';
import { agentsOf } from '../../src/manifest/tree.ts';
import { faultOf, type Start, standingOf, stepOf, told } from '../../src/wizard/flow.ts';
import { type Answers, type Question, UNKNOWN } from '../../src/wizard/question.ts';
import { fingerprint, type Reading, readingOf } from '../../src/wizard/reading.ts';
import { sampled } from '../../src/wizard/sample.ts';
import { talk } from '../../src/wizard/session.ts';
import { answering, possible, starts } from '../arbitraries/answering.ts';
import { CASES, holds } from '../arbitraries/cases.ts';
import { dice, seeds } from '../arbitraries/styled.ts';

const MOST = 20;
const cases = fc.tuple(starts, seeds);
// Each case asks a whole questionnaire, and each question tries out every other.
const few = Math.ceil(CASES / 10);

interface Asked {
  question: Question;
  before: Answers;
}

/** Answers by the dice until nothing is asked any more. */
function walked(start: Start, seed: number): { asked: Asked[]; answers: Answers } {
  const say = answering(seed);
  const answers = new Map<string, string>();
  const asked: Asked[] = [];
  for (;;) {
    const step = stepOf(start, answers);
    if (step.state === 'done') return { asked, answers };
    const { question, standing } = step;
    expect(asked.map((each) => each.question.id)).not.toContain(question.id);
    asked.push({ question, before: new Map(answers) });
    let answer = say(question, standing);
    for (let tries = 0; faultOf(start, answers, question, answer) !== undefined; tries++) {
      if (tries > 50) throw new Error(`nothing that is said to \`${question.id}\` will do`);
      answer = say(question, standing);
    }
    answers.set(question.id, answer);
  }
}

const read = (start: Start, answers: Answers): Reading => standingOf(start, answers).reading;

test('every sequence of answers comes to an end', () => {
  holds(cases, ([start, seed]) => expect(walked(start, seed).asked.length).toBeLessThanOrEqual(MOST), few);
});

test('the order in which answers are given does not matter', () => {
  holds(
    cases,
    ([start, seed]) => {
      const { answers } = walked(start, seed);
      const turned = new Map([...answers].reverse());
      expect(standingOf(start, turned).now.manifest).toEqual(standingOf(start, answers).now.manifest);
    },
    few,
  );
});

test('a manifest that is written has the tier that was shown', () => {
  holds(
    cases,
    ([start, seed]) => {
      const { now, reading } = standingOf(start, walked(start, seed).answers);
      if (agentsOf(now).length > 1) return;
      const read = readAgents('a.agent.yaml', yamlOf(inReadingOrder(now.manifest), ['a comment']));
      const agent = read.state === 'ok' ? read.value[0] : undefined;
      expect(read.state === 'ok' ? [] : read).toEqual([]);
      if (!agent) return;
      const { floor, ceiling, controls } = assess(agent);
      expect({ floor, ceiling, missing: controls.missing.map(({ id }) => id) }).toEqual({
        floor: reading.floor,
        ceiling: reading.ceiling,
        missing: reading.missing,
      });
    },
    few,
  );
});

test('what is asked could change something', () => {
  holds(
    cases,
    ([start, seed]) => {
      const { asked } = walked(start, seed);
      for (const { question, before } of asked) {
        const standing = standingOf(start, before);
        if (question.needed || question.always?.(standing)) continue;
        expect([question.id, couldChange(start, before, question, seed)]).toEqual([question.id, true]);
      }
    },
    few,
  );
});

/** Is there a way to answer the other questions by which two answers to this one come to something else? */
function couldChange(start: Start, before: Answers, question: Question, seed: number): boolean {
  const standing = standingOf(start, before);
  const answers = possible(question, standing);
  const others = start.questions.filter(
    (other) =>
      other !== question && !before.has(other.id) && other.applies(standing) && other.tries(standing).length > 0,
  );
  const roll = dice(seed);
  const at = (pick: (tries: readonly string[]) => string | undefined) =>
    new Map(others.map((other) => [other.id, pick(other.tries(standing)) ?? UNKNOWN]));
  const settings: Answers[] = [new Map(), at((tries) => tries[0]), at((tries) => tries.at(-1))];
  for (let turn = 0; turn < others.length; turn++) {
    const worst = new Set(others.slice(0, turn).map(({ id }) => id));
    settings.push(
      new Map(
        others.map((other) => [
          other.id,
          (worst.has(other.id) ? other.tries(standing).at(-1) : other.tries(standing)[0]) ?? UNKNOWN,
        ]),
      ),
    );
  }
  for (let turn = 0; turn < 60; turn++) settings.push(at((tries) => tries[roll(tries.length)]));
  return settings.some((rest) => {
    const seen = answers.map((answer) =>
      fingerprint(read(start, new Map([...before, ...rest, [question.id, answer]]))),
    );
    return new Set(seen).size > 1;
  });
}

test('what is not asked could change nothing', () => {
  holds(
    cases,
    ([start, seed]) => {
      const { answers } = walked(start, seed);
      const standing = standingOf(start, answers);
      const { floor, ceiling } = standing.reading;
      const left = start.questions.filter((question) => !answers.has(question.id) && question.applies(standing));
      const roll = dice(seed + 1);
      for (let turn = 0; turn < 10; turn++) {
        const more = left.map((question): [string, string] => {
          const all = possible(question, standing).filter(
            (answer) => faultOf(start, answers, question, answer) === undefined,
          );
          return [question.id, all[roll(all.length)] ?? UNKNOWN];
        });
        const after = read(start, new Map([...answers, ...more]));
        expect({ more, floor: after.floor, ceiling: after.ceiling }).toEqual({ more, floor, ceiling });
      }
    },
    few,
  );
});

test('what answers about all tools lead to is read from a sample as from the whole', () => {
  holds(
    cases,
    ([start, seed]) => {
      const { asked } = walked(start, seed);
      const roll = dice(seed + 3);
      for (const { before } of asked) {
        const standing = standingOf(start, before);
        const { base, now } = standing;
        const open = start.questions.filter(({ id }) => !before.has(id));
        const more = open.flatMap((question): [string, string][] => {
          const tries = question.tries(standing);
          return tries.length === 0 ? [] : [[question.id, tries[roll(tries.length)] ?? UNKNOWN]];
        });
        const answers = new Map([...before, ...more]);
        const whole = readingOf(told(base, start.questions, answers));
        expect(readingOf(told(sampled(base, now), start.questions, answers))).toEqual(whole);
      }
    },
    few,
  );
});

test('going back shows the question before as it was, with its answer', async () => {
  await fc.assert(
    fc.asyncProperty(starts, seeds, async (start, seed) => {
      const say = answering(seed);
      const roll = dice(seed + 2);
      const shown: { id: string; interval: unknown; number: number; answer: string }[] = [];
      let steps = 0;
      let wentBack = false;
      await talk({
        start,
        given: new Map(),
        earlier: new Map(),
        keep: (answers) => {
          const there = wentBack ? shown.slice(0, -1) : shown;
          expect([...answers.keys()]).toEqual(there.map(({ id }) => id));
        },
        ask: async ({ id, interval, number, otherwise }, { isFirst, fault }) => {
          const last = shown.at(-1);
          if (wentBack && last) {
            expect({ id, interval, number, answer: otherwise }).toEqual(last);
            shown.pop();
          }
          wentBack = false;
          if (!isFirst && ++steps < 60 && roll(4) === 0) {
            wentBack = true;
            return 'back';
          }
          const question = start.questions.find((each) => each.id === id);
          if (!question) throw new Error(id);
          const standing = standingOf(start, new Map(shown.map((each) => [each.id, each.answer])));
          let answer = say(question, standing);
          while (fault(answer) !== undefined) answer = say(question, standing);
          shown.push({ id, interval, number, answer });
          return { answer };
        },
      });
    }),
    { numRuns: few },
  );
});
