import type { ArgumentSchema } from '../../model/manifest.ts';

const LONG = 2n ** 63n;
const UNIT = 10_000n;

export type Bound = '<' | '<=' | '>' | '>=';

/** One comparison in Cedar; `always` and `never` where the type alone decides. */
export type Comparison = string | 'always' | 'never';

/** The bound on Cedar's grid of whole numbers, turned inwards: exact, since no value lies between two points of the grid. */
export function compareLong(expression: string, operator: Bound, bound: number): Comparison {
  const [sign, point] = inward(operator, Number.isInteger(bound), BigInt(Math.floor(bound)));
  return outOfRange(operator, point) ?? `${expression} ${sign} ${point}`;
}

/** The same on Cedar's decimals, which have four places. */
export function compareDecimal(expression: string, operator: Bound, bound: number): Comparison {
  // Far outside what a decimal holds, and where `toFixed` turns to exponents.
  if (Math.abs(bound) >= 1e20) return bound > 0 === operator.startsWith('<') ? 'always' : 'never';
  const nearest = scaled(bound);
  const below = Number(unscaled(nearest)) > bound ? nearest - 1n : nearest;
  const [sign, point] = inward(operator, Number(bound.toFixed(4)) === bound, below);
  return outOfRange(operator, point) ?? `${expression}.${METHODS[sign]}(decimal("${unscaled(point)}"))`;
}

const METHODS: Record<Bound, string> = {
  '<': 'lessThan',
  '<=': 'lessThanOrEqual',
  '>': 'greaterThan',
  '>=': 'greaterThanOrEqual',
};

/** True for a number that a Cedar decimal holds exactly. */
export function isDecimal(value: number): boolean {
  return Math.abs(value) <= 9.2e14 && Number(value.toFixed(4)) === value;
}

export function decimalLiteral(value: number): string {
  return `decimal("${unscaled(scaled(value))}")`;
}

function inward(operator: Bound, onGrid: boolean, below: bigint): [Bound, bigint] {
  if (onGrid) return [operator, below];
  return operator.startsWith('<') ? ['<=', below] : ['>', below];
}

function outOfRange(operator: Bound, point: bigint): Comparison | undefined {
  const upper = operator.startsWith('<');
  if (point >= LONG) return upper ? 'always' : 'never';
  if (point < -LONG) return upper ? 'never' : 'always';
  return undefined;
}

function scaled(value: number): bigint {
  return BigInt(value.toFixed(4).replace('.', ''));
}

function unscaled(point: bigint): string {
  const size = point < 0n ? -point : point;
  const places = (size % UNIT)
    .toString()
    .padStart(4, '0')
    .replace(/0{1,3}$/, '');
  return `${point < 0n ? '-' : ''}${size / UNIT}.${places}`;
}

/** Numbers that a schema lets through and no Cedar value holds, so that the whole call is denied. */
export function unheldNumbers(schema: ArgumentSchema): string[] {
  const found = new Set<string>();
  const look = (one: ArgumentSchema): void => {
    const { type, enum: listed, minimum, exclusiveMinimum, maximum, exclusiveMaximum, properties, items } = one;
    const isListed = listed !== undefined || 'const' in one;
    const isBounded = (minimum ?? exclusiveMinimum) !== undefined && (maximum ?? exclusiveMaximum) !== undefined;
    if (type === 'number' && !isListed)
      found.add('a number with more than four places, or beyond 922337203685477.5807');
    if (type === 'integer' && !isListed && !isBounded) found.add('an integer of more than 64 bits');
    for (const inner of [...Object.values(properties ?? {}), ...(items === undefined ? [] : [items])]) look(inner);
  };
  look(schema);
  return [...found];
}
