import type { Because, DisclosurePath, HighStakesTool, ReachRow, TrailStep } from '../model/assessment.ts';
import type { Question } from '../model/questions.ts';
import { type Bound, because, type Case, reading } from './bound.ts';
import { isBounded } from './bounded.ts';
import type { Pair, Reach } from './reach.ts';
import { atLeast, type Disclosure, disclosureIn, lands, type Walk } from './walk.ts';

export interface Walks {
  best: Walk;
  worst: Walk;
}

/** The questions that were asked, each with the facts behind its worst answer. A question after the last decisive one is not asked. */
export function trailOf(reach: Reach, { best, worst }: Walks): TrailStep[] {
  const steps: TrailStep[] = [step('writes', best.writes, worst.writes, writesFacts(reach, worst))];
  if (!worst.writes) return steps;
  steps.push(step('reversible', best.reversible, worst.reversible, highStakesFacts({ best, worst })));
  if (worst.reversible) return steps;
  steps.push(step('autonomous', best.autonomous, worst.autonomous, landingFacts(worst)));
  return steps;
}

function step(question: Question, best: boolean, worst: boolean, facts: Because[]): TrailStep {
  const word = (answer: boolean) => (answer ? 'yes' : 'no');
  return {
    question,
    answer: best === worst ? word(worst) : 'unknown',
    best: word(best),
    worst: word(worst),
    because: facts,
  };
}

function writesFacts(reach: Reach, worst: Walk): Because[] {
  const facts = reach.pairs.flatMap((pair) => {
    if (pair.writes.worst) {
      const may = pair.writes.best ? 'writes' : 'may write: its effect is not stated';
      return [because(pair.agent.id, place(pair, pair.writes), `\`${pair.tool}\` ${may}`)];
    }
    const scope = pair.scopes.find((candidate) => atLeast(candidate, 'internal', 'worst'));
    return scope
      ? [
          because(
            pair.agent.id,
            place(pair, scope.classification),
            `\`${pair.tool}\` reads ${classWords(scope.classification)} data (\`${scope.name}\`)`,
          ),
        ]
      : [];
  });
  if (facts.length > 0 || !worst.disclosure) return facts;
  return worst.disclosure.exits.map((pair) =>
    because(
      pair.agent.id,
      place(pair, pair.exits),
      `\`${pair.tool}\` can carry out what credentials or files in reach hold`,
    ),
  );
}

function highStakesFacts(walks: Walks): Because[] {
  return [...walks.worst.highStakes].flatMap((pair) => {
    const [first] = dangers(pair, walks);
    return first ? [because(pair.agent.id, place(pair, first.bound), `\`${pair.tool}\` ${first.words}`)] : [];
  });
}

function landingFacts(worst: Walk): Because[] {
  return [...worst.highStakes]
    .filter((pair) => lands(pair, 'worst'))
    .map((pair) => {
      const [pointer, words] =
        pair.access === 'allow'
          ? [`/tools/${pair.tool.replaceAll('~', '~0').replaceAll('/', '~1')}/access`, 'runs without asking']
          : [
              '/autonomy/review',
              pair.review === 'none'
                ? 'runs without asking: `review: none`'
                : 'may run without asking: no `review` is stated',
            ];
      const provenance = pair.access === undefined && pair.review === undefined ? 'default' : 'declared';
      return {
        agent: pair.agent.id,
        pointer: `${pair.agent.base}${pointer}`,
        fact: `\`${pair.tool}\` ${words}`,
        provenance,
      };
    });
}

interface Danger {
  words: string;
  bound: Bound;
}

/** Why a pair is high-stakes, at worst: first what is sure; a reason that holds only at worst says so. */
function dangers(pair: Pair, { best, worst }: Walks): Danger[] {
  const found: Danger[] = [];
  const add = (bound: Bound, sure: string, perhaps: string) => {
    if (bound.worst) found.push({ words: bound.best ? sure : perhaps, bound });
  };
  const { arbitrary, irreversible, highImpact } = pair;
  const arbitrarily = {
    ...arbitrary,
    best: arbitrary.best && irreversible.best,
    worst: arbitrary.worst && irreversible.worst,
  };
  add(arbitrarily, 'runs whatever the caller supplies', 'may run whatever the caller supplies');
  // What follows from arbitrary execution is not told twice, unless it is surer than that.
  const own = (bound: Bound) => !arbitrarily.worst || (bound.best && !arbitrarily.best);
  if (own(irreversible)) add(irreversible, 'cannot be undone', 'may not be undoable');
  if (own(highImpact)) add(highImpact, 'has high impact', 'may have high impact');
  for (const scope of pair.scopes.filter((candidate) => atLeast(candidate, 'regulated', 'worst'))) {
    const { classification } = scope;
    const sure = classification.best === 'regulated';
    found.push({
      words: `touches ${sure ? 'regulated' : 'perhaps regulated'} data (\`${scope.name}\`)`,
      bound: { ...classification, best: sure, worst: true },
    });
  }
  if (worst.disclosure?.exits.includes(pair)) {
    const bound = { ...pair.exits, best: best.disclosure?.exits.includes(pair) ?? false };
    add(bound, 'is the exit of a disclosure path', 'may be the exit of a disclosure path');
  }
  return found.sort((a, b) => Number(b.bound.best) - Number(a.bound.best));
}

