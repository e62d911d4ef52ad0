import type { Advice, Assessment, HighStakesTool } from '../model/assessment.ts';
import { shown } from './shown.ts';
import { about, count } from './words.ts';

/** Why the agent got its tier, in one line. */
export function verdict({ tier, highStakes, reach }: Assessment): string {
  if (tier === 'light') return 'every tool in its reach only reads public data';
  if (tier === 'medium') {
    const acts = reach.some(({ effect }) => effect === 'write') ? 'it writes' : 'it reads what is not public';
    return `${acts}, but nothing in its reach is high-stakes`;
  }
  if (tier === 'medium-plus') {
    const gated = highStakes.filter(({ access }) => access === 'ask').length;
    if (gated < highStakes.length) return 'none of its high-stakes calls lands without a person';
    return `a person approves every call of its ${count(gated, 'high-stakes tool')}`;
  }
  return landing(highStakes);
}

function landing(highStakes: readonly HighStakesTool[]): string {
  const lands = highStakes.filter(({ access, certain }) => access === 'allow' && certain);
  const may = highStakes.filter(({ access, certain }) => access === 'unknown' || (access === 'allow' && !certain));
  // The tool that nothing holds explains more than one that is bounded.
  const [first, ...others] = (lands.length > 0 ? lands : may).toSorted((a, b) => Number(a.bounded) - Number(b.bounded));
  if (!first) return 'a high-stakes action lands without a person';
  const verb = lands.length === 0 ? 'may land' : others.length === 0 ? 'lands' : 'land';
  const rest = others.length === 0 ? '' : ` and ${count(others.length, 'more tool')}`;
  return `\`${shown(first.tool, 60)}\`${rest} ${verb} without a person`;
}

/** What the interval means; undefined where every fact that matters is known. */
export function intervalWords({ floor, ceiling, questions }: Assessment): string | undefined {
  if (floor === ceiling) return undefined;
  const open =
    questions.length === 0 ? 'more is known' : `${count(questions.length, 'question is', 'questions are')} answered`;
  return `floor ${floor} … ceiling ${ceiling}; the ceiling counts until ${open}`;
}

export function stageWords({ stage, tier }: Assessment): string | undefined {
  if (stage === 'none') return undefined;
  return `staging only: nothing of production is in reach, so a staging boundary and the light controls are enough until it graduates to ${tier}`;
}

/** A tool by its name, with the subagent that holds it. */
export function toolWords({ agent, tool }: { agent: string; tool: string }, root: string): string {
  return agent === root ? shown(tool, 200) : `${shown(tool, 200)} (in ${shown(agent, 64)})`;
}

/** How many tools are high-stakes, and what asking about them costs. */
export function stakesWords({ highStakes, reach, approvalsPerDay }: Assessment): string {
  const open = highStakes.filter(({ certain }) => !certain).length;
  // A tool that may turn out to ask makes a sum of those that do ask too small.
  const unknown = reach.some(({ access }) => access === 'unknown');
  const some = open === highStakes.length ? '' : `${open} of them `;
  const doubt = open > 0 ? `, ${some}only if an open fact turns out badly` : '';
  return `${highStakes.length === 0 ? 'none' : highStakes.length} of ${count(reach.length, 'tool')} in reach${doubt}; ${approvalWords(unknown ? null : approvalsPerDay)}`;
}

function approvalWords(approvalsPerDay: number | null): string {
  if (approvalsPerDay === 0) return 'no approvals';
  if (approvalsPerDay === null) return 'approvals a day not known';
  return `about ${about(approvalsPerDay)} approvals a day`;
}

export function priceWords({ approvalsPerDay }: Advice): string {
  if (approvalsPerDay === null) return 'approvals a day not known';
  if (approvalsPerDay === 0) return 'no more approvals';
  return `about ${about(Math.abs(approvalsPerDay))} ${approvalsPerDay < 0 ? 'fewer' : 'more'} approvals a day`;
}
