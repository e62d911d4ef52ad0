import type { ScanReport } from '../../model/scan-report.ts';
import type { Format } from '../context.ts';
import { problemItem } from '../problem-item.ts';

/** `stakes/scan@1`. */
export const format: Format<ScanReport> = ({ errors, ...report }) =>
  `${JSON.stringify({ ...report, errors: errors.map(problemItem) }, null, 2)}\n`;
