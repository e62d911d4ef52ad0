import type { LintView } from '../../model/finding.ts';
import type { Format } from '../context.ts';
import { lintJson } from '../lint-item.ts';

/** `schemas/lint.schema.json` describes it. */
export const format: Format<LintView> = (view) => `${JSON.stringify(lintJson(view), null, 2)}\n`;
