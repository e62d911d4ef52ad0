import type { AuditVerifyReport } from '../../model/audit-report.ts';
import type { Format } from '../context.ts';

/** The last checkpoint alone, to be kept elsewhere; nothing where the log is not as it was written. */
export const format: Format<AuditVerifyReport> = ({ log }) =>
  log === null || log.verdict === 'broken' ? '' : (log.checkpoint ?? '');
