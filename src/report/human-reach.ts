import type { Assessment } from '../model/assessment.ts';
import { stakesWords } from './assessment-words.ts';
import type { ReportContext } from './context.ts';
import { type Leak, leaksOf, leakWords } from './disclosure.ts';
import { type HeldTools, HOLD_DOCS, heldTools } from './holds.ts';
import { heading, row } from './row.ts';
import { ruleOfTwo } from './rule-of-two.ts';
import { count, firstOf, type Piece, prose, type Words } from './words.ts';

const TOOLS = 6;
const LEAKS = 3;

/** What is high-stakes and how it is held, what can leak, and the rule of two. */
export function reachLines(assessment: Assessment, context: ReportContext): string[] {
  return [
    ...heading([{ text: 'High-stakes', style: 'strong' }, `: ${stakesWords(assessment)}`], context),
    ...heldTools(assessment).flatMap((group) =>
      row({ mark: markOf(group), label: labelOf(group), text: heldWords(group) }, context),
    ),
    ...leakLines(assessment, context),
    ...row({ label: { text: 'rule of two' }, text: ruleOfTwo(assessment) }, context),
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
  const rest =
    more > 0
      ? row(
          { label: { text: '' }, text: [{ text: `and ${count(more, 'more disclosure path')}`, style: 'dim' }] },
          context,
        )
      : [];
  const lines = items.flatMap((leak) => {
    const mark = leakMark(leak);
    return row({ mark, label: { ...mark, text: 'disclosure' }, text: [leakWords(leak)] }, context);
  });
  return [...lines, ...rest];
}

function leakMark({ held, certain }: Leak): Piece {
  if (held) return { text: '✓', style: 'good' };
  return certain ? { text: '✗', style: 'bad' } : { text: '?', style: 'warn' };
}
