import type { Format } from '../context.ts';
import type { ExplainView } from '../explain.ts';
import { problemItem } from '../problem-item.ts';

/** `schemas/explain.schema.json` describes it. */
export const format: Format<ExplainView> = ({ schema, results, errors }) =>
  `${JSON.stringify({ schema, results, errors: errors.map(problemItem) }, null, 2)}\n`;
