import type { ArgumentSchema } from '../../model/manifest.ts';
import { isMultiple } from './decimal.ts';

/** What a number must be and is not. */
export function numberFault(schema: ArgumentSchema, value: number): string | undefined {
  const { minimum, maximum, exclusiveMinimum, exclusiveMaximum, multipleOf } = schema;
  if (minimum !== undefined && !(value >= minimum)) return `must be at least ${minimum}`;
  if (maximum !== undefined && !(value <= maximum)) return `must be at most ${maximum}`;
  if (exclusiveMinimum !== undefined && !(value > exclusiveMinimum)) return `must be more than ${exclusiveMinimum}`;
  if (exclusiveMaximum !== undefined && !(value < exclusiveMaximum)) return `must be less than ${exclusiveMaximum}`;
  if (multipleOf !== undefined && !isMultiple(value, multipleOf)) return `must be a whole multiple of ${multipleOf}`;
  return undefined;
}
