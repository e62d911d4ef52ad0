import type { InitReport, InitResult } from '../../model/init.ts';
import type { Format, ReportContext } from '../context.ts';
import { nextLines } from '../human-advice.ts';
import { quickLines, recommendedLines, summaryLines, tierLines } from '../init-words.ts';
import { renderProblems } from '../problems.ts';
import { shown } from '../shown.ts';
import { wrap } from '../wrap.ts';

export const format: Format<InitReport> = ({ mode, repeat, result, errors }, context) => {
  const problems = errors.length > 0 ? [renderProblems(errors, context)] : [];
  if (!result) return problems.join('\n');
  const lines = mode === 'quick' ? quickLines(result, context) : fullLines(result, context);
  const again = wrap([{ text: repeat.replaceAll(' ', '\u00a0'), style: 'dim' }], { ...context, first: ['    '] });
  return [...problems, ...lines, '', '  The same again:', ...again, ''].join('\n');
};

function fullLines(result: InitResult, context: ReportContext): string[] {
  if (result.state === 'shown') return summaryLines(result, context);
  const file = shown(result.file ?? '');
  const states = {
    written: { text: `✓ ${file} written`, style: 'good' },
    same: { text: `✓ ${file} says all this already`, style: 'good' },
    declined: { text: `${file} was left as it is; your answers are kept: stakes init --resume`, style: 'warn' },
  } as const;
  return [
    ...wrap([states[result.state]], { ...context, rest: ['  '] }),
    ...tierLines(result, context),
    ...recommendedLines(result, context),
    ...(result.state === 'declined' ? [] : nextLines(result.assessment, context)),
  ];
}
