import type { Pair } from '../../assess/reach.ts';
import { lands } from '../../assess/walk.ts';
import type { ArgumentSchema } from '../../model/manifest.ts';
import { pointerOf } from '../../source/pointer.ts';
import type { Subject } from '../subject.ts';

/** A schema inside the argument schema of a tool. */
export interface ArgumentPart {
  pair: Pair;
  schema: ArgumentSchema;
  pointer: string;
  /** The field that it is about, for people: `amount`, `amount[]`; empty: all arguments together. */
  name: string;
  /** Set for a field of an object. */
  field?: { name: string; of: ArgumentSchema; at: string };
}

/**
 * Every part of the argument schemas that stand between a high-stakes tool and the world. Where a person approves each
 * call he sees its arguments; a wildcard's schema is of tools that nobody has seen; in staging there is nothing to hurt.
 */
export function argumentParts(subject: Subject): readonly ArgumentPart[] {
  const known = made.get(subject);
  if (known) return known;
  const parts = subject.staging ? [] : partsIn(subject);
  made.set(subject, parts);
  return parts;
}

/** Several rules ask for the same parts. */
const made = new WeakMap<Subject, readonly ArgumentPart[]>();

function partsIn({ worst }: Subject): ArgumentPart[] {
  return [...worst.highStakes]
    .filter((pair) => pair.facts.arguments !== undefined && !pair.wildcard && lands(pair, 'worst'))
    .flatMap((pair) =>
      partsOf({
        pair,
        schema: pair.facts.arguments ?? {},
        pointer: pointerOf('tools', pair.tool, 'arguments'),
        name: '',
      }),
    );
}

function partsOf(part: ArgumentPart): ArgumentPart[] {
  const { pair, schema, pointer, name } = part;
  const fields = Object.entries(schema.properties ?? {}).map(([field, inner]) => ({
    pair,
    schema: inner,
    pointer: pointer + pointerOf('properties', field),
    name: name === '' ? field : `${name}.${field}`,
    field: { name: field, of: schema, at: pointer },
  }));
  const items = schema.items ? [{ pair, schema: schema.items, pointer: `${pointer}/items`, name: `${name}[]` }] : [];
  const rest = schema.additionalProperties;
  const others =
    typeof rest === 'object'
      ? [{ pair, schema: rest, pointer: `${pointer}/additionalProperties`, name: `${name}.*` }]
      : [];
  return [part, ...[...fields, ...items, ...others].flatMap(partsOf)];
}
