import { TIERS } from '../model/tiers.ts';
import type { Answers, Question, Standing } from './question.ts';
import { UNKNOWN } from './question.ts';
import { fingerprint, type Interval, type Reading } from './reading.ts';

/** What more answers would lead to. The interval by itself costs a fraction of the rest. */
export interface Trial {
  interval(more: Answers): Interval;
  reading(more: Answers): Reading;
}

/**
 * The question whose answers narrow the interval most, of those that could change the tier, a control or what is recommended;
 * undefined: none could.
 */
export function narrowing(open: readonly Question[], standing: Standing, trial: Trial): Question | undefined {
  const all = open.map((question) => ({ question, tries: question.tries(standing) }));
  const tried = all.filter(({ tries }) => tries.length > 0);
  if (isOpen(standing.reading)) {
    const ranked = tried
      .filter((each) => movesTier(each, tried, trial))
      .map(({ question, tries }) => ({ question, width: widthAfter(tries, question, trial) }));
    const best = ranked.reduce<(typeof ranked)[number] | undefined>(
      (first, each) => (first === undefined || each.width < first.width ? each : first),
      undefined,
    );
    const next = best?.question ?? turning(tried, trial);
    if (next) return next;
  }
  const now = fingerprint(standing.reading);
  return (
    open.find((question) => question.always?.(standing)) ??
    tried.find(({ question, tries }) =>
      tries.some((answer) => fingerprint(trial.reading(of(question, answer))) !== now),
    )?.question
  );
}

interface Tried {
  question: Question;
  tries: readonly string[];
}

const isOpen = ({ floor, ceiling }: Interval): boolean => floor !== ceiling;
const of = ({ id }: Question, answer: string): Answers => new Map([[id, answer]]);
const best = ({ tries }: Tried): string => tries[0] ?? UNKNOWN;
const worst = ({ tries }: Tried): string => tries.at(-1) ?? UNKNOWN;
const tierOf = ({ floor, ceiling }: Interval): string => `${floor} ${ceiling}`;

/** Does the tier hang on it, with the other questions open, at their best or at their worst? */
function movesTier(one: Tried, all: readonly Tried[], trial: Trial): boolean {
  const others = all.filter((other) => other !== one);
  const settings: Answers[] = [
    new Map(),
    new Map(others.map((other) => [other.question.id, best(other)])),
    new Map(others.map((other) => [other.question.id, worst(other)])),
  ];
  return settings.some((rest) => {
    const tiers = one.tries.map((answer) => tierOf(trial.interval(new Map([...rest, [one.question.id, answer]]))));
    return new Set(tiers).size > 1;
  });
}

/** The mean width of the interval once it is answered. */
function widthAfter(tries: readonly string[], question: Question, trial: Trial): number {
  const widths = tries.map((answer) => {
    const { floor, ceiling } = trial.interval(of(question, answer));
    return TIERS.indexOf(ceiling) - TIERS.indexOf(floor);
  });
  return widths.reduce((sum, width) => sum + width, 0) / widths.length;
}

/** From all at their best to all at their worst: the question at whose turn the tier changes. Where any could, one does. */
function turning(all: readonly Tried[], trial: Trial): Question | undefined {
  const settings = new Map(all.map((each) => [each.question.id, best(each)]));
  let before = tierOf(trial.interval(settings));
  for (const each of all) {
    settings.set(each.question.id, worst(each));
    const after = tierOf(trial.interval(settings));
    if (after !== before) return each.question;
    before = after;
  }
  return undefined;
}
