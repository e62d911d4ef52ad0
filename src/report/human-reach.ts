import type { Assessment } from '../model/assessment.ts';
import { approvalWords } from './assessment-words.ts';
import type { ReportContext } from './context.ts';
import { leaksOf, leakWords } from './disclosure.ts';
import { HOLD_DOCS, type HeldTools, heldTools } from './holds.ts';
import { heading, row } from './row.ts';
import { ruleOfTwo } from './rule-of-two.ts';
import { count, firstOf, type Piece, prose, type Words } from './words.ts';

const TOOLS = 6;
const LEAKS = 3;

/** What is high-stakes and how it is held, what can leak, and the rule of two. */
export function reachLines(assessment: Assessment, context: ReportContext): string[] {
  const { highStakes, reach } = assessment;
  const held = heldTools(assessment);
  const open = highStakes.filter(({ certain }) => !certain).length;
  const doubt = open > 0 ? `, ${open === highStakes.length ? '' : `${open} of them `}only if an open fact turns out badly` : '';
  const head = `${highStakes.length === 0 ? 'none' : highStakes.length} of ${count(reach.length, 'tool')} in reach${doubt}`;
  return [
    ...heading([{ text: 'High-stakes', style: 'strong' }, `: ${head}`], context),
    ...held.flatMap((group) => row({ mark: markOf(group), label: labelOf(group), text: heldWords(group) }, context)),
    ...leakLines(assessment, context),
    ...row({ label: { text: 'rule of two' }, text: ruleOfTwo(assessment) }, context),
    ...row({ label: { text: 'approvals' }, text: [prose(approvalWords(assessment))] }, context),
  ];
}

function markOf({ hold, certain }: HeldTools): Piece {
  if (HOLD_DOCS[hold].held) return { text: '✓', style: 'good' };
  return hold === 'unknown' || !certain ? { text: '?', style: 'warn' } : { text: '✗', style: 'bad' };
}

function labelOf({ hold, certain }: HeldTools): Piece {
  const { label, held } = HOLD_DOCS[hold];
  return { text: label, style: held ? 'good' : hold === 'unknown' || !certain ? 'warn' : 'bad' };
}

function heldWords({ tools, why }: HeldTools): Words {
  const { items, more } = firstOf(tools, TOOLS);
  const names = items.flatMap((tool, index): Words => [index > 0 ? ', ' : '', { text: tool, style: 'strong' }]);
  return [...names, ...(more > 0 ? [` and ${more} more`] : []), prose(why === '' ? '' : `: ${why}`)];
}

function leakLines(assessment: Assessment, context: ReportContext): string[] {
  const { items, more } = firstOf(leaksOf(assessment), LEAKS);
  const rest = more > 0 ? row({ label: { text: '' }, text: [{ text: `and ${count(more, 'more disclosure path')}`, style: 'dim' }] }, context) : [];
  const lines = items.flatMap((leak) => {
    const style = leak.certain ? 'bad' : 'warn';
    return row({ mark: { text: leak.certain ? '✗' : '?', style }, label: { text: 'disclosure', style }, text: [leakWords(leak)] }, context);
  });
  return [...lines, ...rest];
}
