import type { RoiReport } from '../../model/roi.ts';
import type { Format } from '../context.ts';
import { problemItem } from '../problem-item.ts';

/** Figures of a number: more would only be noise of the simulation. */
const FIGURES = 6;

/** `stakes/roi@1`. */
export const format: Format<RoiReport> = ({ errors, results, ...report }) => {
  const rounded = results.map(({ model, ...result }) => ({ ...(round(result) as object), model }));
  return `${JSON.stringify({ ...report, results: rounded, errors: errors.map(problemItem) }, null, 2)}\n`;
};

/** All numbers but those of the model, which has to give the same result again. */
function round(value: unknown): unknown {
  if (typeof value === 'number') return Number(value.toPrecision(FIGURES));
  if (Array.isArray(value)) return value.map(round);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, round(inner)]));
}
