import { RULES_SCHEMA } from '../../report/explain.ts';
import { formats } from '../../report/rules/formats.generated.ts';
import { paintFor } from '../color.ts';
import type { Run } from '../command.ts';
import { EXIT } from '../exit.ts';
import { ruleMetas } from '../rule-explanations.ts';

export const run: Run = async ({ options }, io) => {
  const directions = Array.isArray(options.direction) ? options.direction : [];
  const rules = ruleMetas().filter(({ direction }) => directions.length === 0 || directions.includes(direction));
  const { format } = await formats[options.format as keyof typeof formats]();
  const context = {
    paint: await paintFor(String(options.color), io),
    columns: io.columns,
    texts: new Map<string, string>(),
  };
  io.out(format({ schema: RULES_SCHEMA, rules, errors: [] }, context));
  return EXIT.clean;
};
