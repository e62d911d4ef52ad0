import { violationOf } from '../../enforce/arguments.ts';
import { under } from '../../enforce/pointer.ts';
import type { ArgumentSchema } from '../../model/manifest.ts';
import { canonical } from './canonical.ts';
import { numberPattern } from './numbers.ts';
import { escaped, textPattern } from './texts.ts';

/**
 * Gemini CLI tests a pattern against all arguments as one line of JSON with sorted keys, and puts a NUL before and after
 * each of its top fields. No text holds a NUL, so that a field is told from a text that looks like one.
 */
export interface ArgumentsPattern {
  /** Null: all arguments are taken. */
  pattern: string | null;
  /** What it does not check, by JSON Pointer. */
  lost: string[];
  /** Where it refuses some arguments that the schema takes, by JSON Pointer. */
  stricter: string[];
}

/** What Gemini CLI takes for safe, and drops the rule otherwise. */
const MOST_UNITS = 2048;
const UNSAFE = /\([^)]*[*+?{].*\)[*+?{]/;

const NEVER = '(?!)';
const ANY = '[^\\0]*';

interface Value {
  /** Undefined: any value. */
  pattern: string | undefined;
  lost: string[];
  stricter: boolean;
}

export function argumentsPattern(schema: ArgumentSchema): ArgumentsPattern {
  const lost: string[] = [];
  const stricter: string[] = [];
  const parts: { pattern: string; pointer: string }[] = [];
  const { properties = {}, required = [], additionalProperties } = schema;
  if (schema.type !== undefined && schema.type !== 'object') parts.push({ pattern: NEVER, pointer: '' });
  if (schema.enum !== undefined || Object.hasOwn(schema, 'const')) lost.push('which objects it may be');
  const checked = new Set<string>();
  const value = (inner: ArgumentSchema, pointer: string): string | undefined => {
    const made = valuePattern(inner, true);
    lost.push(...made.lost.map((what) => `${what} of \`${pointer}\``));
    if (made.stricter) stricter.push(`\`${pointer}\``);
    return made.pattern;
  };
  for (const [name, inner] of Object.entries(properties)) {
    const pointer = under(name, '');
    const pattern = value(inner, pointer);
    if (pattern === undefined) continue;
    checked.add(name);
    const isRequired = required.includes(name);
    const field = `[^]*\\0${key(name)}`;
    parts.push({ pattern: isRequired ? `(?=${field}${pattern}\\0)` : `(?!${field}(?!${pattern}\\0))`, pointer });
  }
  for (const name of required)
    if (!checked.has(name)) parts.push({ pattern: `(?=[^]*\\0${key(name)})`, pointer: under(name, '') });
  if (additionalProperties !== undefined && additionalProperties !== true) {
    const names = Object.keys(properties).map(key);
    const others = names.length === 0 ? '' : `(?!(${names.join('|')}))`;
    const pattern = additionalProperties === false ? NEVER : value(additionalProperties, '/*');
    // A name with an escape in it could look like the end of one.
    if (pattern !== undefined && pattern !== NEVER) stricter.push('names of other fields');
    if (pattern === NEVER) parts.push({ pattern: `(?![^]*\\0${others}")`, pointer: '/*' });
    else if (pattern !== undefined)
      parts.push({ pattern: `(?![^]*\\0(?=")${others}(?!"[^"\\\\\\0]*":${pattern}\\0))`, pointer: '/*' });
  }
  return { ...fitting(parts, lost), stricter: [...new Set(stricter)] };
}

/** As much as one rule takes, the shortest parts first; the rest is lost. */
function fitting(
  parts: readonly { pattern: string; pointer: string }[],
  lost: readonly string[],
): Pick<ArgumentsPattern, 'pattern' | 'lost'> {
  let pattern = '';
  const left: string[] = [];
  for (const part of [...parts].sort((a, b) => a.pattern.length - b.pattern.length)) {
    if (isTaken(`^${pattern}${part.pattern}`)) pattern += part.pattern;
    else left.push(`\`${part.pointer}\``);
  }
  return { pattern: pattern === '' ? null : `^${pattern}`, lost: [...new Set([...lost, ...left])] };
}

function isTaken(pattern: string): boolean {
  return pattern.length <= MOST_UNITS && !UNSAFE.test(pattern);
}

/** A field's name with its colon, as JSON writes it. */
function key(name: string): string {
  return `${escaped(JSON.stringify(name))}:`;
}

/** `top`: right below the arguments, where a NUL ends it. */
function valuePattern(schema: ArgumentSchema, top: boolean): Value {
  if (schema.enum !== undefined || Object.hasOwn(schema, 'const')) return listed(schema);
  const kinds = schema.type === undefined ? KINDS : ([schema.type] as const);
  const made = kinds.map((kind): Value => ofKind(kind, schema, top));
  const lost = [...new Set(made.flatMap((one) => one.lost))];
  if (schema.type === undefined && !saysSomething(schema)) return { pattern: undefined, lost, stricter: false };
  const patterns = made.flatMap(({ pattern }) => (pattern === undefined ? [] : [pattern]));
  return { pattern: `(${patterns.join('|')})`, lost, stricter: made.some(({ stricter }) => stricter) };
}

const KINDS = ['string', 'number', 'boolean', 'null', 'array', 'object'] as const;

function saysSomething({ title: _, description: __, type: ___, ...rest }: ArgumentSchema): boolean {
  return Object.keys(rest).length > 0;
}

function listed(schema: ArgumentSchema): Value {
  const all = [...(schema.enum ?? []), ...(Object.hasOwn(schema, 'const') ? [schema.const] : [])];
  const right = all.filter((value) => violationOf(schema, value) === undefined);
  const texts = [...new Set(right.map((value) => escaped(canonical(value))))];
  return { pattern: texts.length === 0 ? NEVER : `(${texts.join('|')})`, lost: [], stricter: false };
}

function ofKind(kind: NonNullable<ArgumentSchema['type']>, schema: ArgumentSchema, top: boolean): Value {
  if (kind === 'string') {
    const { pattern, stricter, lost } = textPattern(schema, top);
    return { pattern, stricter, lost };
  }
  if (kind === 'number' || kind === 'integer') {
    const { alternatives, rounded, lost } = numberPattern(schema, kind === 'integer');
    const pattern = alternatives.length === 0 ? NEVER : `(${alternatives.join('|')})`;
    return { pattern, stricter: rounded, lost };
  }
  if (kind === 'boolean') return { pattern: 'true|false', stricter: false, lost: [] };
  if (kind === 'null') return { pattern: 'null', stricter: false, lost: [] };
  if (kind === 'array') return arrayOf(schema, top);
  const { properties, required, additionalProperties } = schema;
  const isOpen = additionalProperties === undefined || additionalProperties === true;
  const lost = properties === undefined && required === undefined && isOpen ? [] : ['fields'];
  return { pattern: `\\{${ANY}\\}`, stricter: false, lost };
}

const SCALARS = ['string', 'number', 'integer', 'boolean', 'null'];
const MOST_COUNTED = 60;

function arrayOf({ items, minItems = 0, maxItems }: ArgumentSchema, top: boolean): Value {
  if (maxItems === 0) return { pattern: minItems > 0 ? NEVER : '\\[\\]', stricter: false, lost: [] };
  const some = `\\[[^\\]\\0]${ANY}\\]`;
  const any = minItems > 0 ? some : `\\[${ANY}\\]`;
  const isCounted = minItems > 1 || maxItems !== undefined;
  if (items === undefined && !isCounted) return { pattern: any, stricter: false, lost: [] };
  const isList = top && items?.type !== undefined && SCALARS.includes(items.type);
  if (!isList || Math.max(minItems, maxItems ?? 0) > MOST_COUNTED)
    return { pattern: any, stricter: false, lost: [items === undefined ? 'number of entries' : 'entries'] };
  const entry = valuePattern(items, false);
  // Where every comma is followed by an entry, no comma stands in a text, and commas count the entries.
  const more = '[^,\\0]*,';
  const guards = [
    `(?=\\[${entry.pattern}[,\\]])`,
    `(?!\\[${ANY},(?!${entry.pattern}[,\\]]))`,
    ...(minItems > 1 ? [`(?=${more.repeat(minItems - 1)})`] : []),
    ...(maxItems === undefined ? [] : [`(?!${more.repeat(maxItems)})`]),
  ];
  const full = `${guards.join('')}\\[${ANY}\\]`;
  return { pattern: minItems > 0 ? full : `(\\[\\]|${full})`, stricter: items.type === 'string', lost: entry.lost };
}
