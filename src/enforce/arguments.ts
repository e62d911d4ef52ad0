import type { ArgumentSchema } from '../model/manifest.ts';
import { arrayFault, objectFault } from './arguments/containers.ts';
import { equal } from './arguments/equal.ts';
import type { Fault } from './arguments/fault.ts';
import { type Kind, kindOf, kindWords } from './arguments/kind.ts';
import { numberFault } from './arguments/number.ts';
import { textFault } from './arguments/text.ts';

/** The first thing in a call that its schema does not let through. */
export interface Violation {
  /** JSON Pointer into the arguments; `*` stands for a field that the schema does not name. */
  pointer: string;
  /** What is allowed; no value of the call is in it. */
  message: string;
}

const SHOWN = 200;

/** Checks arguments as JSON Schema (draft-07) means it. What is not JSON, or cannot be read, is a violation too. */
export function violationOf(schema: ArgumentSchema, value: unknown): Violation | undefined {
  const fault = faultOf(schema, value);
  if (!fault) return undefined;
  const subject = fault.pointer === '' ? 'the arguments' : `\`${fault.pointer}\``;
  return { pointer: fault.pointer, message: `${subject} ${fault.must}` };
}

function faultOf(schema: ArgumentSchema, value: unknown): Fault | undefined {
  try {
    return check(schema, value);
  } catch {
    return { pointer: '', must: 'cannot be read' };
  }
}

function check(schema: ArgumentSchema, value: unknown): Fault | undefined {
  const kind = kindOf(value);
  const must = kind === undefined ? 'must be a JSON value' : valueFault(schema, kind, value);
  if (must !== undefined) return { pointer: '', must };
  switch (kind) {
    case 'object':
      return objectFault(schema, value as Record<string, unknown>, check);
    case 'array':
      return arrayFault(schema, value as unknown[], check);
    default:
      return undefined;
  }
}

function valueFault(schema: ArgumentSchema, kind: Kind, value: unknown): string | undefined {
  const { type } = schema;
  const typed = type === undefined || type === kind || (type === 'integer' && Number.isInteger(value));
  if (!typed) return `must be ${kindWords(type)}`;
  if (schema.enum && !schema.enum.some((allowed) => equal(allowed, value))) return oneOf(schema.enum);
  if (Object.hasOwn(schema, 'const') && !equal(schema.const, value)) return oneOf([schema.const]);
  if (kind === 'number') return numberFault(schema, value as number);
  if (kind === 'string') return textFault(schema, value as string);
  return undefined;
}

function oneOf(allowed: readonly unknown[]): string {
  const words = allowed.map((one) => `\`${JSON.stringify(one)}\``).join(', ');
  if (words.length > SHOWN) return `must be one of the ${allowed.length} values of its schema`;
  return allowed.length === 1 ? `must be ${words}` : `must be one of ${words}`;
}
