import { type AgentDiff, type DiffReport, type IgnoreChange, WORK_TREE } from '../model/diff.ts';
import { compareTiers } from '../model/tiers.ts';
import { shellWord } from './command-line.ts';
import { changePhrases } from './diff-change-words.ts';
import { named, quoted } from './diff-value-words.ts';
import { whereOf } from './lint-words.ts';
import { placeWords } from './pointer-words.ts';
import { about, count, listed } from './words.ts';

const CAUSES = 5;
const NAMED_AGENTS = 3;

/** Which way an agent went; `none`: its tier is as it was. */
export type Move = 'up' | 'down' | 'new' | 'gone' | 'none';

export function moveOf({ change, tier: { base, head } }: AgentDiff): Move {
  if (change === 'added') return 'new';
  if (change === 'removed') return 'gone';
  if (base === null || head === null) return 'none';
  const way = compareTiers(head, base);
  return way > 0 ? 'up' : way < 0 ? 'down' : 'none';
}

/** Of an agent that is gone, or that cannot be read, all that it had is gone too: the sentence says it. */
export function isReadable({ change, tier }: AgentDiff): boolean {
  return tier.head !== null && (change === 'added' || tier.base !== null);
}

/** A name that changed, and nothing that it can do. */
export function isTold(agent: AgentDiff): boolean {
  const { settings, findings, ignores, approvalsPerDay } = agent;
  const lists = [findings.new, findings.fixed, ignores.new, ignores.wider];
  return (
    moveOf(agent) !== 'none' ||
    agent.tier.base !== agent.tier.head ||
    reachChanges(agent) ||
    agent.tools.changed.length > 0 ||
    approvalsPerDay.base !== approvalsPerDay.head ||
    settings.some(({ pointer }) => !/(?:^|\/manifest)\/agent\/(?:id|name)$/.test(pointer)) ||
    lists.some((list) => list.length > 0)
  );
}

function reachChanges({ tools, highStakes, disclosurePaths }: AgentDiff): boolean {
  const lists = [
    tools.added,
    tools.removed,
    highStakes.new,
    highStakes.gone,
    disclosurePaths.new,
    disclosurePaths.gone,
  ];
  return lists.some((list) => list.length > 0) || tools.changed.some(({ facts }) => facts.length > 0);
}

const VERBS: Record<Exclude<Move, 'none'>, [one: string, many: string]> = {
  up: ['moves up', 'move up'],
  new: ['is new', 'are new'],
  down: ['moves down', 'move down'],
  gone: ['is gone', 'are gone'],
};

/** `1 of 3 agents moves up: refund-desk from medium-plus to full`. */
export function verdictWords({ agents, errors }: DiffReport, name: (text: string) => string): string {
  const all = count(agents.length, 'agent');
  const parts = (['up', 'new', 'down', 'gone'] as const).flatMap((move) => {
    const moved = agents.filter((agent) => moveOf(agent) === move);
    return moved.length === 0 ? [] : [{ move, moved }];
  });
  const sentences = parts.map(({ move, moved }, index) => {
    const number = index > 0 ? String(moved.length) : agents.length === 1 ? all : `${moved.length} of ${all}`;
    return `${number} ${VERBS[move][moved.length === 1 ? 0 : 1]}: ${movedWords(moved, move, name)}`;
  });
  const open = errors.length === 0 ? '' : `; ${count(errors.length, 'error')}, so not all was compared`;
  if (sentences.length > 0) return `${sentences.join('; ')}${open}`;
  if (agents.length === 0)
    return errors.length > 0 ? `nothing compared${open.replace(/, so.*/, '')}` : 'no agents to compare';
  const reach = agents.filter(reachChanges).length;
  const still =
    reach === 0 ? "no agent's reach changes" : `no agent's tier changes, but the reach of ${reach} of ${all} does`;
  return still + open;
}

function movedWords(agents: readonly AgentDiff[], move: Move, name: (text: string) => string): string {
  const told = agents.slice(0, NAMED_AGENTS).map(({ agent, tier: { base, head } }) => {
    if (move === 'new') return `${name(agent)}${head === null ? '' : ` at ${head}`}`;
    return `${name(agent)}${move === 'gone' || base === null ? '' : ` from ${base} to ${head}`}`;
  });
  const more = agents.length - told.length;
  return listed([...told, ...(more > 0 ? [`${more} more`] : [])]);
}

