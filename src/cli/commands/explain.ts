import { formats } from '../../report/explain/formats.generated.ts';
import { EXPLAIN_SCHEMA } from '../../report/explain.ts';
import { renderProblems } from '../../report/problems.ts';
import { shown } from '../../report/shown.ts';
import { didYouMean } from '../../source/suggest.ts';
import { paintFor } from '../color.ts';
import type { Run } from '../command.ts';
import { EXIT } from '../exit.ts';
import { explanations } from '../explanations.ts';

export const run: Run = async ({ arguments: [id], options }, io) => {
  const all = explanations();
  // What a report prints is what people paste: `error[some-rule]`, or a name in capitals.
  const wanted = id?.replace(/^\w+\[(.*)\]:?$/, '$1').toLowerCase();
  const results = wanted === undefined ? all : all.filter((each) => each.id === wanted);
  const errors =
    results.length > 0
      ? []
      : [
          unknown(
            String(id),
            all.map((each) => each.id),
          ),
        ];
  const context = {
    paint: await paintFor(String(options.color), io),
    columns: io.columns,
    texts: new Map<string, string>(),
  };
  if (errors.length > 0 && options.format !== 'json') io.err(renderProblems(errors, context));
  const { format } = await formats[options.format as keyof typeof formats]();
  io.out(format({ schema: EXPLAIN_SCHEMA, results, errors, list: wanted === undefined }, context));
  return errors.length > 0 ? EXIT.usage : EXIT.clean;
};

function unknown(id: string, known: readonly string[]): { code: string; message: string; help: string } {
  return {
    code: 'unknown-id',
    message: `nothing is called \`${shown(id)}\``,
    help: didYouMean(id, known) ?? '`stakes explain` lists what can be explained',
  };
}
