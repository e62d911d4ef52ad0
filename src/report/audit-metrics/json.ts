import type { AuditMetricsReport } from '../../model/audit-metrics.ts';
import type { Format } from '../context.ts';
import { problemItem } from '../problem-item.ts';

/** `stakes/audit-metrics@1`. */
export const format: Format<AuditMetricsReport> = ({ errors, ...report }) =>
  `${JSON.stringify({ ...report, errors: errors.map(problemItem) }, null, 2)}\n`;
