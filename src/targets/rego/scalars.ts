import type { ArgumentSchema } from '../../model/manifest.ts';
import { re2Of } from './pattern.ts';
import { isSayable, regoString } from './text.ts';

/** Conditions on a text `x`. */
export function textLines({ minLength, maxLength, pattern }: ArgumentSchema): string[] {
  const expression = pattern === undefined ? undefined : re2Of(pattern);
  return [
    ...(minLength ? [`count(x) >= ${minLength}`] : []),
    ...(maxLength === undefined ? [] : [`count(x) <= ${maxLength}`]),
    ...(pattern === undefined ? [] : [expression === undefined ? 'false' : matching(expression)]),
  ];
}

function matching(expression: string): string {
  return isSayable(expression) ? `regex.match(${regoString(expression)}, x)` : 'false';
}

/** Conditions on a number `x`. */
export function numberLines(schema: ArgumentSchema): string[] {
  const { minimum, maximum, exclusiveMinimum, exclusiveMaximum, multipleOf } = schema;
  return [
    ...(minimum === undefined ? [] : [`x >= ${minimum}`]),
    ...(maximum === undefined ? [] : [`x <= ${maximum}`]),
    ...(exclusiveMinimum === undefined ? [] : [`x > ${exclusiveMinimum}`]),
    ...(exclusiveMaximum === undefined ? [] : [`x < ${exclusiveMaximum}`]),
    ...(multipleOf === undefined ? [] : [multipleLine(multipleOf)]),
  ];
}

/** The divisor as a whole number of units, and how many decimal places a unit has: exact, where a remainder of fractions is not. */
function multipleLine(divisor: number): string {
  const [mantissa = '0', power = '0'] = divisor.toExponential().split('e');
  const [whole = '0', fraction = ''] = mantissa.split('.');
  const exponent = Number(power) - fraction.length;
  const units = BigInt(whole + fraction) * 10n ** BigInt(Math.max(0, exponent));
  return `is_multiple(x, ${units}, "${'0'.repeat(Math.max(0, -exponent))}")`;
}
