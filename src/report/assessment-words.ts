import type { Advice, Assessment, Because, HighStakesTool } from '../model/assessment.ts';
import { TIER_DOCS, type Tier } from '../model/tiers.ts';
import { shown } from './shown.ts';
import { about, count, listed } from './words.ts';

/** `full zero trust`: the tier inside a sentence. */
export function tierWords(tier: Tier): string {
  return TIER_DOCS[tier].title.toLowerCase();
}

/** Why the agent got its tier, in one line. */
export function verdict({ tier, highStakes }: Assessment): string {
  const gated = highStakes.filter(({ access }) => access === 'ask');
  if (tier === 'light') return 'every tool in its reach only reads public data';
  if (tier === 'medium') return 'it acts, or reads what is not public, but nothing in its reach is high-stakes';
  if (tier === 'medium-plus') {
    return gated.length === 0
      ? 'it has high-stakes tools, and none of their calls lands without a person'
      : `a person approves every call of its ${count(gated.length, 'high-stakes tool')}`;
  }
  return landing(highStakes);
}

function landing(highStakes: readonly HighStakesTool[]): string {
  const lands = highStakes.filter(({ access, certain }) => access === 'allow' && certain);
  const may = highStakes.filter(({ access, certain }) => access === 'unknown' || (access === 'allow' && !certain));
  const group = lands.length > 0 ? lands : may;
  const verb = (number: number) => (lands.length > 0 ? (number === 1 ? 'lands' : 'land') : 'may land');
  if (group.length === 0) return 'a high-stakes action lands without a person';
  const subject =
    group.length <= 2
      ? listed(group.map(({ tool }) => `\`${shown(tool, 60)}\``))
      : `${group.length} of ${count(highStakes.length, 'high-stakes tool')}`;
  return `${subject} ${verb(group.length)} without a person`;
}

/** What the interval means; undefined where every fact that matters is known. */
export function intervalWords({ floor, ceiling, questions }: Assessment): string | undefined {
  if (floor === ceiling) return undefined;
  const open = questions.length === 0 ? 'facts are missing' : `${count(questions.length, 'question')} open`;
  return `floor ${floor} … ceiling ${ceiling}: ${open}, and until answered the ceiling counts`;
}

export function stageWords({ stage, tier }: Assessment): string | undefined {
  if (stage === 'none') return undefined;
  return `staging only: nothing of production is in reach, so the controls of ${tier} wait until it graduates`;
}

/** A fact with the agent it is about, if that is a subagent, and its source, if that is not the manifest. */
export function factWords({ agent, fact, provenance, pointer }: Because, root: string): string {
  const tool = toolIn(pointer);
  const subject = tool !== undefined && !fact.includes(tool) ? `\`${tool}\`: ` : '';
  const owner = agent === root ? '' : ` (in ${shown(agent, 64)})`;
  const source = provenance === 'declared' || provenance === 'default' ? '' : ` (${SOURCES[provenance]})`;
  return `${shown(subject)}${shown(fact)}${owner}${source}`;
}

const SOURCES = {
  organisation: "says your organisation's file",
  imported: 'as imported',
  catalog: 'says the catalogue',
  annotation: "says the server's own hint",
};

/** The tool that a pointer such as `/tools/stripe~1create_refund/effect` stands in. */
function toolIn(pointer: string): string | undefined {
  const token = /^\/tools\/([^/]+)/.exec(pointer)?.[1];
  return token?.replaceAll('~1', '/').replaceAll('~0', '~');
}

/** A tool by its name, with the subagent that holds it. */
export function toolWords({ agent, tool }: { agent: string; tool: string }, root: string): string {
  return agent === root ? shown(tool, 200) : `${shown(tool, 200)} (in ${shown(agent, 64)})`;
}

export function approvalWords({ approvalsPerDay, reach }: Assessment): string {
  if (approvalsPerDay === 0 || !reach.some(({ access }) => access === 'ask')) return 'none: no tool asks';
  if (approvalsPerDay === null) return 'not known: a tool that asks states no `callsPerDay`';
  return `about ${about(approvalsPerDay)} a day, at the volume declared`;
}

export function priceWords({ approvalsPerDay }: Advice): string {
  if (approvalsPerDay === null) return 'approvals a day not known';
  if (approvalsPerDay === 0) return 'no more approvals';
  return `about ${about(Math.abs(approvalsPerDay))} ${approvalsPerDay < 0 ? 'fewer' : 'more'} approvals a day`;
}
