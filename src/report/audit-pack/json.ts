import type { AuditPackReport } from '../../model/audit-pack.ts';
import type { Format } from '../context.ts';
import { problemItem } from '../problem-item.ts';

/** `stakes/audit-pack@1`; `index.json` of a pack. */
export const format: Format<AuditPackReport> = ({ errors, ...report }) =>
  `${JSON.stringify({ ...report, errors: errors.map(problemItem) }, null, 2)}\n`;
