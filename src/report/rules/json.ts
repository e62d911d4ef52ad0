import type { Format } from '../context.ts';
import type { RulesReport } from '../explain.ts';
import { problemItem } from '../problem-item.ts';

/** `schemas/rules.schema.json` describes it. */
export const format: Format<RulesReport> = (report) =>
  `${JSON.stringify({ ...report, errors: report.errors.map(problemItem) }, null, 2)}\n`;
