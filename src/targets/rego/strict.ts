import type { ArgumentSchema } from '../../model/manifest.ts';
import type { Grant } from '../../model/policy.ts';
import { pointerOf } from '../../source/pointer.ts';
import { re2Of } from './pattern.ts';
import { isSayable, isSayableValue } from './text.ts';

/** Where Rego lets less through than the grant does. */
export interface Strictness {
  words: string;
  /** True where it is not only about numbers that are written with an exponent. */
  always: boolean;
}

export function strictnessOf({ arguments: schema }: Pick<Grant, 'arguments'>): Strictness[] {
  return schema === null ? [] : inSchema(schema, '');
}

function inSchema(schema: ArgumentSchema, pointer: string): Strictness[] {
  const at = `\`${pointer || '/'}\``;
  const { pattern, multipleOf, properties = {}, required = [], items, additionalProperties: rest } = schema;
  const values = [...(schema.enum ?? []), ...(Object.hasOwn(schema, 'const') ? [schema.const] : [])];
  const expression = pattern === undefined ? '' : re2Of(pattern);
  const found: Strictness[] = [];
  const add = (words: string, always = true) => found.push({ words, always });
  if (expression === undefined || !isSayable(expression))
    add(`the \`pattern\` of ${at} has something that Rego's expressions have not, so no text passes it`);
  if (multipleOf !== undefined)
    add(
      `\`multipleOf\` of ${at} refuses a number that is written with an exponent (1e21 and more, 1e-7 and less)`,
      false,
    );
  if (!values.every(isSayableValue) || ![...Object.keys(properties), ...required].every(isSayable))
    add(`a name or value of ${at} is not valid Unicode, so nothing equals it`);
  return [
    ...found,
    ...Object.entries(properties).flatMap(([name, inner]) => inSchema(inner, `${pointer}${pointerOf(name)}`)),
    ...(items ? inSchema(items, `${pointer}/items`) : []),
    ...(typeof rest === 'object' ? inSchema(rest, `${pointer}/*`) : []),
  ];
}
