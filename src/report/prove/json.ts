import type { Problem } from '../../model/place.ts';
import type { ProofReport } from '../../model/proof.ts';
import type { Format } from '../context.ts';
import { problemItem } from '../problem-item.ts';

/** `schemas/proof.schema.json` describes it. */
export const format: Format<ProofReport & { errors: Problem[] }> = (report) =>
  `${JSON.stringify({ ...report, errors: report.errors.map(problemItem) }, null, 2)}\n`;
