import type { ImportReport } from '../../model/import.ts';
import type { Format } from '../context.ts';
import { problemItem } from '../problem-item.ts';

/** `stakes/import@1`. */
export const format: Format<ImportReport> = ({ errors, ...report }) =>
  `${JSON.stringify({ ...report, errors: errors.map(problemItem) }, null, 2)}\n`;
