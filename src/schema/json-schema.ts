/** The part of JSON Schema (draft-07 keywords) that Stakes' own schemas are written in. */
export interface JsonSchema {
  $schema?: string;
  $id?: string;
  $ref?: string;
  title?: string;
  description?: string;
  type?: string | readonly string[];
  const?: unknown;
  enum?: readonly unknown[];
  properties?: Record<string, JsonSchema>;
  patternProperties?: Record<string, JsonSchema>;
  additionalProperties?: boolean | JsonSchema;
  propertyNames?: JsonSchema;
  required?: readonly string[];
  items?: JsonSchema;
  minItems?: number;
  maxItems?: number;
  uniqueItems?: boolean;
  minProperties?: number;
  maxProperties?: number;
  minimum?: number;
  maximum?: number;
  exclusiveMinimum?: number;
  pattern?: string;
  minLength?: number;
  maxLength?: number;
  if?: JsonSchema;
  then?: JsonSchema;
  else?: JsonSchema;
  anyOf?: readonly JsonSchema[];
  allOf?: readonly JsonSchema[];
  definitions?: Record<string, JsonSchema>;
  examples?: readonly unknown[];
  default?: unknown;
}

/** A closed object with exactly the keys of `T`: the compiler refuses a field without a schema, and a schema without a field. */
export function closed<T>(
  description: string,
  properties: { [K in keyof Required<T>]: JsonSchema },
  required: (keyof T & string)[] = [],
): JsonSchema {
  return { type: 'object', description, properties, required, additionalProperties: false };
}

/** A closed object that always has all of its keys, but for those named. */
export function whole<T>(
  description: string,
  properties: { [K in keyof Required<T>]: JsonSchema },
  absent: (keyof T & string)[] = [],
): JsonSchema {
  const keys = Object.keys(properties) as (keyof T & string)[];
  return closed<T>(
    description,
    properties,
    keys.filter((key) => !absent.includes(key)),
  );
}

export function mapOf(description: string, value: JsonSchema, keys?: JsonSchema): JsonSchema {
  return { type: 'object', description, additionalProperties: value, ...(keys ? { propertyNames: keys } : {}) };
}

export function listOf(description: string, items: JsonSchema): JsonSchema {
  return { type: 'array', description, items, uniqueItems: true };
}

export const text = (description: string): JsonSchema => ({ type: 'string', description, minLength: 1 });
/** What a file says of itself to editors: JSON has no comments that could. */
export interface Schemed {
  $schema?: string;
}
export const ownSchema: JsonSchema = text('Where an editor finds the schema of this file. Stakes does not read it.');
export const flag = (description: string): JsonSchema => ({ type: 'boolean', description });
export const count = (description: string): JsonSchema => ({ type: 'integer', description, minimum: 1 });
export const oneOf = (values: readonly string[], description: string): JsonSchema => ({ enum: values, description });
