import type { Problem } from '../model/place.ts';
import type { ReportContext } from './context.ts';
import { framesOf, gutterWidth, noteLines } from './frames.ts';
import { shown } from './shown.ts';
import { prose } from './words.ts';
import { wrap } from './wrap.ts';

/** What is wrong, where, and what to do, one block a problem; empty for no problems. */
export function renderProblems(problems: readonly Problem[], context: ReportContext): string {
  return problems.map((problem) => `${blockOf(problem, context).join('\n')}\n`).join('\n');
}

function blockOf({ code, message, help, place, file, related = [] }: Problem, context: ReportContext): string[] {
  const { paint, columns, texts } = context;
  const head = [
    { text: `error[${shown(code)}]`, style: 'bad' },
    { text: `: ${prose(shown(message))}`, style: 'strong' },
  ] as const;
  const others = related.map((other) => ({ place: other.place, text: other.message }));
  const margin = gutterWidth([...(place ? [place] : []), ...others.map((other) => other.place)]);
  const framed = place
    ? framesOf(
        { primary: { place, text: '' }, related: others, style: 'bad', covered: code === 'literal-secret' },
        context,
      )
    : { lines: file === undefined ? [] : [`${' '.repeat(margin)}${paint.note('-->')} ${shown(file)}`], notes: [] };
  const note = (name: string, text: string) => noteLines(name, [prose(shown(text))], margin, context);
  const below = [
    ...framed.notes.flatMap((text) => note('note', text)),
    ...(help === undefined ? [] : note('help', help)),
  ];
  // What follows is set off from the frame, where there is one.
  const bar = place && texts.has(place.file) && below.length > 0 ? [paint.note(`${' '.repeat(margin)} |`)] : [];
  return [...wrap(head, { columns, paint, rest: ['  '] }), ...framed.lines, ...bar, ...below];
}
