import type { Place, Problem, Span } from '../model/place.ts';
import { codeFrame, type FramePaint, type Label } from '../source/frame.ts';
import type { Paint, ReportContext } from './context.ts';
import { shown } from './shown.ts';
import { prose } from './words.ts';
import { wrap } from './wrap.ts';

/** What is wrong, where, and what to do, one block a problem; empty for no problems. */
export function renderProblems(problems: readonly Problem[], context: ReportContext): string {
  return problems.map((problem) => `${blockOf(problem, context).join('\n')}\n`).join('\n');
}

function blockOf({ code, message, help, place, file, related = [] }: Problem, context: ReportContext): string[] {
  const { paint, columns } = context;
  const spans = [...(place ? [place] : []), ...related.map((other) => other.place)];
  const margin = ' '.repeat(gutterWidth(spans));
  const head = [
    { text: `error[${shown(code)}]`, style: 'bad' },
    { text: `: ${prose(shown(message))}`, style: 'strong' },
  ] as const;
  return [
    ...wrap(head, { columns, paint, rest: ['  '] }),
    ...(place
      ? framesOf(place, related, code, context)
      : file === undefined
        ? []
        : [`${margin}${paint.note('-->')} ${shown(file)}`]),
    ...(help === undefined ? [] : [...bar(place, margin, context), ...helpLines(help, margin, context)]),
  ];
}

/** Sets what follows off from the frame, where there is one. */
function bar(place: Place | undefined, margin: string, { texts, paint }: ReportContext): string[] {
  return place && texts.has(place.file) ? [paint.note(`${margin} |`)] : [];
}

/** The frame of the place, then one for each other file that explains it. */
function framesOf(
  place: Place,
  related: NonNullable<Problem['related']>,
  code: string,
  context: ReportContext,
): string[] {
  const width = gutterWidth([place, ...related.map((other) => other.place)]);
  const files = [...new Set([place.file, ...related.map((other) => other.place.file)])];
  return files.flatMap((file) => {
    const notes: Label[] = related
      .filter((other) => other.place.file === file)
      .map((other) => ({ span: other.place, text: shown(other.message), primary: false }));
    const first = file === place.file ? place : notes[0]?.span;
    const labels: Label[] =
      file === place.file
        ? [{ span: place, text: '', primary: true, covered: code === 'literal-secret' }, ...notes]
        : notes;
    const arrow = context.paint.note(file === place.file ? '-->' : ':::');
    const where = first ? `:${first.line}:${first.column}` : '';
    const text = context.texts.get(file);
    const frame =
      text === undefined ? [] : codeFrame(text, labels, framePaint(context.paint), context.columns).slice(0, -1);
    return [`${' '.repeat(width)}${arrow} ${shown(file)}${where}`, ...padded(frame, width, labels)];
  });
}

function helpLines(help: string, margin: string, { columns, paint }: ReportContext): string[] {
  return wrap([prose(shown(help))], {
    columns,
    paint,
    first: [margin, ' ', { text: '=', style: 'note' }, ' ', { text: 'help:', style: 'strong' }, ' '],
    rest: [' '.repeat(margin.length + 9)],
  });
}

const gutterWidth = (spans: readonly Span[]) => Math.max(2, ...spans.map(({ line }) => String(line).length));

/** Frames of several files in one block share the gutter of the widest. */
function padded(frame: readonly string[], width: number, labels: readonly Label[]): string[] {
  const missing = ' '.repeat(width - gutterWidth(labels.map(({ span }) => span)));
  return frame.map((line) => missing + line);
}

function framePaint(paint: Paint): FramePaint {
  return { gutter: paint.note, primary: paint.bad, secondary: paint.note };
}
