import type { AssessmentReport } from '../../model/assessment.ts';
import type { Format } from '../context.ts';
import { svgDrawing } from './picture/svg/render.tsx';

/** The walk and the blast radius as one drawing, for a README or a pull request; several agents stand one below the other. */
export const format: Format<AssessmentReport> = (report) => svgDrawing(report);
