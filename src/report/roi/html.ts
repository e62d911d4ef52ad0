import { createHash } from 'node:crypto';
import type { RoiReport } from '../../model/roi.ts';
import type { Format } from '../context.ts';
import { htmlPage } from './page/render.tsx';

/** One file that loads nothing: for whoever decides and pays, on a screen or on paper. */
export const format: Format<RoiReport> = (report) => htmlPage(report, digest);

/** As a Content-Security-Policy names what may run. */
const digest = (text: string) => `'sha256-${createHash('sha256').update(text).digest('base64')}'`;
