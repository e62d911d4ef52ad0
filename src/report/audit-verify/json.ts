import type { AuditVerifyReport } from '../../model/audit-report.ts';
import type { Format } from '../context.ts';
import { problemItem } from '../problem-item.ts';

/** `stakes/audit-verify@1`. */
export const format: Format<AuditVerifyReport> = ({ errors, ...report }) =>
  `${JSON.stringify({ ...report, errors: errors.map(problemItem) }, null, 2)}\n`;
