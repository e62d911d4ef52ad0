import { createHash } from 'node:crypto';
import type { AssessmentReport } from '../../model/assessment.ts';
import type { Format } from '../context.ts';
import { htmlPage } from './picture/page/render.tsx';

/** One file that loads nothing: for a lead or an auditor, on a screen or on paper. */
export const format: Format<AssessmentReport> = (report, { where }) => htmlPage(report, where, digest);

/** As a Content-Security-Policy names what may run. */
const digest = (text: string) => `'sha256-${createHash('sha256').update(text).digest('base64')}'`;