type Saying = (text: string) => string;

/** What became of the tier, after the name of the agent. */
export function tierMove(diff: AgentDiff, strong: Saying, name: Saying = quoted): string {
  const { tier, was } = diff;
  const { base, head } = tier;
  switch (moveOf(diff)) {
    case 'new':
      return head === null ? 'is new' : `is new, at ${strong(head)}`;
    case 'gone':
      return base === null ? 'is gone' : `is gone; it was at ${strong(base)}`;
    case 'none':
      if (base === null && head === null) return 'can be read on neither side';
      if (base === null) return `can be read now, and is at ${strong(head ?? '')}`;
      if (head === null) return `cannot be read any more; it was at ${strong(base)}`;
      return `stays at ${strong(head)}${was && was.agent !== diff.agent ? ` (it was called ${name(was.agent)})` : ''}`;
    default:
      return `moves from ${strong(base ?? '')} to ${strong(head ?? '')}`;
  }
}

/** Why, after `because`; empty where the tier does not move. */
export function causeWords(diff: AgentDiff, prose: Saying = (text) => text): string {
  const phrases = diff.because.flatMap((change) => changePhrases(change, diff)).map(prose);
  const kept = phrases.length > CAUSES + 1 ? phrases.slice(0, CAUSES) : phrases;
  const all = kept.length < phrases.length ? [...kept, `${phrases.length - kept.length} more`] : kept;
  // Phrases with commas in them run into each other.
  return all.some((phrase) => phrase.includes(',')) ? semicolons(all) : listed(all);
}

const semicolons = (items: readonly string[]) =>
  items.length < 2 ? items.join('') : `${items.slice(0, -1).join('; ')}; and ${items.at(-1)}`;

/** `about 86 a day → none`; undefined: as it was, or none of a new agent. */
export function approvalChange({ change, approvalsPerDay: { base, head } }: AgentDiff): string | undefined {
  if (base === head) return undefined;
  const words = (number: number | null) =>
    number === null ? 'not known' : number === 0 ? 'none' : `about ${about(number)} a day`;
  if (change === 'added') return head === 0 ? undefined : words(head);
  return `${words(base)} → ${words(head)}`;
}

/** `2 added, 1 removed, 3 changed`. */
export function toolCounts({ tools: { added, removed, changed } }: AgentDiff): string {
  const parts: [number, string][] = [
    [added.length, 'added'],
    [removed.length, 'removed'],
    [changed.length, 'changed'],
  ];
  return parts
    .filter(([number]) => number > 0)
    .map(([number, what]) => `${number} ${what}`)
    .join(', ');
}

const SOURCES: Record<IgnoreChange['source'], string> = {
  comment: 'a comment',
  configuration: 'the configuration',
  baseline: 'the baseline',
};

/** `a comment ignores \`x\` at /tools/y: its reason`. */
export function ignoreWords({ source, rules, reason, pointer }: IgnoreChange, wider: boolean): string {
  const at = pointer === '' ? '' : ` at ${quoted(placeWords(pointer), 200)}`;
  const what = listed(rules.map((rule) => `\`${named(rule)}\``));
  const why = reason === '' ? (source === 'baseline' ? '' : ', no reason given') : `, because: ${named(reason, 200)}`;
  return `${SOURCES[source]} ${wider ? 'ignores more of' : 'now ignores'} ${what}${at}${why}`;
}

/** Where it is written, which for the configuration and the baseline is not the file that it is about. */
export function spotOf({ file, place }: IgnoreChange): string {
  return place ? whereOf({ file: place.file, place }) : whereOf({ file });
}

export function silencedWords({ silenced, base, trusted }: DiffReport): string {
  return `this change hides ${count(silenced.length, 'finding')} that \`${named(trusted ?? base)}\` would show`;
}

export function trustWords(trusted: string): string {
  return `settings, baseline, reviews and ignores are those of \`${named(trusted)}\``;
}

/** A command that prints what was left out. */
export function everything({ base, head }: DiffReport): string {
  return ['stakes diff', shellWord(base), ...(head === WORK_TREE ? [] : [shellWord(head)]), '--format json'].join(' ');
}
