import type { DiffReport } from '../../model/diff.ts';
import type { Format } from '../context.ts';
import { diffJson } from '../diff-item.ts';

/** `schemas/diff.schema.json` describes it. */
export const format: Format<DiffReport> = (report) => `${JSON.stringify(diffJson(report), null, 2)}\n`;
