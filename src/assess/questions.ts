import type { OpenQuestion } from '../model/assessment.ts';
import { compareTiers, type Tier } from '../model/tiers.ts';
import { pointerOf } from '../source/pointer.ts';
import { type Bound, isOpen } from './bound.ts';
import { same, sameScope } from './moves.ts';
import type { Pair, Reach } from './reach.ts';
import { lower, walk } from './walk.ts';

/** A fact nobody has stated, and the reach once it is stated at its safest. */
interface Unknown {
  id: string;
  agent: string;
  pointer: string;
  text: string;
  settle(reach: Reach): Reach;
}

/** More open facts than this are not searched for the shortest pair; the answer is then only free of needless questions. */
const PAIR_SEARCH = 40;

/** The shortest set of questions whose safest answers bring the ceiling down to the floor, in the order that does so soonest. */
export function openQuestions(reach: Reach): OpenQuestion[] {
  const floor = walk(reach, 'best').tier;
  if (walk(reach, 'worst').tier === floor) return [];
  const unknowns = unknownsOf(reach);
  const closes = (set: readonly Unknown[]) => ceilingAfter(reach, set) === floor;
  return inOrder(reach, shortest(unknowns, closes));
}

function ceilingAfter(reach: Reach, settled: readonly Unknown[]): Tier {
  return walk(
    settled.reduce((grown, unknown) => unknown.settle(grown), reach),
    'worst',
  ).tier;
}

function shortest(unknowns: Unknown[], closes: (set: readonly Unknown[]) => boolean): Unknown[] {
  for (const one of unknowns) if (closes([one])) return [one];
  if (unknowns.length <= PAIR_SEARCH) {
    for (const [i, one] of unknowns.entries()) {
      for (const other of unknowns.slice(i + 1)) if (closes([one, other])) return [one, other];
    }
  }
  let kept = unknowns;
  // From the end: the facts of single tools come last, so that one question about the whole agent wins over ten about tools.
  for (const candidate of [...unknowns].reverse()) {
    const without = kept.filter((unknown) => unknown !== candidate);
    if (closes(without)) kept = without;
  }
  return kept;
}

function inOrder(reach: Reach, chosen: Unknown[]): OpenQuestion[] {
  const ordered: OpenQuestion[] = [];
  const done: Unknown[] = [];
  let left = chosen;
  while (left.length > 0) {
    const ranked = left.map((unknown) => ({ unknown, tier: ceilingAfter(reach, [...done, unknown]) }));
    const next = ranked.reduce((best, other) => (lower(other.tier, best.tier) ? other : best));
    const { id, agent, pointer, text } = next.unknown;
    ordered.push({ id, agent, pointer, text, closes: next.tier });
    done.push(next.unknown);
    left = left.filter((unknown) => unknown !== next.unknown);
  }
  return ordered.sort((a, b) => compareTiers(b.closes, a.closes));
}

/** Everything open in the reach: first what concerns a whole agent, then data, then single tools. */
function unknownsOf(reach: Reach): Unknown[] {
  return [
    ...reach.agents.flatMap((agent) => aboutAgent(reach, agent)),
    ...aboutScopes(reach),
    ...reach.pairs.flatMap(aboutPair),
  ];
}

function aboutAgent(reach: Reach, agent: Reach['agents'][number]): Unknown[] {
  const unknowns: Unknown[] = [];
  const ask = (id: string, pointer: string, text: string, settle: Unknown['settle']) =>
    unknowns.push({ id: `${id}:${agent.id}`, agent: agent.id, pointer: `${agent.base}${pointer}`, text, settle });
  const own = (pair: Pair) => pair.agent === agent;
  if (reach.pairs.some((pair) => own(pair) && pair.access === undefined && pair.review === undefined)) {
    ask(
      'review',
      '/autonomy/review',
      'who sees an action before it lands: a person each time, a person for high-stakes ones, or nobody?',
      (r) => ({
        ...r,
        pairs: r.pairs.map((pair) =>
          own(pair) && pair.review === undefined ? { ...pair, review: 'high-stakes' } : pair,
        ),
      }),
    );
  }
  if (agent.manifest.inputs?.untrusted === undefined) {
    ask(
      'untrusted',
      '/inputs/untrusted',
      'does it read text that strangers can write (mail, tickets, web pages)?',
      (r) => ({
        ...r,
        untrusted: r.untrusted.map((entry) =>
          entry.agent === agent ? { ...entry, bound: safest(entry.bound) } : entry,
        ),
      }),
    );
  }
  const hidden = reach.pairs.find((pair) => own(pair) && isOpen(pair.hidden));
  if (hidden) {
    const about = hidden.hidden.pointer.startsWith('/credentials')
      ? 'is every credential of this session a test credential, and which files can it read?'
      : 'which files can it read, and what sandbox holds it to them?';
    ask('hidden', hidden.hidden.pointer, about, (r) => ({
      ...r,
      pairs: r.pairs.map((pair) => (own(pair) ? { ...pair, hidden: safest(pair.hidden) } : pair)),
    }));
  }
  return unknowns;
}

