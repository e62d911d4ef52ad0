import type { ArgumentSchema } from '../../model/manifest.ts';
import { numberLines, textLines } from './scalars.ts';
import { isSayable, isSayableValue, regoString, regoTerm } from './text.ts';

/** The functions that a policy checks arguments with, each written once. */
export interface Functions {
  /** By the schema that they check, as JSON. */
  names: Map<string, string>;
  texts: string[];
}

type Kind = 'object' | 'array' | 'string' | 'number';
const IS = {
  object: 'is_object',
  array: 'is_array',
  string: 'is_string',
  number: 'is_number',
  integer: 'is_number',
  boolean: 'is_boolean',
  null: 'is_null',
} as const;
const KINDS: Readonly<Record<Kind, readonly (keyof ArgumentSchema)[]>> = {
  object: ['properties', 'required', 'additionalProperties'],
  array: ['items', 'minItems', 'maxItems'],
  string: ['minLength', 'maxLength', 'pattern'],
  number: ['minimum', 'maximum', 'exclusiveMinimum', 'exclusiveMaximum', 'multipleOf'],
};

/** The name of the function that holds for just the values that a schema takes; undefined where it takes every value. */
export function checkOf(schema: ArgumentSchema, into: Functions): string | undefined {
  const { title: _, description: __, ...rest } = schema;
  const key = JSON.stringify(rest);
  const known = into.names.get(key);
  if (known !== undefined) return known;
  const lines = linesOf(schema, into);
  if (lines.length === 0) return undefined;
  const name = define('fits', lines, into);
  into.names.set(key, name);
  return name;
}

function linesOf(schema: ArgumentSchema, into: Functions): string[] {
  const { type } = schema;
  const lines = valueLines(schema);
  if (type === undefined) {
    const kinds = (Object.keys(KINDS) as Kind[]).filter((kind) =>
      KINDS[kind].some((word) => schema[word] !== undefined),
    );
    return [...lines, ...kinds.flatMap((kind) => unless(kind, kindLines(kind, schema, into), into))];
  }
  const whole = type === 'integer' ? ['x == floor(x)'] : [];
  const kind = type === 'integer' ? 'number' : type;
  const own = kind in KINDS ? kindLines(kind as Kind, schema, into) : [];
  return [`${IS[type]}(x)`, ...whole, ...lines, ...own];
}

/** A keyword says nothing of a value of another type. */
function unless(kind: Kind, lines: string[], into: Functions): string[] {
  if (lines.length === 0) return [];
  const name = nextName(kind, into);
  into.texts.push(rule(`${name}(x)`, [`not ${IS[kind]}(x)`]), rule(`${name}(x)`, [`${IS[kind]}(x)`, ...lines]));
  return [`${name}(x)`];
}

function valueLines(schema: ArgumentSchema): string[] {
  const lines: string[] = [];
  // What has no form in a file equals nothing that comes in as one.
  const among = (values: readonly unknown[]) => `x in ${regoTerm(values.filter(isSayableValue))}`;
  if (schema.enum) lines.push(among(schema.enum));
  if (Object.hasOwn(schema, 'const')) lines.push(among([schema.const]));
  return lines;
}

function kindLines(kind: Kind, schema: ArgumentSchema, into: Functions): string[] {
  if (kind === 'string') return textLines(schema);
  if (kind === 'number') return numberLines(schema);
  return kind === 'array' ? arrayLines(schema, into) : objectLines(schema, into);
}

function arrayLines({ minItems, maxItems, items }: ArgumentSchema, into: Functions): string[] {
  const each = items && checkOf(items, into);
  return [
    ...(minItems ? [`count(x) >= ${minItems}`] : []),
    ...(maxItems === undefined ? [] : [`count(x) <= ${maxItems}`]),
    ...(each === undefined ? [] : [`every value in x { ${each}(value) }`]),
  ];
}

function objectLines(schema: ArgumentSchema, into: Functions): string[] {
  const { properties = {}, required = [], additionalProperties: rest } = schema;
  const lines = required.map((name) => (isSayable(name) ? `has(x, ${regoString(name)})` : 'false'));
  for (const [name, inner] of Object.entries(properties)) {
    const check = checkOf(inner, into);
    if (check === undefined || !isSayable(name)) continue;
    const key = regoString(name);
    const field = nextName('field', into);
    into.texts.push(rule(`${field}(x)`, [`not has(x, ${key})`]), rule(`${field}(x)`, [`${check}(x[${key}])`]));
    lines.push(`${field}(x)`);
  }
  const names = `[${Object.keys(properties).filter(isSayable).map(regoString).join(', ')}]`;
  if (rest === false) lines.push(`every name, _ in x { name in ${names} }`);
  const check = typeof rest === 'object' ? checkOf(rest, into) : undefined;
  if (check !== undefined) {
    const other = nextName('other', into);
    into.texts.push(rule(`${other}(name, _)`, [`name in ${names}`]), rule(`${other}(_, value)`, [`${check}(value)`]));
    lines.push(`every name, value in x { ${other}(name, value) }`);
  }
  return lines;
}

export function rule(head: string, lines: readonly string[]): string {
  return lines.length === 1 && !lines[0]?.startsWith('every')
    ? `${head} if ${lines[0]}`
    : `${head} if {\n${lines.map((line) => `\t${line}`).join('\n')}\n}`;
}

function define(kind: string, lines: readonly string[], into: Functions): string {
  const name = nextName(kind, into);
  into.texts.push(rule(`${name}(x)`, lines));
  return name;
}

/** Names count up over the whole file, so that the same policy gives the same names. */
function nextName(kind: string, into: Functions): string {
  return `${kind}_${into.texts.length + 1}`;
}
