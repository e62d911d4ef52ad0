import type { AssessmentReport } from '../../model/assessment.ts';
import type { Format } from '../context.ts';
import { problemItem } from '../problem-item.ts';

/** `schemas/assessment.schema.json` describes it. */
export const format: Format<AssessmentReport> = (report) =>
  `${JSON.stringify({ ...report, errors: report.errors.map(problemItem) }, null, 2)}\n`;