export function highStakesOf(reach: Reach, { best, worst }: Walks): HighStakesTool[] {
  return reach.pairs
    .filter((pair) => worst.highStakes.has(pair))
    .map((pair) => ({
      agent: pair.agent.id,
      tool: pair.tool,
      certain: best.highStakes.has(pair),
      access: accessOf(pair, worst),
      bounded: isBounded(pair, worst),
      because: dangers(pair, { best, worst }).map(({ words }) => words),
    }));
}

/** One path for each exit: the most sensitive data and the first way in stand for the rest. */
export function disclosurePathsOf(reach: Reach): DisclosurePath[] {
  const worst = disclosureIn(reach, 'worst');
  const best = disclosureIn(reach, 'best');
  const perhaps = worst && legs(worst, 'worst');
  // A path that is sure is told by what is sure.
  const surely = best && legs(best, 'best');
  return (worst?.exits ?? []).flatMap((exit) => {
    const certain = best?.exits.includes(exit) ?? false;
    const path = certain ? surely : perhaps;
    return path ? [{ certain, ...path, exit: { agent: exit.agent.id, tool: exit.tool } }] : [];
  });
}

function legs({ readers, strangers }: Disclosure, when: Case): Pick<DisclosurePath, 'data' | 'untrusted'> | undefined {
  const data = mostSensitive(readers, when);
  const [source] = strangers;
  if (!data || !source) return undefined;
  const [agent, pointer] =
    'tool' in source ? [source.agent, source.exits.pointer] : [source.untrusted, '/inputs/untrusted'];
  return { data, untrusted: { agent: agent.id, pointer: `${agent.base}${pointer}` } };
}

function mostSensitive(readers: Pair[], when: Case): DisclosurePath['data'] | undefined {
  for (const least of ['regulated', 'confidential'] as const) {
    for (const pair of readers) {
      const scope = pair.scopes.find((candidate) => atLeast(candidate, least, when));
      if (scope) return { agent: pair.agent.id, tool: pair.tool, scope: scope.name };
    }
  }
  const [hidden] = readers;
  return hidden && { agent: hidden.agent.id, tool: hidden.tool, scope: 'credentials or files in reach' };
}

export function reachRows(reach: Reach, worst: Walk): ReachRow[] {
  return reach.pairs.map((pair) => {
    const writes = reading(pair.writes);
    const irreversible = reading(pair.irreversible);
    return {
      agent: pair.agent.id,
      tool: pair.tool,
      effect: writes === 'unknown' ? 'unknown' : writes ? 'write' : 'read',
      reversible: writes === false ? null : irreversible === 'unknown' ? 'unknown' : !irreversible,
      egress: egressWord(pair),
      access: accessOf(pair, worst),
      highStakes: worst.highStakes.has(pair),
    };
  });
}

function egressWord(pair: Pair): ReachRow['egress'] {
  const open = reading(pair.exits);
  if (open === 'unknown') return 'unknown';
  return open ? 'open' : (pair.facts.egress ?? 'none');
}

/** What happens to a call of the tool, from its `access` or the review of its agent. */
export function accessOf(pair: Pair, worst: Walk): ReachRow['access'] {
  if (pair.access !== undefined) return pair.access;
  if (pair.review === undefined) return 'unknown';
  if (pair.review === 'none') return 'allow';
  if (worst.highStakes.has(pair)) return 'ask';
  return pair.review === 'each-action' && pair.writes.worst ? 'ask' : 'allow';
}

function place(pair: Pair, bound: { pointer: string; provenance: Because['provenance'] }) {
  return { best: false, worst: true, pointer: `${pair.agent.base}${bound.pointer}`, provenance: bound.provenance };
}

function classWords({ best, worst }: { best: string; worst: string }): string {
  return best === worst ? worst : 'unclassified';
}
