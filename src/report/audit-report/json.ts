import type { AuditSummaryReport } from '../../model/audit-summary.ts';
import type { Format } from '../context.ts';
import { problemItem } from '../problem-item.ts';

/** `stakes/audit-report@1`. */
export const format: Format<AuditSummaryReport> = ({ errors, ...report }) =>
  `${JSON.stringify({ ...report, errors: errors.map(problemItem) }, null, 2)}\n`;
