import type { ArgumentSchema } from '../../model/manifest.ts';
import { pointerOf } from '../../source/pointer.ts';
import { conditionsOf } from '../cedar/conditions.ts';
import { type Shape, shapeOf } from '../cedar/shape.ts';
import { cedarString, isSayable } from '../cedar/text.ts';

/** What a permit asks of the arguments, and what ToolHive's Cedar never sees of them. */
export interface ArgumentChecks {
  all: string[];
  /** In words for people: not checked. */
  lost: string[];
  /** In words for people: less passes than the schema lets through. */
  stricter: string[];
  never: boolean;
}

type Scalar = 'String' | 'Bool' | 'decimal';

/** Holds for every value of the type, and is an error, which denies, for every other one. */
const IS: Readonly<Record<Scalar, (at: string) => string>> = {
  String: (at) => `${at} like "*"`,
  Bool: (at) => `(${at} == true || ${at} == false)`,
  decimal: (at) => `${at}.lessThanOrEqual(decimal("922337203685477.5807"))`,
};

/** ToolHive hands each argument over as an attribute `arg_<name>` of the tool: texts, truth values, and numbers as decimals. */
export function argumentChecks(schema: ArgumentSchema): ArgumentChecks {
  const { properties = {}, required = [], additionalProperties } = schema;
  const found: ArgumentChecks = { all: [], lost: [], stricter: [], never: false };
  const names = [...new Set([...Object.keys(properties), ...required])].sort();
  for (const name of names) addField(found, name, properties[name] ?? {}, required.includes(name));
  if (additionalProperties !== undefined && additionalProperties !== true)
    found.lost.push(`a field that \`${'properties'}\` does not name`);
  return found;
}

function addField(found: ArgumentChecks, name: string, schema: ArgumentSchema, required: boolean): void {
  const pointer = pointerOf(name);
  if (!isSayable(name)) {
    found.lost.push(`everything about \`${pointer}\``);
    return;
  }
  const has = `resource has ${cedarString(`arg_${name}`)}`;
  const hasOther = `resource has ${cedarString(`arg_${name}_present`)}`;
  const kind = scalarOf(shapeOf(schema));
  if (kind === undefined) {
    if (saysMore(schema)) found.lost.push(`more of \`${pointer}\` than that it is there`);
    if (required) found.all.push(`(${has} || ${hasOther})`);
    if (required && schema.type !== 'object' && schema.type !== 'array') found.stricter.push(tooLarge(pointer));
    return;
  }
  const at = `resource[${cedarString(`arg_${name}`)}]`;
  const inner = conditionsOf(schema, { kind }, at, pointer);
  found.lost.push(...inner.lost);
  if (schema.type === 'integer') found.lost.push(`that \`${pointer}\` is whole`);
  const isFixed = inner.all.length > 0 || inner.never;
  if (kind === 'decimal' && isFixed) {
    found.lost.push(`more than four places of \`${pointer}\``);
    found.stricter.push(`\`${pointer}\` is cut to four places`);
  }
  const all = [IS[kind](at), ...inner.all].join(' && ');
  if (required) {
    if (kind === 'decimal') found.stricter.push(tooLarge(pointer));
    found.never ||= inner.never;
    found.all.push(has, all);
    return;
  }
  // A number that no decimal holds is dropped on the way, so it looks like one that was never given.
  const isDropped = kind === 'decimal' && isFixed;
  if (isDropped) found.stricter.push(`\`${pointer}\` must be given`);
  const otherwise = isDropped ? 'false' : `!(${hasOther})`;
  found.all.push(inner.never ? `(!(${has}) && ${otherwise})` : `(if ${has} then ${all} else ${otherwise})`);
}

/** Left out on the way, so a field that must be there is missing. */
function tooLarge(pointer: string): string {
  return `\`${pointer}\` may be no number beyond 922337203685477`;
}

function scalarOf({ kind }: Shape): Scalar | undefined {
  if (kind === 'Long') return 'decimal';
  return kind === 'String' || kind === 'Bool' || kind === 'decimal' ? kind : undefined;
}

function saysMore({ title: _, description: __, ...schema }: ArgumentSchema): boolean {
  return Object.keys(schema).length > 0;
}
