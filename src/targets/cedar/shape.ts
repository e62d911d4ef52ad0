import type { ArgumentSchema } from '../../model/manifest.ts';
import { byName } from '../../source/order.ts';
import { cedarString, isAttribute } from './text.ts';

/** What Cedar's types can hold of an argument. `unchecked` is an argument whose value Cedar never sees. */
export type Shape =
  | { kind: 'String' | 'Long' | 'Bool' | 'decimal' | 'unchecked' }
  | { kind: 'set'; element: Shape }
  | { kind: 'record'; attributes: Map<string, Shape> };

const UNCHECKED: Shape = { kind: 'unchecked' };
const SCALARS = { string: 'String', integer: 'Long', boolean: 'Bool', number: 'decimal' } as const;

export function shapeOf(schema: ArgumentSchema): Shape {
  const type = schema.type ?? typeOfValues(schema);
  if (type === 'object') return recordOf(schema);
  if (type === 'array') {
    const element = shapeOf(schema.items ?? {});
    return element.kind === 'unchecked' ? UNCHECKED : { kind: 'set', element };
  }
  return type === undefined || type === 'null' ? UNCHECKED : { kind: SCALARS[type] };
}

/** The input of a tool: a record even where nothing is declared. */
export function inputShape(schema: ArgumentSchema | null): Shape {
  return { kind: 'record', attributes: attributesOf(schema ?? {}) };
}

function recordOf(schema: ArgumentSchema): Shape {
  const attributes = attributesOf(schema);
  const isMap = attributes.size === 0 && schema.additionalProperties !== false;
  return isMap ? UNCHECKED : { kind: 'record', attributes };
}

function attributesOf(schema: ArgumentSchema): Map<string, Shape> {
  const required = (schema.required ?? []).map((name): [string, ArgumentSchema] => [name, {}]);
  const named = [...required, ...Object.entries(schema.properties ?? {})].filter(([name]) => isAttribute(name));
  return new Map(named.map(([name, inner]) => [name, shapeOf(inner)]));
}

function typeOfValues(schema: ArgumentSchema): keyof typeof SCALARS | undefined {
  const values = schema.enum ?? ('const' in schema ? [schema.const] : []);
  const [type, ...others] = new Set(values.map((value) => (Number.isSafeInteger(value) ? 'integer' : typeof value)));
  return others.length === 0 && (type === 'string' || type === 'integer' || type === 'boolean') ? type : undefined;
}

/** One type for two agents' views of the same argument; `unchecked` where they differ. */
export function mergeShapes(a: Shape, b: Shape): Shape {
  if (a.kind === 'set' && b.kind === 'set') {
    const element = mergeShapes(a.element, b.element);
    return element.kind === 'unchecked' ? UNCHECKED : { kind: 'set', element };
  }
  if (a.kind === 'record' && b.kind === 'record') {
    const attributes = new Map(a.attributes);
    for (const [name, shape] of b.attributes) {
      const other = attributes.get(name);
      attributes.set(name, other ? mergeShapes(other, shape) : shape);
    }
    return { kind: 'record', attributes };
  }
  return a.kind === b.kind ? a : UNCHECKED;
}

/** The type in the words of a `.cedarschema`. Every attribute is optional: what is required is a condition of the permit. */
export function shapeText(shape: Shape, indent: string): string {
  if (shape.kind === 'unchecked') return 'Unchecked';
  if (shape.kind === 'set') return `Set<${shapeText(shape.element, indent)}>`;
  if (shape.kind !== 'record') return shape.kind;
  if (shape.attributes.size === 0) return '{}';
  const inner = `${indent}  `;
  const lines = [...shape.attributes]
    .sort(byName)
    .map(([name, attribute]) => `${inner}${cedarString(name)}?: ${shapeText(attribute, inner)},\n`);
  return `{\n${lines.join('')}${indent}}`;
}
