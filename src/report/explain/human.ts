import type { Format, ReportContext } from '../context.ts';
import { byKind, type ExplainView, type Explanation } from '../explain.ts';
import { row } from '../row.ts';
import { prose } from '../words.ts';
import { widthOf, wrap } from '../wrap.ts';

/** For a terminal; examples are never broken, so that they can be copied. */
export const format: Format<ExplainView> = ({ results, list }, context) => {
  const blocks = list
    ? byKind(results).map(({ kind, results: some }) => [`${context.paint.strong(`${kind}s`)}`, ...lines(some, context)])
    : results.map((result) => explained(result, context));
  return blocks.map((block) => `${block.join('\n')}\n`).join('\n');
};

function explained({ kind, id, title, facts, examples, sources }: Explanation, context: ReportContext): string[] {
  const { columns, paint } = context;
  const said = [...facts, ...(sources.length === 0 ? [] : [{ name: 'sources', text: sources.join('; ') }])];
  return [
    `${paint.strong(id)}  ${paint.dim(kind)}`,
    ...wrap([prose(title)], { columns, paint }),
    ...(said.length === 0 ? [] : ['']),
    ...said.flatMap(({ name, text }) => row({ label: { text: name, style: 'dim' }, text: [prose(text)] }, context)),
    ...examples.flatMap((example) => [
      '',
      ...wrap([`${example.title}:`], { columns, paint, first: ['  '], rest: ['  '] }),
      ...example.manifest
        .trim()
        .split('\n')
        .map((line) => `      ${line}`.trimEnd()),
    ]),
  ];
}

/** Ids in a column of their own, unless that leaves no room for what they are. */
function lines(results: readonly Explanation[], { columns, paint }: ReportContext): string[] {
  const width = Math.max(...results.map(({ id }) => widthOf(id)));
  const indent = width > columns / 2 ? 6 : width + 4;
  return results.flatMap(({ id, title }) => {
    const beside = indent === width + 4;
    const words = wrap([prose(title)], {
      columns,
      paint,
      first: beside ? ['  ', id, ' '.repeat(indent - 2 - widthOf(id))] : [' '.repeat(indent)],
      rest: [' '.repeat(indent)],
    });
    return beside ? words : [`  ${id}`, ...words];
  });
}
