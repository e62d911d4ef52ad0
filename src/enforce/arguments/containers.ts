import type { ArgumentSchema } from '../../model/manifest.ts';
import { under } from '../pointer.ts';
import type { Fault } from './fault.ts';

type Check = (schema: ArgumentSchema, value: unknown) => Fault | undefined;

const MOST_NAMED = 12;
const counted = (count: number) => `${count} ${count === 1 ? 'entry' : 'entries'}`;

export function objectFault(schema: ArgumentSchema, value: Record<string, unknown>, check: Check): Fault | undefined {
  const { required, properties, additionalProperties } = schema;
  if (required) {
    for (const name of required)
      if (!Object.hasOwn(value, name)) return { pointer: under(name, ''), must: 'is required' };
  }
  if (properties) {
    for (const name of Object.keys(properties)) {
      const inner = properties[name];
      const fault = inner && Object.hasOwn(value, name) ? check(inner, value[name]) : undefined;
      if (fault) return { ...fault, pointer: under(name, fault.pointer) };
    }
  }
  if (additionalProperties === undefined || additionalProperties === true) return undefined;
  for (const name of Object.keys(value)) {
    if (properties && Object.hasOwn(properties, name)) continue;
    if (additionalProperties === false) return { pointer: '', must: onlyNamed(Object.keys(properties ?? {})) };
    // The name is the caller's own word, so it is not repeated.
    const fault = check(additionalProperties, value[name]);
    if (fault) return { ...fault, pointer: under('*', fault.pointer) };
  }
  return undefined;
}

function onlyNamed(names: readonly string[]): string {
  if (names.length === 0) return 'must have no fields';
  if (names.length > MOST_NAMED) return 'must have no fields that its schema does not name';
  return `must have no fields but ${names.map((name) => `\`${name}\``).join(', ')}`;
}

export function arrayFault(schema: ArgumentSchema, value: readonly unknown[], check: Check): Fault | undefined {
  const { minItems, maxItems, items } = schema;
  if (minItems !== undefined && value.length < minItems)
    return { pointer: '', must: `must have at least ${counted(minItems)}` };
  if (maxItems !== undefined && value.length > maxItems)
    return { pointer: '', must: `must have at most ${counted(maxItems)}` };
  if (!items) return undefined;
  for (let i = 0; i < value.length; i++) {
    const fault = check(items, value[i]);
    if (fault) return { ...fault, pointer: under(i, fault.pointer) };
  }
  return undefined;
}
