import type { ArgumentSchema } from '../../model/manifest.ts';
import { byName } from '../../source/order.ts';
import { pointerOf } from '../../source/pointer.ts';
import { type Bound, type Comparison, compareDecimal, compareLong, decimalLiteral, isDecimal } from './numbers.ts';
import { fixedEnds } from './pattern.ts';
import type { Shape } from './shape.ts';
import { cedarString, isAttribute, isSayable, likePattern } from './text.ts';

/** What a permit can ask of an argument, and what it cannot. */
export interface Conditions {
  all: string[];
  /** `keyword of pointer`, for people. */
  lost: string[];
  /** True where no value passes. */
  never: boolean;
  /** True where the schema closes an object, so that a field without a place must deny. */
  closed: boolean;
  /** True where the schema lets a field through that has no place in Cedar's: beside a closed object it is denied. */
  open: boolean;
}

const DOCUMENTATION = ['title', 'description'];
const BOUNDS = { minimum: '>=', maximum: '<=', exclusiveMinimum: '>', exclusiveMaximum: '<' } as const;

export function conditionsOf(schema: ArgumentSchema, shape: Shape, at: string, pointer: string): Conditions {
  const found: Conditions = { all: [], lost: [], never: false, closed: false, open: false };
  const lose = (...keywords: (keyof ArgumentSchema)[]) => {
    const there = keywords.filter((keyword) => schema[keyword] !== undefined);
    found.lost.push(...there.map((keyword) => `\`${keyword}\` of \`${pointer || '/'}\``));
  };
  if (shape.kind === 'unchecked') {
    lose(...(Object.keys(schema) as (keyof ArgumentSchema)[]).filter((keyword) => !saysNothing(schema, keyword)));
    return found;
  }
  if (shape.kind === 'set') checkSet(schema, shape.element, at, pointer, found, lose);
  else if (shape.kind === 'record') checkRecord(schema, shape, at, pointer, found, lose);
  else checkScalar(schema, shape.kind, at, found, lose);
  return found;
}

type Lose = (...keywords: (keyof ArgumentSchema)[]) => void;
type Scalar = 'String' | 'Long' | 'Bool' | 'decimal';

function checkScalar(schema: ArgumentSchema, kind: Scalar, at: string, found: Conditions, lose: Lose): void {
  const values = allowedValues(schema);
  if (values) {
    const literals = values.map((value) => literalOf(value, kind)).filter((literal) => literal !== undefined);
    if (literals.length === 0) found.never = true;
    else found.all.push(`[${literals.join(', ')}].contains(${at})`);
  }
  if (kind === 'Long' || kind === 'decimal') {
    for (const [keyword, operator] of Object.entries(BOUNDS) as [keyof typeof BOUNDS, Bound][]) {
      const bound = schema[keyword];
      if (bound !== undefined) add(found, (kind === 'Long' ? compareLong : compareDecimal)(at, operator, bound));
    }
    if (schema.multipleOf !== (kind === 'Long' ? 1 : 0.0001)) lose('multipleOf');
  }
  if (kind === 'String') {
    if (schema.minLength === 1) found.all.push(`${at} != ""`);
    else if (schema.minLength) lose('minLength');
    lose('maxLength');
    checkPattern(schema.pattern, at, found, lose);
  }
}

function checkPattern(pattern: string | undefined, at: string, found: Conditions, lose: Lose): void {
  if (pattern === undefined) return;
  const { start, end, whole, exact } = fixedEnds(pattern);
  if (!exact || !isSayable(start + end)) lose('pattern');
  if (!isSayable(start + end)) return;
  if (whole) found.all.push(`${at} == ${cedarString(start)}`);
  else if (start !== '' || end !== '') found.all.push(`${at} like ${likePattern(start, end)}`);
}

