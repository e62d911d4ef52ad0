import type { Assessment } from '../../../../model/assessment.ts';
import { stakesWords } from '../../../assessment-words.ts';
import { seen } from '../../../page/text.ts';
import { count } from '../../../words.ts';

/** What the drawing shows, for those who do not see it; the tables after it hold every line of it. */
export function graphLabel(assessment: Assessment): string {
  const { name, agents, data, disclosurePaths } = assessment;
  const parts = [
    `The blast radius of ${seen(name, 100)}`,
    ...(agents.length > 1 ? [`with ${count(agents.length - 1, 'subagent')}`] : []),
    `: high-stakes ${stakesWords(assessment)}`,
    ...(data.length > 0 ? [`; ${count(data.length, 'data scope')}`] : []),
    disclosurePaths.length === 0 ? '; no disclosure path' : `; ${count(disclosurePaths.length, 'disclosure path')}`,
    '. The tables after it list every tool.',
  ];
  return parts.join(' ').replace(/ ([:;.])/g, '$1');
}