function aboutScopes(reach: Reach): Unknown[] {
  const scopes = reach.pairs.flatMap((pair) => pair.scopes.map((scope) => ({ pair, scope })));
  const open = scopes.filter(({ pair, scope }) => isOpen(scope.classification) && !pair.wildcard);
  const first = open.filter(
    ({ pair, scope }, i) =>
      open.findIndex(
        (other) => sameScope(other.scope, scope) && (scope.name !== UNNAMED || other.pair.agent === pair.agent),
      ) === i,
  );
  return first.map(({ pair, scope }) => ({
    id: `classification:${scope.agent}:${scope.name}`,
    agent: scope.agent,
    pointer: `${pair.agent.base}${scope.name === UNNAMED ? '/data' : scope.classification.pointer}`,
    text:
      scope.name === UNNAMED
        ? 'what data can its tools reach, and how is it classified?'
        : `how is \`${scope.name}\` classified: public, internal, confidential or regulated?`,
    settle: (r) => ({
      ...r,
      pairs: r.pairs.map((p) =>
        p.wildcard
          ? p
          : {
              ...p,
              scopes: p.scopes.map((s) =>
                sameScope(s, scope) ? { ...s, classification: safest(s.classification) } : s,
              ),
            },
      ),
    }),
  }));
}

const UNNAMED = '(unknown)';

function aboutPair(pair: Pair): Unknown[] {
  const make = (field: string, text: string, change: (p: Pair) => Partial<Pair>): Unknown => ({
    id: `${field}:${pair.agent.id}:${pair.tool}`,
    agent: pair.agent.id,
    pointer: `${pair.agent.base}${pointerOf('tools', pair.tool, field)}`,
    text,
    settle: (r) => ({ ...r, pairs: r.pairs.map((p) => (same(p, pair) ? { ...p, ...change(p) } : p)) }),
  });
  const all = (p: Pair): Partial<Pair> => ({
    writes: safest(p.writes),
    irreversible: safest(p.irreversible),
    highImpact: safest(p.highImpact),
    arbitrary: safest(p.arbitrary),
    exits: safest(p.exits),
    brings: safest(p.brings),
  });
  if (pair.wildcard) {
    const server = pair.tool.slice(0, -2);
    const listed = make('tools', `which tools does \`${server}\` have, and what does each do?`, (p) => ({
      ...all(p),
      hidden: safest(p.hidden),
      scopes: p.scopes.map((scope) => ({ ...scope, classification: safest(scope.classification) })),
    }));
    return [{ ...listed, pointer: `${pair.agent.base}${pointerOf('tools', pair.tool)}` }];
  }
  const unknowns: Unknown[] = [];
  if (isOpen(pair.writes)) {
    unknowns.push(
      make('effect', `does \`${pair.tool}\` read or write?`, ({ exits, brings, ...p }) => ({
        ...all({ ...p, exits, brings }),
        exits,
        brings,
      })),
    );
  } else {
    if (isOpen(pair.arbitrary)) {
      const text = `does \`${pair.tool}\` run code, SQL or requests that the caller supplies?`;
      unknowns.push(
        make('arbitrary', text, (p) => ({
          arbitrary: safest(p.arbitrary),
          hidden: safest(p.hidden),
          brings: safest(p.brings),
        })),
      );
    }
    const { reversible, impact } = pair.facts;
    if (isOpen(pair.irreversible) && reversible === undefined) {
      unknowns.push(
        make('reversible', `can \`${pair.tool}\` be undone by the same caller?`, (p) => ({
          irreversible: safest(p.irreversible),
        })),
      );
    }
    if (isOpen(pair.highImpact) && impact === undefined) {
      unknowns.push(
        make('impact', `can one wrong call of \`${pair.tool}\` hurt people, money or service?`, (p) => ({
          highImpact: safest(p.highImpact),
        })),
      );
    }
  }
  if (isOpen(pair.exits)) {
    const text = `can an argument of \`${pair.tool}\` carry data to a place the caller picks?`;
    unknowns.push(make('egress', text, (p) => ({ exits: safest(p.exits), brings: safest(p.brings) })));
  }
  return unknowns;
}

function safest<T>(bound: Bound<T>): Bound<T> {
  return { ...bound, worst: bound.best };
}