function checkSet(schema: ArgumentSchema, element: Shape, at: string, pointer: string, found: Conditions, lose: Lose) {
  lose('enum', 'const');
  if (schema.minItems === 1) found.all.push(`!${at}.isEmpty()`);
  else if (schema.minItems) lose('minItems');
  if (schema.maxItems === 0) found.all.push(`${at}.isEmpty()`);
  else lose('maxItems');
  const items = schema.items ?? {};
  const values = element.kind === 'set' || element.kind === 'record' ? undefined : allowedValues(items);
  if (values && element.kind !== 'set' && element.kind !== 'record' && element.kind !== 'unchecked') {
    const kind = element.kind;
    const literals = values.map((value) => literalOf(value, kind)).filter((literal) => literal !== undefined);
    found.all.push(literals.length === 0 ? `${at}.isEmpty()` : `[${literals.join(', ')}].containsAll(${at})`);
  }
  // Cedar cannot look at each element of a set, so what is asked of an element beyond its type and value is lost.
  const { enum: _, const: __, ...others } = items;
  const inner = conditionsOf(values ? others : items, element, 'element', `${pointer}/items`);
  found.lost.push(...inner.lost);
  if (inner.all.length > 0 || inner.never || inner.closed)
    found.lost.push(`what is asked of each element of \`${pointer}\``);
}

function checkRecord(
  schema: ArgumentSchema,
  shape: Extract<Shape, { kind: 'record' }>,
  at: string,
  pointer: string,
  found: Conditions,
  lose: Lose,
): void {
  lose('enum', 'const');
  const properties = new Map(Object.entries(schema.properties ?? {}));
  const required = new Set(schema.required ?? []);
  const rest = schema.additionalProperties;
  if (rest === false) found.closed = true;
  else found.open = true;
  if (typeof rest === 'object' && Object.keys(rest).length > 0) lose('additionalProperties');
  for (const name of [...new Set([...properties.keys(), ...required])].filter((name) => !isAttribute(name))) {
    found.lost.push(`everything about \`${pointer}${pointerOf(name)}\``);
    found.open = true;
  }
  for (const [name, attribute] of [...shape.attributes].sort(byName)) {
    const has = `${at} has ${cedarString(name)}`;
    const declared = properties.get(name);
    if (rest === false && !declared) {
      // Required and yet not allowed: no call passes.
      if (required.has(name)) found.never = true;
      found.all.push(`!(${has})`);
      continue;
    }
    const inner = conditionsOf(
      declared ?? {},
      attribute,
      `${at}[${cedarString(name)}]`,
      `${pointer}${pointerOf(name)}`,
    );
    found.lost.push(...inner.lost);
    found.closed ||= inner.closed;
    found.open ||= inner.open;
    if (required.has(name)) {
      found.all.push(has, ...inner.all);
      found.never ||= inner.never;
    } else if (inner.never) found.all.push(`!(${has})`);
    else if (inner.all.length > 0) found.all.push(`(if ${has} then ${inner.all.join(' && ')} else true)`);
  }
}

function add(found: Conditions, comparison: Comparison): void {
  if (comparison === 'never') found.never = true;
  else if (comparison !== 'always') found.all.push(comparison);
}

/** Values that pass both `enum` and `const`; undefined where neither is there. */
function allowedValues(schema: ArgumentSchema): unknown[] | undefined {
  if (!('const' in schema)) return schema.enum;
  return (schema.enum ?? [schema.const]).filter((value) => value === schema.const);
}

function literalOf(value: unknown, kind: Scalar): string | undefined {
  if (kind === 'String' && typeof value === 'string' && isSayable(value)) return cedarString(value);
  if (kind === 'Bool' && typeof value === 'boolean') return String(value);
  if (kind === 'Long' && Number.isSafeInteger(value)) return String(value);
  return kind === 'decimal' && typeof value === 'number' && isDecimal(value) ? decimalLiteral(value) : undefined;
}

function saysNothing(schema: ArgumentSchema, keyword: keyof ArgumentSchema): boolean {
  const value = schema[keyword];
  const isEmpty = typeof value === 'object' && value !== null && Object.keys(value).length === 0;
  return DOCUMENTATION.includes(keyword) || (keyword === 'additionalProperties' && value === true) || isEmpty;
}
