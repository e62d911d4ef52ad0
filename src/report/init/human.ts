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
  const again = shellLines(repeat, context.columns - 4).map((line) => `    ${context.paint.dim(line)}`);
  return [...problems, ...lines, '', '  The same again:', ...again, ''].join('\n');
};

/** A command line on several lines that a shell puts together again. */
function shellLines(line: string, columns: number): string[] {
  const parts = line.split(/ (?=--)/);
  const lines: string[] = [];
  for (const part of parts) {
    const last = lines.at(-1);
    if (last !== undefined && last.length + part.length + 3 <= columns) lines[lines.length - 1] = `${last} ${part}`;
    else lines.push(lines.length === 0 ? part : `  ${part}`);
  }
  return lines.map((each, index) => (index < lines.length - 1 ? `${each} \\` : each));
}

function fullLines(result: InitResult, context: ReportContext): string[] {
  if (result.state === 'shown') return summaryLines(result, context);
  const file = shown(result.file ?? '');
  const states = {
    written: { text: `✓ ${file} written`, style: 'good' },
    same: { text: `✓ ${file} says all this already`, style: 'good' },
    declined: { text: `${file} was left as it is`, style: 'warn' },
  } as const;
  return [
    ...wrap([states[result.state]], { ...context, rest: ['  '] }),
    ...tierLines(result, context),
    ...recommendedLines(result, context),
    ...(result.state === 'declined' ? [] : nextLines(result.assessment, context)),
  ];
}
