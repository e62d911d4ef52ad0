import type { ArgumentSchema } from '../model/manifest.ts';
import { tokensOf } from '../source/pointer.ts';
import { boundsOf } from './bounds.ts';
import type { FieldUse } from './observe/fields.ts';

export interface NarrowedSchema {
  schema: ArgumentSchema;
  /** Each bound in words; empty: there is none to add. */
  bounds: string[];
  /** Fields of which the records do not say enough. */
  unknown: string[];
}

/** The schema of some arguments with bounds from what they were. `looked`: calls whose fields were looked at. */
export function narrowed(
  before: ArgumentSchema | undefined,
  recorded: readonly string[],
  fields: ReadonlyMap<string, FieldUse>,
  looked: number,
): NarrowedSchema {
  const schema: ArgumentSchema = structuredClone(before ?? { type: 'object' });
  const bounds: string[] = [];
  const unknown: string[] = [];
  for (const pointer of recorded) {
    const use = fields.get(pointer);
    const tokens = tokensOf(pointer);
    const place = use && placeIn(schema, tokens);
    if (use === undefined || use.seen === 0) unknown.push(`\`${pointer}\`: no call had it`);
    else if (place === undefined) unknown.push(`\`${pointer}\`: no schema of ours can bound what is in a list`);
    else {
      const found = boundsOf(use, place.schema);
      if ('unknown' in found) unknown.push(`\`${pointer}\`: ${found.unknown}`);
      else if (found.words !== undefined) {
        set(place, { ...found.schema });
        // A bound on a field that every call has holds only where none may leave it out.
        if (use.seen >= looked) place.require();
        bounds.push(`\`${pointer}\` ${found.words}`);
      }
    }
  }
  return { schema: inOrder(schema), bounds, unknown: [...unknown, ...unrecorded(before, recorded)] };
}

/** As people write one: what has to be there, then what it is. */
function inOrder({ type, required, ...rest }: ArgumentSchema): ArgumentSchema {
  return { ...(type === undefined ? {} : { type }), ...(required === undefined ? {} : { required }), ...rest };
}

interface Spot {
  /** Undefined: the schema does not speak of it yet. */
  schema: ArgumentSchema | undefined;
  holder: ArgumentSchema;
  name: string;
  require(): void;
}

/** Where a field stands, or would; undefined: in a list, or where the schema lets in no such field. */
function placeIn(schema: ArgumentSchema, tokens: readonly string[]): Spot | undefined {
  let holder = schema;
  for (const [depth, name] of tokens.entries()) {
    if (/^(?:\d+|-)$/.test(name) || (holder.type !== undefined && holder.type !== 'object')) return undefined;
    const own = holder.properties;
    const inner = own !== undefined && Object.hasOwn(own, name) ? own[name] : undefined;
    if (inner === undefined && holder.additionalProperties === false) return undefined;
    if (depth === tokens.length - 1) {
      const at = holder;
      const require = () => {
        if (at.required?.includes(name) !== true) at.required = [...(at.required ?? []), name];
      };
      return { schema: inner, holder, name, require };
    }
    // A map on the way that nobody has described is left alone: what else is in it is not known.
    if (inner === undefined) return undefined;
    holder = inner;
  }
  return undefined;
}

function set({ holder, name }: Spot, schema: ArgumentSchema): void {
  // A computed key is never taken for a prototype.
  holder.properties = { ...holder.properties, [name]: schema };
}

function unrecorded(before: ArgumentSchema | undefined, recorded: readonly string[]): string[] {
  const names = Object.keys(before?.properties ?? {}).filter((name) => {
    const pointer = `/${name.replaceAll('~', '~0').replaceAll('/', '~1')}`;
    return !recorded.some((each) => each === pointer || each.startsWith(`${pointer}/`));
  });
  if (before === undefined) return ['all fields that `record` does not name'];
  return names.map((name) => `\`/${name}\`: not among \`record\``);
}
