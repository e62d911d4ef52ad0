import type { ApprovalsReport } from '../../model/approvals.ts';
import type { Format } from '../context.ts';
import { problemItem } from '../problem-item.ts';

/** `stakes/approvals@1`. */
export const format: Format<ApprovalsReport> = ({ errors, ...report }) =>
  `${JSON.stringify({ ...report, errors: errors.map(problemItem) }, null, 2)}\n`;
