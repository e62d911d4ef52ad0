import type { Assessment } from '../../../../model/assessment.ts';
import { QUESTIONS } from '../../../../model/questions.ts';
import { TIER_DOCS, TIERS } from '../../../../model/tiers.ts';
import { boxText, treeOf } from './model.ts';

/** The tree for Mermaid: thick where the walk went, dotted where the best answers lead. Nothing of a manifest is in it. */
export function mermaidTree(assessment: Pick<Assessment, 'trail' | 'tier'>): string[] {
  const { branches, walked } = treeOf(assessment);
  const lines = branches.map(({ from, to, answer, worst, best }) => {
    const [open, close] = worst ? ['==', '==>'] : best ? ['-.', '.->'] : ['--', '-->'];
    return `${from} ${open} ${answer} ${close} ${idOf(to)}`;
  });
  return [
    '```mermaid',
    'flowchart LR',
    '  accTitle: How it got its tier',
    `  accDescr: The walk ends at ${TIER_DOCS[assessment.tier].title}, and the table says the same in words`,
    ...QUESTIONS.map((id) => `  ${id}["${boxText(id)}"]`),
    ...TIERS.map((id) => `  ${idOf(id)}(["${boxText(id)}"])`),
    ...lines.map((line) => `  ${line}`),
    '  classDef lit stroke-width:3px,font-weight:bold',
    `  class ${[...QUESTIONS, ...TIERS]
      .filter((id) => walked.has(id))
      .map(idOf)
      .join(',')} lit`,
    '```',
  ];
}

const idOf = (id: string) => id.replace('-', '_');
