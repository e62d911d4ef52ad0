import type { ArgumentSchema } from '../../model/manifest.ts';
import type { Grant } from '../../model/policy.ts';
import { pointerOf } from '../../source/pointer.ts';
import { re2Of } from './pattern.ts';
import { isSayable, isSayableValue } from './text.ts';

/** Where Rego lets less through than the grant does, in words. */
export function strictnessOf({ arguments: schema }: Pick<Grant, 'arguments'>): string[] {
  return schema === null ? [] : inSchema(schema, '');
}

function inSchema(schema: ArgumentSchema, pointer: string): string[] {
  const at = `\`${pointer || '/'}\``;
  const { pattern, multipleOf, properties = {}, required = [], items, additionalProperties: rest } = schema;
  const values = [...(schema.enum ?? []), ...(Object.hasOwn(schema, 'const') ? [schema.const] : [])];
  const expression = pattern === undefined ? '' : re2Of(pattern);
  const found: string[] = [];
  if (expression === undefined || !isSayable(expression))
    found.push(`the \`pattern\` of ${at} has something that Rego's expressions have not, so no text passes it`);
  if (multipleOf !== undefined)
    found.push(
      `\`multipleOf\` of ${at} refuses a number that is written with an exponent (1e21 and more, 1e-7 and less)`,
    );
  if (!values.every(isSayableValue) || ![...Object.keys(properties), ...required].every(isSayable))
    found.push(`a name or value of ${at} is not valid Unicode, so nothing equals it`);
  return [
    ...found,
    ...Object.entries(properties).flatMap(([name, inner]) => inSchema(inner, `${pointer}${pointerOf(name)}`)),
    ...(items ? inSchema(items, `${pointer}/items`) : []),
    ...(typeof rest === 'object' ? inSchema(rest, `${pointer}/*`) : []),
  ];
}
