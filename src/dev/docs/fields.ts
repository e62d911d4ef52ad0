import { code } from '../../report/markdown-text.ts';
import type { JsonSchema } from '../../schema/json-schema.ts';

/** One field of a document, by the path to it: `tools.<name>.effect`, `models[].id`. */
export interface Field {
  path: string;
  type: string;
  required: boolean;
  description: string;
}

export interface Walk {
  /** Of the whole document, for `$ref`. */
  definitions: Readonly<Record<string, JsonSchema>>;
  /** How many levels of fields. */
  depth: number;
  /** Definitions that are written up elsewhere: what each is called. */
  elsewhere: Readonly<Record<string, string>>;
}

/** Every field below a schema, in the order of the schema. */
export function fieldsOf(schema: JsonSchema, path: string, walk: Walk): Field[] {
  if (walk.depth === 0) return [];
  const deeper = { ...walk, depth: walk.depth - 1 };
  return formsOf(schema, walk).flatMap((form) => {
    const { properties = {}, required = [], additionalProperties: values, items } = form;
    const named = Object.entries(properties).flatMap(([name, value]) => [
      fieldOf(value, path === '' ? name : `${path}.${name}`, required.includes(name), walk),
      ...fieldsOf(value, path === '' ? name : `${path}.${name}`, deeper),
    ]);
    const mapped = typeof values === 'object' ? fieldsOf(values, `${path}.<name>`, walk) : [];
    return [...named, ...mapped, ...(items ? fieldsOf(items, `${path}[]`, walk) : [])];
  });
}

function fieldOf(schema: JsonSchema, path: string, required: boolean, walk: Walk): Field {
  return { path, required, type: typeOf(schema, walk), description: schema.description ?? '' };
}

/** A schema as the forms that it may take; of a definition that is written up elsewhere only its name. */
function formsOf(schema: JsonSchema, walk: Walk): JsonSchema[] {
  const name = schema.$ref?.split('/').at(-1);
  if (name !== undefined) {
    const words = walk.elsewhere[name];
    const target = walk.definitions[name];
    return words === undefined ? formsOf(target ?? {}, walk) : [{ type: words }];
  }
  const { if: condition, then, else: otherwise, anyOf = [], allOf = [] } = schema;
  const parts = condition ? [then ?? condition, otherwise ?? {}] : [];
  return [schema, ...[...parts, ...anyOf, ...allOf].flatMap((part) => formsOf(part, walk))];
}

export function typeOf(schema: JsonSchema, walk: Walk): string {
  const words = formsOf(schema, walk).flatMap((form) => wordsOf(form, walk));
  return [...new Set(words)].join(' or ') || 'anything';
}

function wordsOf(form: JsonSchema, walk: Walk): string[] {
  if (form.const !== undefined) return [code(JSON.stringify(form.const))];
  if (form.enum) return [form.enum.map((value) => code(typeof value === 'string' ? value : String(value))).join(', ')];
  const types = form.type === undefined ? [] : [form.type].flat();
  return types.map((type) => {
    if (type === 'array') return form.items ? `list of ${plural(typeOf(form.items, walk))}` : 'list';
    if (type === 'object') return typeof form.additionalProperties === 'object' ? 'map' : 'object';
    return TYPE_WORDS[type] ?? type;
  });
}

const TYPE_WORDS: Record<string, string> = { boolean: '`true` or `false`', string: 'text', integer: 'whole number' };
const PLURALS: Record<string, string> = { text: 'texts', object: 'objects', number: 'numbers', map: 'maps' };

function plural(type: string): string {
  return PLURALS[type] ?? type;
}
